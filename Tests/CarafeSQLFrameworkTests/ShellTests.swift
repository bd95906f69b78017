import CarafeSQL
import CarafeSQLite
import Testing

@testable import Carafe

@Suite("The database in the console")
struct ShellTests {
    /// The console of an app with posts.
    private func withConsole(
        _ binds: [String: String] = [:], _ body: (ShellSession) async throws -> Void
    ) async throws {
        try await TemporaryRoot.run { root in
            let app = App("shelled", root: root.path, environment: .none)
            app.install(Databases("sqlite:///app.db", binds: binds, drivers: .sqlite, migrations: postMigrations))
            try await Migrator(app.database, postMigrations).upgrade(to: "heads") { _ in }
            try await body(ShellSession(app))
            try await app.database.close()
        }
    }

    @Test("reads rows as a table, the first of them, a value, the tables")
    func reading() async throws {
        try await withConsole { console in
            let table = "id  title \n--  ------\n1   post 1\n2   post 2"
            #expect(await console.answer("db.query('SELECT * FROM post WHERE id < ? ORDER BY id', 3)") == .value(table))
            #expect(await console.answer("db.first('SELECT * FROM post WHERE id = ?', 7).title") == .value("'post 7'"))
            #expect(await console.answer("db.value('SELECT count(*) FROM post')") == .value("45"))
            #expect(await console.answer("db.first('SELECT * FROM post WHERE id = ?', 99)") == .nothing)
            guard case .value(let tables) = await console.answer("db.tables()") else { return }
            #expect(tables.contains("'post'"))
        }
    }

    @Test("reading cannot write, execute can")
    func writing() async throws {
        try await withConsole { console in
            guard case .failure = await console.answer("db.query('DELETE FROM post')") else {
                Issue.record("query deletes")
                return
            }
            #expect(await console.answer("db.value('SELECT count(*) FROM post')") == .value("45"))
            #expect(await console.answer("db.execute('DELETE FROM post WHERE id > ?', 40)") == .value("5"))
        }
    }

    @Test(
        "question marks in quotes and comments are text, and values are counted",
        arguments: [
            ("db.value(\"SELECT '?' || ?\", 'x')", ShellSession.Answer.value("'?x'")),
            ("db.value(\"SELECT '?'\")", .value("'?'")), ("db.value('SELECT 1 -- ? \n + ?', 2)", .value("3")),
            ("db.value('SELECT ?', none)", .nothing), ("db.value('SELECT ? + ?', 2.5, true)", .value("3.5")),
            (
                "db.value('SELECT ?, ?', 1)",
                .failure("TypeError: the statement has 2 question marks, and there are 1 values")
            ),
            (
                "db.query()",
                .failure("TypeError: query() takes a statement and its values: query('…  ?', 5)")
            ),
        ])
    func values(line: String, answer: ShellSession.Answer) async throws {
        try await withConsole { console in #expect(await console.answer(line) == answer) }
    }

    @Test("several databases have names")
    func binds() async throws {
        try await withConsole(["stats": "sqlite:///stats.db"]) { console in
            #expect(await console.answer("dbs.stats.value('SELECT 5')") == .value("5"))
            #expect(await console.answer("dbs.default.value('SELECT count(*) FROM post')") == .value("45"))
        }
    }

    @Test("no password is shown")
    func secret() async throws {
        let app = App("shelled", environment: .none)
        app.install(Databases("sqlite://ann:hunter2@host/x.db", drivers: .sqlite))
        guard case .value(let text) = try await ShellSession(app).answer("db") else { return }
        #expect(!text.contains("hunter2"))
    }
}
