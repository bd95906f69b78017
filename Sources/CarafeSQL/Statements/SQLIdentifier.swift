/// A name of a table, a column or another thing of the database, quoted where it is written: it is never taken for SQL.
///
/// ```swift
/// let order = SQLIdentifier(request.query["order"] ?? "created")
/// try await db.query("SELECT * FROM post ORDER BY \(order)", as: Post.self)   // an unknown column is an error, no injection
/// ```
public struct SQLIdentifier: Sendable, Hashable {
    /// The parts of the name: schema, table and column, or one alone.
    public let parts: [String]

    /// A name of one part.
    public init(_ name: String) { parts = [name] }

    /// A qualified name: `SQLIdentifier("post", "title")` is `"post"."title"`.
    public init(_ qualifier: String, _ names: String...) { parts = [qualifier] + names }

    /// The name in double quotes, as both databases take it. What no name can hold, U+0000, is left out.
    public var quoted: String {
        var bytes: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ".")) }
            bytes.append(UInt8(ascii: "\""))
            for byte in part.utf8 where byte != 0 {
                if byte == UInt8(ascii: "\"") { bytes.append(byte) }
                bytes.append(byte)
            }
            bytes.append(UInt8(ascii: "\""))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Text that becomes part of a statement as it is.
///
/// Whoever writes `RawSQL(…)` vouches for the text: nothing that a user sent may be in it.
///
/// ```swift
/// let direction = descending ? RawSQL("DESC") : RawSQL("ASC")
/// try await db.query("SELECT * FROM post ORDER BY created \(direction)", as: Post.self)
/// ```
public struct RawSQL: Sendable, Hashable {
    /// The text.
    public let text: String

    /// Text to be pasted into a statement.
    public init(_ text: String) { self.text = text }
}
