import Carafe
import CarafeSQL
import FoundationEssentials

/// Something that a person wrote.
struct Post: Decodable, Sendable {
    let id: Int
    let authorId: Int
    let author: String
    let title: String
    let body: String
    let created: Date
    let updated: Date
    let isDraft: Bool
    /// The version of its image, where it has one.
    let image: String?
    let imageDescription: String?
    var tags: [String] = []

    private enum CodingKeys: CodingKey {
        case id, authorId, author, title, body, created, updated, isDraft, image, imageDescription
    }
}

extension Post: TemplateValueConvertible {
    var templateValue: TemplateValue {
        get throws {
            [
                "id": .int(id), "author": ["id": .int(authorId), "name": .string(author)], "title": .string(title),
                "body": .string(body), "lines": .list(body.split(separator: "\n").map { .string(String($0)) }),
                "created": try created.templateValue, "updated": try updated.templateValue, "is_draft": .bool(isDraft),
                "image": image.map(TemplateValue.string) ?? .none, "image_description": .string(imageDescription ?? ""),
                "tags": .list(tags.map(TemplateValue.string)),
            ]
        }
    }
    func encode(to encoder: any Encoder) throws { try templateValue.encode(to: encoder) }
}

// MARK: - Reading

extension Post {
    /// What a list of posts is asked for.
    struct Filter {
        var text: String?
        var tag: String?
        /// Whose drafts are listed as well.
        var reader: Int?
    }

    /// Posts that match, the newest first, without their tags.
    static func matching(_ filter: Filter) -> SQL {
        var conditions: [SQL] = [isVisible(to: filter.reader)]
        if let text = filter.text, !text.isEmpty {
            let pattern = "%\(escapedPattern(text))%"
            conditions.append(
                """
                (lower(post.title) LIKE lower(\(pattern)) ESCAPE '!' OR lower(post.body) LIKE lower(\(pattern)) ESCAPE '!')
                """)
        }
        if let tag = filter.tag {
            conditions.append("post.id IN (SELECT post_id FROM post_tag WHERE tag = \(tag))")
        }
        return "\(all) WHERE \(conditions.joined(separator: " AND ")) ORDER BY post.created DESC, post.id DESC"
    }

    /// The post of this id, unless it is somebody else's draft.
    static func with(id: Int, for reader: Int?, in db: Database) async throws -> Post {
        var post = try await db.firstOr404("\(all) WHERE post.id = \(id) AND \(isVisible(to: reader))", as: Post.self)
        post.tags = try await db.query("SELECT tag FROM post_tag WHERE post_id = \(id) ORDER BY tag", as: String.self)
        return post
    }

    /// The same posts with their tags, which are asked for once.
    static func withTags(_ posts: [Post], in db: Database) async throws -> [Post] {
        let rows = try await db.query(
            "SELECT post_id, tag FROM post_tag WHERE post_id IN (\(posts.map(\.id))) ORDER BY tag",
            as: (Int, String).self)
        let tags = Dictionary(grouping: rows, by: \.0)
        return posts.map { post in
            var post = post
            post.tags = tags[post.id, default: []].map(\.1)
            return post
        }
    }

    private static let all: SQL = """
        SELECT post.id, post.author_id, account.name AS author, post.title, post.body, post.created, post.updated,
            post.is_draft, image.version AS image, image.description AS image_description
        FROM post JOIN account ON account.id = post.author_id LEFT JOIN image ON image.post_id = post.id
        """

    private static func isVisible(to reader: Int?) -> SQL {
        if let reader { "(NOT post.is_draft OR post.author_id = \(reader))" } else { "NOT post.is_draft" }
    }

    /// The text with what means something in a pattern of `LIKE` escaped by `!`.
    private static func escapedPattern(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if "!%_".unicodeScalars.contains(scalar) { escaped.append("!") }
            escaped.append(scalar)
        }
        return String(escaped)
    }
}

// MARK: - Writing

extension Post {
    /// Adds a post with its tags and image, all or nothing, and returns its id.
    @discardableResult
    static func add(_ draft: Draft, image: Image?, by author: Int, to db: Database) async throws -> Int {
        try await db.transaction { db in
            let now = Date()
            let id = try await db.one(
                """
                INSERT INTO post (author_id, title, body, created, updated, is_draft)
                VALUES (\(author), \(draft.title), \(draft.body), \(now), \(now), \(draft.isDraft)) RETURNING id
                """, as: Int.self)
            try await save(draft.tagList, image, of: id, in: db)
            return id
        }
    }

    /// Changes a post, its tags and, where there is a new one, its image.
    static func update(_ id: Int, to draft: Draft, image: Image?, in db: Database) async throws {
        try await db.transaction { db in
            try await db.execute(
                """
                UPDATE post SET title = \(draft.title), body = \(draft.body), is_draft = \(draft.isDraft),
                    updated = \(Date()) WHERE id = \(id)
                """)
            try await db.execute("DELETE FROM post_tag WHERE post_id = \(id)")
            try await save(draft.tagList, image, of: id, in: db)
        }
    }

    /// Deletes a post with its tags and image.
    static func delete(_ id: Int, from db: Database) async throws {
        try await db.execute("DELETE FROM post WHERE id = \(id)")
    }

    private static func save(
        _ tags: [String], _ image: Image?, of id: Int, in db: some Queryable
    ) async throws {
        try await db.executeBatch(tags) { "INSERT INTO post_tag (post_id, tag) VALUES (\(id), \($0))" }
        if let image { try await image.save(for: id, in: db) }
    }
}
