import CPostgreSQL

/// libpq in a loop, as a program would use it that has nothing else to do.
struct Bare {
    private let connection: OpaquePointer

    init(_ url: String) {
        guard let connection = PQconnectdb(url),
            PQstatus(connection) == CONNECTION_OK
        else { fatalError("no connection") }
        self.connection = connection
        PQclear(PQprepare(connection, "read", "SELECT id, title, created FROM post WHERE id = $1", 1, nil))
        PQclear(PQprepare(connection, "insert", "INSERT INTO word VALUES ($1, $2)", 2, nil))
    }

    /// Reads a row by its key, so many times, and its columns as Swift's values.
    func read(_ count: Int) {
        for id in 1...count {
            let result = String(id).withCString { text in
                let values: [UnsafePointer<CChar>?] = [text]
                return PQexecPrepared(connection, "read", 1, values, nil, nil, 0)
            }
            guard PQntuples(result) == 1, Int(String(cString: PQgetvalue(result, 0, 0))) == id else {
                fatalError("no row")
            }
            precondition(
                !String(cString: PQgetvalue(result, 0, 1)).isEmpty && !String(cString: PQgetvalue(result, 0, 2)).isEmpty
            )
            PQclear(result)
        }
    }

    /// Inserts so many rows in one pipeline.
    func insert(_ count: Int) {
        PQenterPipelineMode(connection)
        for id in 1...count {
            String(id).withCString { text in
                "word".withCString { word in
                    let values: [UnsafePointer<CChar>?] = [text, word]
                    guard PQsendQueryPrepared(connection, "insert", 2, values, nil, nil, 0) == 1 else {
                        fatalError("not sent")
                    }
                }
            }
            // Answers are read now and then, so that neither side waits for the other for ever.
            if id % 1_000 == 0 {
                PQsendFlushRequest(connection)
                PQflush(connection)
                for _ in 0..<1_000 {
                    PQclear(PQgetResult(connection))
                    PQclear(PQgetResult(connection))
                }
            }
        }
        PQpipelineSync(connection)
        while let result = PQgetResult(connection) {
            let isEnd = PQresultStatus(result) == PGRES_PIPELINE_SYNC
            PQclear(result)
            if isEnd { break }
        }
        PQexitPipelineMode(connection)
    }
}
