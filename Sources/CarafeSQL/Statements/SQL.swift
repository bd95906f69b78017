/// An SQL statement whose values are bound, never pasted.
///
/// Every value that is interpolated becomes a parameter of the statement; the same literal runs on SQLite and PostgreSQL, whose
/// drivers write the placeholders.
///
/// ```swift
/// try await db.query("SELECT id, title FROM post WHERE author_id = \(user.id)", as: Post.self)
/// try await db.query("SELECT * FROM post WHERE id IN (\(ids))", as: Post.self)                      // a list
/// try await db.execute("UPDATE post SET \(SQLIdentifier(column)) = \(value) WHERE id = \(id)")       // a quoted name
/// try await db.execute("UPDATE post SET tags = \(array: tags), data = \(json: data) WHERE id = \(id)")
/// ```
///
/// Statements are put together from parts in the same way: `SQL` interpolates into `SQL`, its values with it. Text that is not a
/// literal goes in through ``RawSQL`` alone.
public struct SQL: Sendable, Hashable {
    /// What a statement is made of.
    public enum Part: Sendable, Hashable {
        /// Text of the statement as it is written.
        case text(String)
        /// A name, which the driver quotes.
        case identifier(SQLIdentifier)
        /// A value that is bound.
        case value(SQLValue)
        /// Values that are bound one by one, for `IN (…)`; the driver knows how an empty list is written.
        case list([SQLValue])
    }

    /// The parts in their order; no two texts follow one another.
    public private(set) var parts: [Part]

    /// A statement of these parts.
    public init(parts: [Part] = []) {
        self.parts = []
        self.parts.reserveCapacity(parts.count)
        for part in parts { append(part) }
    }

    mutating func append(_ part: Part) {
        if case .text(let text) = part {
            guard !text.isEmpty else { return }
            if case .text(let before) = parts.last {
                parts[parts.count - 1] = .text(before + text)
                return
            }
        }
        parts.append(part)
    }

    /// Both statements after one another.
    public static func + (first: SQL, second: SQL) -> SQL { SQL(parts: first.parts + second.parts) }

    /// Adds a statement's text and values to the end of this one.
    public static func += (first: inout SQL, second: SQL) {
        for part in second.parts { first.append(part) }
    }
}

extension SQL: ExpressibleByStringInterpolation {
    /// A statement without values.
    public init(stringLiteral text: String) { parts = text.isEmpty ? [] : [.text(text)] }

    /// A statement from a literal with its values.
    public init(stringInterpolation interpolation: StringInterpolation) { self = interpolation.sql }

    /// Collects the text and values of a literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        var sql: SQL

        /// An empty literal.
        public init(literalCapacity: Int, interpolationCount: Int) {
            sql = SQL()
            sql.parts.reserveCapacity(interpolationCount * 2 + 1)
        }

        /// The text between the values.
        public mutating func appendLiteral(_ literal: String) { sql.append(.text(literal)) }

        /// A value, which is bound; nil is NULL.
        public mutating func appendInterpolation(_ value: some SQLEncodable) { sql.append(.value(value.sqlValue)) }

        /// A value that may be missing, which is bound; nil is NULL.
        public mutating func appendInterpolation<Value: SQLEncodable>(_ value: Value?) {
            sql.append(.value(value.sqlValue))
        }

        /// The values of `IN (\(list))`, each of which is bound. `IN` with an empty list is never true, `NOT IN` always.
        public mutating func appendInterpolation(_ list: [some SQLEncodable]) {
            sql.append(.list(list.map(\.sqlValue)))
        }

        /// Bytes, which are one value.
        public mutating func appendInterpolation(_ bytes: [UInt8]) { sql.append(.value(.blob(bytes))) }

        /// An array as one value, for a column of an array type (PostgreSQL).
        public mutating func appendInterpolation(array: [some SQLEncodable]) {
            sql.append(.value(.array(array.map(\.sqlValue))))
        }

        /// A name of a table or column, which is quoted.
        public mutating func appendInterpolation(_ identifier: SQLIdentifier) { sql.append(.identifier(identifier)) }

        /// Text that becomes part of the statement as it is. See ``RawSQL`` for what that means.
        public mutating func appendInterpolation(_ raw: RawSQL) { sql.append(.text(raw.text)) }

        /// Another statement or part of one, with its values.
        public mutating func appendInterpolation(_ part: SQL) { sql += part }

        /// Another part of a statement, where there is one.
        public mutating func appendInterpolation(_ part: SQL?) {
            if let part { sql += part }
        }
    }
}

extension SQL: CustomStringConvertible {
    /// The statement with `?` for each value: it can be logged, as it holds no values.
    public var description: String {
        var text = ""
        for part in parts {
            switch part {
            case .text(let part): text += part
            case .identifier(let identifier): text += identifier.quoted
            case .value: text += "?"
            case .list(let values): text += [String](repeating: "?", count: values.count).joined(separator: ", ")
            }
        }
        return text
    }
}

extension [SQL] {
    /// These parts with `separator` between them: conditions that come and go, columns to set.
    ///
    /// ```swift
    /// let conditions: [SQL] = ["author_id = \(author)", "created > \(since)"]
    /// try await db.query("SELECT * FROM post WHERE \(conditions.joined(separator: " AND "))", as: Post.self)
    /// ```
    public func joined(separator: SQL) -> SQL {
        var result = SQL()
        for (index, part) in enumerated() {
            if index > 0 { result += separator }
            result += part
        }
        return result
    }
}
