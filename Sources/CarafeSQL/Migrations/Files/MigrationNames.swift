/// How the files of migrations are called.
enum MigrationNames {
    /// The name of a revision's file: `3f1c0a9be2d4_create_post.sql`.
    static func file(id: String, message: String) -> String {
        let slug = self.slug(message)
        return slug.isEmpty ? "\(id).sql" : "\(id)_\(slug).sql"
    }

    /// Alembic's slug: words of letters and digits in lower case with `_` between them, of at most 40 characters.
    static func slug(_ message: String) -> String {
        var words: [[UInt8]] = []
        var word: [UInt8] = []
        for byte in Array(message.utf8) + [UInt8(ascii: " ")] {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): word.append(byte | 0x20)
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): word.append(byte)
            default:
                if !word.isEmpty { words.append(word) }
                word = []
            }
        }
        var slug: [UInt8] = []
        for word in words {
            let longer = slug.isEmpty ? word : slug + [UInt8(ascii: "_")] + word
            guard longer.count <= 40 else { break }
            slug = longer
        }
        if slug.isEmpty, let first = words.first { slug = Array(first.prefix(40)) }
        return String(decoding: slug, as: UTF8.self)
    }

    /// What a file's name says of its revision, where its header has no message.
    static func message(ofFile file: String, id: String) -> String {
        var name = Array(file.utf8.split(separator: UInt8(ascii: "/")).last ?? [])
        if let dot = name.lastIndex(of: UInt8(ascii: ".")) { name.removeSubrange(dot...) }
        if name.starts(with: id.utf8) { name.removeFirst(id.utf8.count) }
        let words = name.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }
        return String(decoding: words[...].trimmed, as: UTF8.self)
    }
}
