public import Carafe

/// Gives an app its databases.
///
/// ```swift
/// app.install(Databases("sqlite:///blog.db", drivers: .sqlite))
/// app.get("/posts/<int:id>") { (db: Database, id: Int) async throws in
///     try await db.firstOr404("SELECT id, title FROM post WHERE id = \(id)", as: Post.self)
/// }
/// ```
///
/// Where a database is, is the first of these that says so:
///
/// 1. the configuration: `DATABASE_URL`, which is read from the environment and `.env` under this very name as well, and for a
///    further database `stats` `STATS_DATABASE_URL`
/// 2. Flask-SQLAlchemy's `SQLALCHEMY_DATABASE_URI` and `SQLALCHEMY_BINDS`
/// 3. the URLs given here
///
/// Of a pool, the configuration may say what Flask-SQLAlchemy's `SQLALCHEMY_ENGINE_OPTIONS` say: `pool_size`, `max_overflow`,
/// `pool_timeout`, `pool_recycle`, `pool_pre_ping`.
///
/// A relative path of SQLite's counts from the app's root. Nothing is connected before it is needed; the start of the app makes
/// sure that each database can be reached, and its end closes them.
///
/// The command line gets `db init`, `db revision`, `db upgrade`, `db downgrade`, `db current`, `db history`, `db heads`, `db stamp`
/// and `db check`.
public struct Databases: Extension {
    /// Where the database is, where the configuration says nothing else.
    public var url: String?
    /// Where further databases are, by their names.
    public var binds: [String: String]
    /// The kinds of databases that there may be.
    public var drivers: [any DatabaseDriver]
    /// The migrations of the database; nil for those in the folder `migrations` below the app's root. Further databases have theirs
    /// in `migrations/NAME`.
    public var migrations: Migrations?
    /// Whether the database is brought to the newest revision when the app starts. Several processes may start at once.
    public var upgradesAtStart: Bool
    /// From how many times on a statement that one request sends again and again from the same place is pointed out in debug mode;
    /// nil for never.
    public var repetitionLimit: Int? = 5
    /// Changes how a database is used, by its name: its pool, how columns are named.
    public var configure: (@Sendable (_ name: String, inout DatabaseConfiguration) -> Void)?

    /// The databases of an app.
    ///
    /// - Parameters:
    ///   - url: where the database is, where the configuration says nothing else
    ///   - binds: where further databases are, by their names
    ///   - drivers: the kinds of databases that there may be: `.sqlite`, `.postgresql`
    ///   - migrations: its migrations; nil for those in the folder `migrations` below the app's root
    ///   - upgradesAtStart: whether the start of the app brings it to the newest revision
    public init<each Driver: DatabaseDriver>(
        _ url: String? = nil, binds: [String: String] = [:], drivers: repeat each Driver, migrations: Migrations? = nil,
        upgradesAtStart: Bool = false
    ) {
        self.url = url
        self.binds = binds
        var list: [any DatabaseDriver] = []
        repeat list.append(each drivers)
        self.drivers = list
        self.migrations = migrations
        self.upgradesAtStart = upgradesAtStart
    }

    /// Keeps the databases in the app and adds its commands.
    public func install(in app: App) throws {
        guard app[AppDatabases.self] == nil else {
            throw ConfigurationProblem(
                "The app has databases already.",
                hint: "Install all of them at once: Databases(…, binds: [\"name\": \"…\"], …).")
        }
        let databases = AppDatabases(self, app)
        app[AppDatabases.self] = databases
        app.onStartup { try await databases.start() }
        app.onShutdown { await databases.close() }
        app.addReadinessCheck("database") { try await databases.check() }
        app.command(DatabaseCommand.self)
        app.shellContextProcessor { DatabaseConsole.names(of: databases) }
    }
}

extension App {
    /// The app's database.
    ///
    /// - Throws: ``ConfigurationProblem`` where there is none, or no URL that can be used
    public var database: Database {
        get throws { try database(AppDatabases.defaultName) }
    }

    /// The app's database of a name.
    ///
    /// - Throws: ``ConfigurationProblem`` where there is none of this name, or no URL that can be used
    public func database(_ name: String) throws -> Database {
        guard let databases = self[AppDatabases.self] else { throw AppDatabases.notInstalled }
        return try databases.database(name)
    }
}
