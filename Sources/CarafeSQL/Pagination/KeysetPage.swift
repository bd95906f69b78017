/// One page of a list that goes on from where the page before ended, whatever was added meanwhile, as fast at the end of a
/// million rows as at the beginning.
public struct KeysetPage<Item: Sendable>: Sendable {
    /// The page's items.
    public var items: [Item]
    /// What to ask for the next page with; nil on the last.
    public var next: PageCursor?
    /// What to ask for the page before with; nil on the first.
    public var previous: PageCursor?
}

/// A column that a list is ordered by.
public struct PageKey: Sendable, Hashable {
    /// The column, as the statement names it in its result.
    public var column: String
    /// Whether greater values come first.
    public var isDescending: Bool

    /// Smaller values come first.
    public static func ascending(_ column: String) -> PageKey { PageKey(column: column, isDescending: false) }

    /// Greater values come first.
    public static func descending(_ column: String) -> PageKey { PageKey(column: column, isDescending: true) }
}

/// A place in a list: the values of its order's columns at one row, and the direction to read in.
///
/// As text it goes into URLs. It holds the values openly: it is no place for secrets. What a client makes up only chooses another
/// place, as its values are bound.
public struct PageCursor: Sendable, Hashable {
    package let values: [SQLValue]
    package let isBackward: Bool

    package init(values: [SQLValue], isBackward: Bool) {
        self.values = values
        self.isBackward = isBackward
    }
}

extension Queryable {
    /// A page of a statement's rows, in the order of columns that together are unique.
    ///
    /// ```swift
    /// let page = try await db.page(
    ///     "SELECT * FROM post WHERE published", orderedBy: [.descending("created"), .descending("id")],
    ///     at: request.query["at"].flatMap(PageCursor.init), limit: 20, as: Post.self)
    /// ```
    ///
    /// - Parameters:
    ///   - statement: a `SELECT` without `ORDER BY` and `LIMIT`, whose result has the columns of `keys`
    ///   - keys: the order; its columns hold no NULL, and are indexed where the table is large
    ///   - cursor: the place to go on from; nil for the first page
    ///   - limit: how many items a page has, 1 to 1000
    public func page<Value: Decodable & Sendable>(
        _ statement: SQL, orderedBy keys: [PageKey], at cursor: PageCursor? = nil, limit: Int = 20, as type: Value.Type,
        fileID: String = #fileID, line: Int = #line
    ) async throws(DatabaseError) -> KeysetPage<Value> {
        let limit = min(max(1, limit), 1000)
        guard !keys.isEmpty else { throw DatabaseError(.statement, "A page needs columns to be ordered by.") }
        if let cursor, cursor.values.count != keys.count {
            throw DatabaseError(.value, "The cursor belongs to a list of another order.").at(statement, fileID, line)
        }
        let isBackward = cursor?.isBackward ?? false
        let whole = Keyset(keys: keys, isBackward: isBackward).statement(
            statement.withoutSemicolon, after: cursor?.values, limit + 1)
        var rows = try await query(whole, fileID: fileID, line: line)
        let hasMore = rows.count > limit
        if hasMore { rows.removeLast() }
        if isBackward { rows.reverse() }
        let first = try rows.first.map { row throws(DatabaseError) in try keys.values(row) }
        let last = try rows.last.map { row throws(DatabaseError) in try keys.values(row) }
        let (hasPrevious, hasNext) = isBackward ? (hasMore, cursor != nil) : (cursor != nil, hasMore)
        return KeysetPage(
            items: try session.read(rows, DecodableReader<Value>.self, whole, fileID, line),
            next: hasNext ? last.map { PageCursor(values: $0, isBackward: false) } : nil,
            previous: hasPrevious ? first.map { PageCursor(values: $0, isBackward: true) } : nil)
    }
}

extension [PageKey] {
    fileprivate func values(_ row: Row) throws(DatabaseError) -> [SQLValue] {
        var values: [SQLValue] = []
        for key in self {
            guard let value = row[key.column], !value.isNull else {
                throw DatabaseError(
                    .statement,
                    "The rows of a page have no \(key.column), or NULL there: they cannot be ordered by it.",
                    column: key.column)
            }
            values.append(value)
        }
        return values
    }
}

/// The order and the condition of a page.
private struct Keyset {
    var keys: [PageKey]
    var isBackward: Bool

    func statement(_ inner: SQL, after values: [SQLValue]?, _ limit: Int) -> SQL {
        var statement: SQL = "SELECT * FROM (\(inner)\n) AS page"
        if let values { statement += " WHERE \(condition(values))" }
        let order = keys.map { key -> SQL in
            "\(SQLIdentifier(key.column)) \(RawSQL(key.isDescending != isBackward ? "DESC" : "ASC"))"
        }
        return statement + " ORDER BY \(order.joined(separator: ", ")) LIMIT \(limit)"
    }

    /// `(a, b) > (1, 2)` where all columns go one way, which an index answers; else `a > 1 OR a = 1 AND b < 2`.
    private func condition(_ values: [SQLValue]) -> SQL {
        if Set(keys.map(\.isDescending)).count == 1 {
            let columns = keys.map { key -> SQL in "\(SQLIdentifier(key.column))" }
            let bound = values.map { value -> SQL in "\(value)" }
            return "(\(columns.joined(separator: ", "))) \(comparison(keys[0])) (\(bound.joined(separator: ", ")))"
        }
        let alternatives = keys.indices.map { index -> SQL in
            var parts = keys[..<index].indices.map { before -> SQL in
                "\(SQLIdentifier(keys[before].column)) = \(values[before])"
            }
            parts.append("\(SQLIdentifier(keys[index].column)) \(comparison(keys[index])) \(values[index])")
            return "(\(parts.joined(separator: " AND ")))"
        }
        return "(\(alternatives.joined(separator: " OR ")))"
    }

    private func comparison(_ key: PageKey) -> RawSQL { RawSQL(key.isDescending != isBackward ? "<" : ">") }
}
