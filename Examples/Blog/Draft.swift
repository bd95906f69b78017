/// What the form for a post sends.
struct Draft: Codable {
    var title = ""
    var body = ""
    /// Words with commas between them.
    var tags: String?
    /// What the picture shows, for those who cannot see it.
    var imageDescription: String?
    /// The box is sent where it is ticked.
    var draft: String?

    var isDraft: Bool { draft != nil }

    /// The tags in lower case, each once.
    var tagList: [String] {
        var list: [String] = []
        for part in (tags ?? "").split(separator: ",") {
            let tag = part.split(whereSeparator: \.isWhitespace).joined(separator: "-").lowercased()
            if !tag.isEmpty, tag.utf8.count <= 40, !list.contains(tag) { list.append(tag) }
        }
        return list
    }

    /// What is wrong with it, in words for its author.
    var problem: String? {
        if title.isEmpty || body.isEmpty { return "A post needs a title and a text." }
        if title.unicodeScalars.count > 200 { return "A title has at most 200 letters." }
        if (imageDescription ?? "").unicodeScalars.count > 200 { return "A description has at most 200 letters." }
        guard [title, body, tags ?? "", imageDescription ?? ""].allSatisfy(\.isStorable) else {
            return "The text holds a character that cannot be kept."
        }
        return nil
    }
}

extension String {
    /// Whether every database can hold the text: U+0000 ends a text for some.
    var isStorable: Bool { !utf8.contains(0) }
}

extension Draft {
    /// A post as the form shows it.
    init(_ post: Post) {
        self.init(
            title: post.title, body: post.body, tags: post.tags.joined(separator: ", "),
            imageDescription: post.imageDescription, draft: post.isDraft ? "on" : nil)
    }
}
