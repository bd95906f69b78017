extension Queryable {
    /// One page of a statement's rows.
    ///
    /// The statement is a `SELECT` with an `ORDER BY` and without `LIMIT`. Numbers that make no sense are mended as Flask-SQLAlchemy
    /// does where it does not answer 404: a page below 1 is page 1, a size below 1 is 20.
    ///
    /// - Parameters:
    ///   - page: the page's number, from 1
    ///   - perPage: how many items a page has
    ///   - maxPerPage: how many a page has at most, whatever the client asks for; nil for no limit
    ///   - count: whether to count the rows of all pages, by a second statement
    public func paginate<Value: Decodable & Sendable>(
        _ statement: SQL, page: Int = 1, perPage: Int = 20, maxPerPage: Int? = 100, count: Bool = true,
        as type: Value.Type,
        fileID: String = #fileID, line: Int = #line
    ) async throws(DatabaseError) -> Pagination<Value> {
        let place = PagePlace(page, perPage, maxPerPage)
        let items = try await query(place.limited(statement), as: type, fileID: fileID, line: line)
        let total = count ? try await total(statement, fileID, line) : nil
        return Pagination(items: items, page: place.page, perPage: place.perPage, total: total)
    }

    /// One page of a statement's rows, as they are.
    public func paginate(
        _ statement: SQL, page: Int = 1, perPage: Int = 20, maxPerPage: Int? = 100, count: Bool = true,
        fileID: String = #fileID, line: Int = #line
    ) async throws(DatabaseError) -> Pagination<Row> {
        let place = PagePlace(page, perPage, maxPerPage)
        let items = try await query(place.limited(statement), fileID: fileID, line: line)
        let total = count ? try await total(statement, fileID, line) : nil
        return Pagination(items: items, page: place.page, perPage: place.perPage, total: total)
    }

    private func total(_ statement: SQL, _ fileID: String, _ line: Int) async throws(DatabaseError) -> Int {
        // The line break ends a comment that the statement may end with.
        try await one(
            "SELECT count(*) FROM (\(statement.withoutSemicolon)\n) AS counted", as: Int.self, fileID: fileID,
            line: line)
    }
}

/// A page's number and size, as they are used.
private struct PagePlace {
    var page: Int
    var perPage: Int

    init(_ page: Int, _ perPage: Int, _ maxPerPage: Int?) {
        self.page = page < 1 ? 1 : page
        let size = maxPerPage.map { min(perPage, $0) } ?? perPage
        self.perPage = size < 1 ? 20 : size
    }

    func limited(_ statement: SQL) -> SQL {
        "\(statement.withoutSemicolon)\nLIMIT \(perPage) OFFSET \((page - 1).times(perPage))"
    }
}

extension SQL {
    /// The statement without a semicolon and spaces at its end.
    package var withoutSemicolon: SQL {
        guard case .text(let text)? = parts.last else { return self }
        let isEnd = { (byte: UInt8) in byte == UInt8(ascii: ";") || byte == 0x20 || (0x09...0x0D).contains(byte) }
        guard let last = text.utf8.last, isEnd(last) else { return self }
        let kept = String(decoding: Array(text.utf8.reversed().drop(while: isEnd)).reversed(), as: UTF8.self)
        return SQL(parts: Array(parts.dropLast()) + [.text(kept)])
    }
}
