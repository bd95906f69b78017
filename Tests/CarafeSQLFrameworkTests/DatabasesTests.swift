import Carafe
import CarafeSQL
import CarafeSQLite
import CarafeTesting
import Foundation
import Testing

@Suite("The databases of an app")
struct DatabasesTests {
    @Test("a handler takes the database as a parameter; a row that is not there is 404")
    func parameter() async throws {
        let (app, _) = postApp { app in
            app.get("/posts/<int:id>") { (db: Database, id: Int) async throws in
                JSON(try await db.firstOr404("SELECT * FROM post WHERE id = \(id)", as: Post.self))
            }
            app.get("/one/<int:id>") { (db: Database, id: Int) async throws in
                try await db.oneOr404("SELECT title FROM post WHERE id <= \(id)", as: String.self)
            }
            app.get("/row/<int:id>") { (request: Request, id: Int) async throws in
                JSON(try await request.database.firstOr404("SELECT * FROM post WHERE id = \(id)"))
            }
            app.get("/pair/<int:id>") { (db: Database, id: Int) async throws in
                let (id, title) = try await db.firstOr404(
                    "SELECT id, title FROM post WHERE id = \(id)", as: (Int, String).self)
                return "\(id) \(title)"
            }
        }
        try await app.test { client async throws in
            #expect(try await client.get("/posts/3").json(as: Post.self) == Post(id: 3, title: "post 3"))
            #expect(try await client.get("/posts/99").status == .notFound)
            #expect(try await client.get("/one/1").text == "post 1")
            #expect(try await client.get("/one/0").status == .notFound)
            #expect(try await client.get("/one/2").status == .notFound)
            #expect(try await client.get("/row/3").text == #"{"id":3,"title":"post 3"}"#)
            #expect(try await client.get("/row/0").status == .notFound)
            #expect(try await client.get("/pair/4").text == "4 post 4")
            #expect(try await client.get("/pair/0").status == .notFound)
        }
    }

    @Test("an error of the database is a 500 without details, unless the handler catches it")
    func errors() async throws {
        let (app, log) = postApp { app in
            app.post("/posts/<title>") { (db: Database, title: String) async throws in
                do {
                    try await db.execute("INSERT INTO post (title) VALUES (\(title))")
                    return "new"
                } catch let error as DatabaseError where error.kind == .uniqueViolation {
                    return "there already"
                }
            }
            app.get("/broken") { (db: Database) async throws in
                try await db.execute("DELETE FROM nowhere WHERE secret = \("hush")")
                return "never"
            }
        }
        try await app.test { client async throws in
            #expect(try await client.post("/posts/other").text == "new")
            #expect(try await client.post("/posts/other").text == "there already")
            let response = try await client.get("/broken")
            #expect(response.status == .internalServerError)
            #expect(!response.text.contains("nowhere"))
            let error = try #require(log.messages(.error).first)
            #expect(error.contains("no such table: nowhere"))
            #expect(error.contains("DatabasesTests.swift:"))
            #expect(!error.contains("hush"))
        }
    }

    @Test("each app, and each test of it, has a database of its own in memory")
    func apart() async throws {
        let (app, _) = postApp { app in
            app.post("/") { (db: Database) async throws in
                try await db.execute("DELETE FROM post WHERE id > 5")
                return "\(try await db.one("SELECT count(*) FROM post", as: Int.self))"
            }
            app.get("/") { (db: Database) async throws in
                "\(try await db.one("SELECT count(*) FROM post", as: Int.self))"
            }
        }
        for _ in 0..<2 {
            try await app.test { client async throws in
                #expect(try await client.get("/").text == "45")
                #expect(try await client.post("/").text == "5")
                #expect(try app.database.statistics.open == 1)
            }
        }
    }

    @Test("further databases have names")
    func names() async throws {
        let app = App("names", root: "/nonexistent", staticFolder: nil, environment: .none)
        app.install(Databases("sqlite://", binds: ["stats": "sqlite://"], drivers: .sqlite))
        app.get("/") { request async throws in
            try await request.database("stats").execute("CREATE TABLE hit (id INTEGER)")
            let tables: SQL = "SELECT count(*) FROM sqlite_master"
            let first = try await request.database.one(tables, as: Int.self)
            return "\(first) \(try await request.database("stats").one(tables, as: Int.self))"
        }
        app.get("/none") { request async throws in
            try await request.database("none").execute("SELECT 1")
            return ""
        }
        try await app.test { client async throws in
            #expect(try await client.get("/").text == "0 1")
            let error = try await client.get("/none").unexpectedError as? ConfigurationProblem
            #expect(error?.message == "There is no database 'none'.")
            #expect(error?.hint.contains("NONE_DATABASE_URL") == true)
        }
    }

