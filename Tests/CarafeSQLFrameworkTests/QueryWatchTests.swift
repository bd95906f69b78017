import Carafe
import CarafeSQL
import CarafeTesting
import Testing

@Suite("What is kept of a request's statements")
struct QueryWatchTests {
    private func app(debug: Bool) -> (App, LogRecord) {
        let (app, log) = postApp { app in
            app.config.debug = debug
            app.get("/<int:count>") { (request: Request, db: Database, count: Int) async throws in
                for id in 1..<(count + 1) {
                    _ = try await db.first("SELECT title FROM post WHERE id = \(id)", as: String.self)
                }
                _ = try? await db.execute("nonsense")
                return "\(request.queries.count)"
            }
        }
        return (app, log)
    }

    @Test("in debug mode they are kept with values, duration and place")
    func records() async throws {
        let (app, log) = app(debug: true)
        try await app.test { client async throws in
            let response = try await client.get("/2")
            #expect(response.text == "3")
            let queries = try #require(response.request).queries
            #expect(
                queries.map(\.statement) == [
                    "SELECT title FROM post WHERE id = ?", "SELECT title FROM post WHERE id = ?", "nonsense",
                ])
            #expect(queries[1].values == [.integer(2)])
            #expect(queries[1].rows == 1)
            #expect(queries[1].duration > .zero)
            #expect(queries[1].source == "CarafeSQLFrameworkTests/QueryWatchTests.swift:13")
            #expect(queries[2].error?.kind == .statement)
            let line = try #require(log.messages(.debug).first { $0.contains("id = ?") })
            #expect(line.contains("QueryWatchTests.swift:13]"))
            #expect(line.contains(" ms, 1 row, "))
            // Another request begins anew.
            #expect(try await client.get("/0").text == "1")
        }
    }

    @Test("a statement that one request sends again and again is pointed out once")
    func repetitions() async throws {
        let (app, log) = app(debug: true)
        try await app.test { client async throws in
            _ = try await client.get("/4")
            #expect(log.messages(.warning).filter { $0.contains("the same statement") }.isEmpty)
            _ = try await client.get("/9")
            let warnings = log.messages(.warning).filter { $0.contains("the same statement") }
            #expect(warnings.count == 1)
            #expect(
                warnings.first?.contains(
                    "QueryWatchTests.swift:13 has sent the same statement 5 times in this request: SELECT title FROM post "
                        + "WHERE id = ?.") == true, "\(warnings)")
        }
    }

    @Test("out of debug mode nothing is kept")
    func production() async throws {
        let (app, log) = app(debug: false)
        try await app.test { client async throws in
            #expect(try await client.get("/9").text == "0")
            #expect(log.messages(.warning).isEmpty)
        }
    }

    @Test("a request keeps so many and no more")
    func bounded() async throws {
        let (app, _) = app(debug: true)
        try await app.test { client async throws in #expect(try await client.get("/1100").text == "1000") }
    }
}
