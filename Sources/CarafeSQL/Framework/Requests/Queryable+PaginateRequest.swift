public import Carafe

extension Queryable {
    /// The page of a statement's rows that a request asks for with `page` and `per_page` in its query, as Flask-SQLAlchemy's
    /// `paginate` has it.
    ///
    /// ```swift
    /// app.get("/") { (request: Request, db: Database) async throws in
    ///     let page = try await db.paginate("SELECT * FROM post ORDER BY created DESC", for: request, as: Post.self)
    ///     return try render("index.html", ["pagination": page])
    /// }
    /// ```
    ///
    /// A page that there is not, or what is no number, is answered with 404.
    ///
    /// - Parameters:
    ///   - statement: a `SELECT` with an `ORDER BY` and without `LIMIT`
    ///   - perPage: how many items a page has, whatever the request asks for; nil for what it asks for, or else 20
    ///   - maxPerPage: how many a page has at most
    ///   - count: whether to count the rows of all pages, by a second statement
    public func paginate<Value: Decodable & Sendable>(
        _ statement: SQL, for request: Request, perPage: Int? = nil, maxPerPage: Int? = 100, count: Bool = true,
        as type: Value.Type, fileID: String = #fileID, line: Int = #line
    ) async throws -> Pagination<Value> {
        let place = try request.pagePlace(perPage)
        return try await paginate(
            statement, page: place.page, perPage: place.perPage, maxPerPage: maxPerPage, count: count, as: type,
            fileID: fileID, line: line
        ).or404()
    }

    /// The page of a statement's rows that a request asks for, as they are.
    public func paginate(
        _ statement: SQL, for request: Request, perPage: Int? = nil, maxPerPage: Int? = 100, count: Bool = true,
        fileID: String = #fileID, line: Int = #line
    ) async throws -> Pagination<Row> {
        let place = try request.pagePlace(perPage)
        return try await paginate(
            statement, page: place.page, perPage: place.perPage, maxPerPage: maxPerPage, count: count, fileID: fileID,
            line: line
        ).or404()
    }
}

extension Pagination {
    fileprivate func or404() throws -> Self {
        if isPastEnd { throw Abort(.notFound) }
        return self
    }
}

extension Request {
    /// The page and its size that the query asks for.
    fileprivate func pagePlace(_ perPage: Int?) throws -> (page: Int, perPage: Int) {
        func number(_ name: String, _ usual: Int) throws -> Int {
            guard let text = query[name] else { return usual }
            guard let number = Int(text), number >= 1 else { throw Abort(.notFound) }
            return number
        }
        return (try number("page", 1), try perPage ?? number("per_page", 20))
    }
}