    /// A configuration and the path of the database that it leads to.
    static let places: [(variables: [String: String], config: [String: JSONValue], path: String)] = [
        ([:], [:], "given.db"),
        (["DATABASE_URL": "sqlite:///environment.db"], ["DATABASE_URL": "sqlite:///config.db"], "environment.db"),
        (["CARAFE_DATABASE_URL": "sqlite:///carafe.db", "DATABASE_URL": "sqlite:///other.db"], [:], "carafe.db"),
        (["FLASK_SQLALCHEMY_DATABASE_URI": "sqlite:///flask.db"], [:], "flask.db"),
        ([:], ["DATABASE_URL": "sqlite:///config.db", "SQLALCHEMY_DATABASE_URI": "sqlite:///flask.db"], "config.db"),
        ([:], ["SQLALCHEMY_DATABASE_URI": "sqlite:///flask.db"], "flask.db"),
    ]

    @Test("the configuration says where the database is, before the app does", arguments: places)
    func place(variables: [String: String], config: [String: JSONValue], path: String) throws {
        let app = App("places", root: "/srv/app", staticFolder: nil, environment: .variables(variables))
        app.install(Databases("sqlite:///given.db", drivers: .sqlite))
        app.config.update(config)
        #expect(try app.database.configuration.url.database == "/srv/app/\(path)")
    }

    @Test("further databases are found under their own names in the configuration")
    func binds() throws {
        let app = App(
            "binds", root: "/srv/app", staticFolder: nil,
            environment: .variables(["STATS_DATABASE_URL": "sqlite:///s.db"]))
        app.install(
            Databases("sqlite://", binds: ["stats": "sqlite:///t.db", "log": "sqlite:///l.db"], drivers: .sqlite))
        app.config["SQLALCHEMY_BINDS"] = ["log": ["url": "sqlite:////abs/m.db"], "meta": "sqlite:///x.db"]
        #expect(try app.database("stats").configuration.url.database == "/srv/app/s.db")
        #expect(try app.database("log").configuration.url.database == "/abs/m.db")
        #expect(try app.database("meta").configuration.url.database == "/srv/app/x.db")
        #expect(try app.database("meta").configuration.name == "meta")
    }

    @Test(
        "an app whose database cannot be used does not start",
        arguments: [
            ("", "It is not said where the database is."), ("nonsense", "The database cannot be used:"),
            ("mysql://host/db", "The database cannot be used: No driver here knows mysql"),
            (
                "sqlite:////nonexistent/folder/x.db",
                "The database at sqlite:////nonexistent/folder/x.db cannot be reached:"
            ),
            ("sqlite://?colour=red", "The database cannot be used:"),
        ])
    func unusable(url: String, message: String) async throws {
        let app = App("unusable", root: "/nonexistent", staticFolder: nil, environment: .none)
        app.install(Databases(url.isEmpty ? nil : url, drivers: .sqlite))
        let error = await #expect(throws: ConfigurationProblem.self) { try await app.test { _ in } }
        #expect(error?.message.utf8.starts(with: message.utf8) == true, "\(error?.description ?? "")")
        #expect(error?.hint.isEmpty == false)
    }

    @Test("databases that are installed twice are a mistake that the start tells")
    func twice() async throws {
        let (app, _) = postApp { $0.install(Databases("sqlite://", drivers: .sqlite)) }
        let error = await #expect(throws: ConfigurationError.self) { try await app.test { _ in } }
        #expect(error?.problems.map(\.message) == ["The app has databases already."])
    }

