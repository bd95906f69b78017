import Carafe
import CarafeSQL
import FoundationEssentials

/// A picture that belongs to a post.
struct Image: Decodable, Sendable {
    let mediaType: String
    let description: String
    let content: [UInt8]

    /// The largest picture that is taken, in bytes.
    static let limit = 4 * 1024 * 1024

    /// A picture, known by its first bytes: what a client says of its kind is not believed. Nil where it is of no kind
    /// that every browser shows.
    init?(_ content: [UInt8], description: String) {
        guard let mediaType = Self.mediaType(of: content) else { return nil }
        self.mediaType = mediaType
        self.description = description
        self.content = content
    }

    private static func mediaType(of content: [UInt8]) -> String? {
        if content.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
        if content.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if content.starts(with: "GIF87a".utf8) || content.starts(with: "GIF89a".utf8) { return "image/gif" }
        if content.starts(with: "RIFF".utf8), content.dropFirst(8).starts(with: "WEBP".utf8) { return "image/webp" }
        return nil
    }
}

extension Image {
    /// The picture of a post, if the reader may see the post.
    static func of(_ post: Int, for reader: Int?, in db: Database) async throws -> Image {
        _ = try await Post.with(id: post, for: reader, in: db)
        return try await db.firstOr404(
            "SELECT media_type, description, content FROM image WHERE post_id = \(post)", as: Image.self)
    }

    /// Makes this the picture of a post. Its version is part of its URL, which can be cached for ever.
    func save(for post: Int, in db: some Queryable) async throws {
        try await db.execute(
            """
            INSERT INTO image (post_id, media_type, description, version, content)
            VALUES (\(post), \(mediaType), \(description), \(UUID().uuidString), \(content))
            ON CONFLICT (post_id) DO UPDATE SET media_type = excluded.media_type, description = excluded.description,
                version = excluded.version, content = excluded.content
            """)
    }
}