    @Test("an app whose handlers take a database, and which has none, does not start")
    func none() async throws {
        let app = App("none", root: "/nonexistent", staticFolder: nil, environment: .none)
        app.get("/") { (db: Database) in "\(db.dialect)" }
        let line = #line - 1
        let error = await #expect(throws: ConfigurationError.self) { try await app.test { _ in } }
        #expect(error?.problems.map(\.message) == ["The app has no databases."])
        #expect(error?.problems.first?.location?.description.hasSuffix("DatabasesTests.swift:\(line)") == true)
        #expect(throws: ConfigurationProblem.self) { try app.database }
    }

    @Test("a handler that asks the request for a database that is not there gets an error")
    func noneAtRequest() async throws {
        let app = App("none", root: "/nonexistent", staticFolder: nil, environment: .none)
        app.get("/") { request throws in "\(try request.database.dialect)" }
        try await app.test { client async throws in
            let error = try await client.get("/").unexpectedError as? ConfigurationProblem
            #expect(error?.message == "The app has no databases.")
        }
    }

    @Test("the pool is as SQLAlchemy's options say, each database's by its own")
    func engineOptions() async throws {
        let app = App("options", root: "/nonexistent", staticFolder: nil, environment: .none)
        app.config.update([
            "SQLALCHEMY_ENGINE_OPTIONS": [
                "pool_size": 7, "max_overflow": -1, "pool_timeout": 2.5, "pool_recycle": 3600, "pool_pre_ping": true,
            ],
            "SQLALCHEMY_BINDS": [
                "stats": ["url": "sqlite://", "pool_size": 2, "pool_recycle": -1], "plain": "sqlite://",
            ],
        ])
        app.install(Databases("sqlite://", drivers: .sqlite))
        let pool = try app.database.configuration.pool
        #expect(pool.size == 7 && pool.overflow == 10_000 && pool.waitTimeout == .milliseconds(2_500))
        #expect(pool.recycle == .seconds(3_600) && pool.pingAfter == .zero)
        let stats = try app.database("stats").configuration.pool
        #expect(stats.size == 2 && stats.recycle == nil && stats.overflow == PoolConfiguration().overflow)
        #expect(try app.database("plain").configuration.pool == PoolConfiguration())
    }

    @Test(
        "an option of SQLAlchemy's that is wrong keeps the app from starting",
        arguments: [
            (["pool_size": "many"], "[\"pool_size\"] is not a number from 0 to 10000."),
            (["pool_timeout": -1], "[\"pool_timeout\"] is not a number from 0 to 86400."),
            (["pool_pre_ping": 1], "[\"pool_pre_ping\"] is not true or false."),
            (7, " is not an object."),
        ] as [(JSONValue, String)])
    func wrongEngineOptions(_ options: JSONValue, _ problem: String) async throws {
        let app = App("options", root: "/nonexistent", staticFolder: nil, environment: .none)
        app.config.update(["SQLALCHEMY_ENGINE_OPTIONS": options])
        app.install(Databases("sqlite://", drivers: .sqlite))
        let error = #expect(throws: ConfigurationProblem.self) { try app.database }
        #expect(error?.message == "The configuration value SQLALCHEMY_ENGINE_OPTIONS\(problem)")
    }

    @Test("a relative file is below the app's root, made and migrated at the first start, and kept")
    func file() async throws {
        try await TemporaryRoot.run { root async throws in
            for run in 1...2 {
                let app = App("file", root: root.path, staticFolder: nil, environment: .none)
                app.install(
                    Databases("sqlite:///blog.db", drivers: .sqlite, migrations: postMigrations, upgradesAtStart: true))
                app.get("/") { (db: Database) async throws in
                    try await db.execute("DELETE FROM post WHERE id = 1")
                    return "\(try await db.one("SELECT count(*) FROM post", as: Int.self))"
                }
                try await app.test { client async throws in #expect(try await client.get("/").text == "44") }
                #expect(FileManager.default.fileExists(atPath: root.path + "/blog.db"), "\(run)")
            }
        }
    }

    @Test("in debug mode the log says that there are migrations to be run")
    func pending() async throws {
        let app = App("pending", root: "/nonexistent", staticFolder: nil, environment: .none)
        let log = LogRecord()
        app.logger = Logger(label: "pending") { _ in LogRecorder(log) }
        app.config.debug = true
        app.install(Databases("sqlite://", drivers: .sqlite, migrations: postMigrations))
        try await app.test { _ in }
        #expect(log.messages(.warning).contains("The database is 2 migrations behind: run 'db upgrade'."))
    }
}
