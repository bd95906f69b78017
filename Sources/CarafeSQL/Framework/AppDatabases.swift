import Carafe
import Synchronization

/// The databases of one app: made when they are first asked for, and again after the app has been stopped.
final class AppDatabases: Sendable {
    static let defaultName = "default"

    let settings: Databases
    private let open = Mutex<[String: Database]>([:])
    private let app: @Sendable () -> App?
    private let root: String

    init(_ settings: Databases, _ app: App) {
        self.settings = settings
        root = app.root
        // The app keeps this object.
        self.app = { [weak app] in app }
    }

    static var notInstalled: ConfigurationProblem {
        ConfigurationProblem(
            "The app has no databases.",
            hint: "Install them: app.install(Databases(\"sqlite:///app.db\", drivers: .sqlite)).")
    }

    private var config: Config? { app()?.config }
    var logger: Logger { app()?.logger ?? Logger(label: "carafe") }

    /// The names of all databases that have a URL, the default's first.
    func names() throws(ConfigurationProblem) -> [String] {
        let further = Set(settings.binds.keys).union(try configuredBinds().keys).sorted()
        let hasDefault = try url(of: Self.defaultName) != nil
        return (hasDefault || further.isEmpty ? [Self.defaultName] : []) + further
    }

    /// The database of a name.
    func database(_ name: String = AppDatabases.defaultName) throws(ConfigurationProblem) -> Database {
        if let database = open.withLock({ $0[name] }) { return database }
        let made = try make(name)
        return open.withLock { open in
            if let other = open[name] { return other }
            open[name] = made
            return made
        }
    }

    /// Where a database is and how it is used.
    func configuration(of name: String) throws(ConfigurationProblem) -> DatabaseConfiguration {
        guard let text = try url(of: name) else {
            throw name == Self.defaultName
                ? ConfigurationProblem(
                    "It is not said where the database is.",
                    hint: "Set DATABASE_URL, or write Databases(\"sqlite:///app.db\", …).")
                : ConfigurationProblem(
                    "There is no database '\(name)'.",
                    hint: "Set \(Self.key(of: name)), or write Databases(…, binds: [\"\(name)\": \"…\"], …).")
        }
        var url: DatabaseURL
        do throws(DatabaseError) { url = try DatabaseURL(text) } catch { throw problem(error, name) }
        if url.scheme == "sqlite", let path = url.database, Self.isRelative(path) { url.database = root + "/" + path }
        var configuration = DatabaseConfiguration(url: url)
        configuration.name = name
        configuration.onQuery = QueryWatch(settings, config, logger)?.record
        try readEngineOptions(of: name, into: &configuration.pool)
        settings.configure?(name, &configuration)
        return configuration
    }

    /// What the configuration says of a database's pool in SQLAlchemy's words.
    private func readEngineOptions(
        of name: String, into pool: inout PoolConfiguration
    ) throws(ConfigurationProblem) {
        var (key, value) = ("SQLALCHEMY_ENGINE_OPTIONS", config?["SQLALCHEMY_ENGINE_OPTIONS"])
        if name != Self.defaultName {
            key = "SQLALCHEMY_BINDS[\"\(name)\"]"
            value = config?["SQLALCHEMY_BINDS"]?[name]
            if case .string? = value { value = nil }
        }
        let ignored = try EngineOptions(value, key: key, changing: &pool).ignored
        guard !ignored.isEmpty else { return }
        logger.warning("\(key): \(ignored.joined(separator: ", ")) means nothing here.")
    }

    private func make(_ name: String) throws(ConfigurationProblem) -> Database {
        let configuration = try configuration(of: name)
        do throws(DatabaseError) {
            return try Database(configuration, drivers: settings.drivers)
        } catch {
            throw problem(error, name)
        }
    }

    private func problem(_ error: DatabaseError, _ name: String) -> ConfigurationProblem {
        ConfigurationProblem(
            "The \(name == Self.defaultName ? "database" : "database '\(name)'") cannot be used: \(error.message)",
            hint: error.hint ?? "Correct \(Self.key(of: name)), or the URL given to Databases(…).")
    }

    // MARK: - URLs

    /// What the configuration calls a database's URL.
    static func key(of name: String) -> String {
        guard name != defaultName else { return "DATABASE_URL" }
        let upper = name.utf8.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): byte & 0xDF
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
            default: UInt8(ascii: "_")
            }
        }
        return String(decoding: upper, as: UTF8.self) + "_DATABASE_URL"
    }

    private func url(of name: String) throws(ConfigurationProblem) -> String? {
        if let url = try config?.string(Self.key(of: name)), !url.isEmpty { return url }
        if name == Self.defaultName { return try config?.string("SQLALCHEMY_DATABASE_URI") ?? settings.url }
        return try configuredBinds()[name] ?? settings.binds[name]
    }

    /// `SQLALCHEMY_BINDS`: URLs by name, or objects with a `url`.
    private func configuredBinds() throws(ConfigurationProblem) -> [String: String] {
        guard let value = config?["SQLALCHEMY_BINDS"], value != .null else { return [:] }
        let mistake = ConfigurationProblem(
            "The configuration value SQLALCHEMY_BINDS is not an object of URLs.",
            hint: "Write {\"name\": \"sqlite:///…\"}.")
        guard case .object(let object) = value else { throw mistake }
        var binds: [String: String] = [:]
        for (name, value) in object {
            switch value {
            case .string(let url): binds[name] = url
            case .object(let options):
                guard case .string(let url)? = options["url"] else { throw mistake }
                binds[name] = url
            default: throw mistake
            }
        }
        return binds
    }

    private static func isRelative(_ path: String) -> Bool {
        !path.utf8.starts(with: "/".utf8) && !path.utf8.starts(with: ":memory:".utf8)
            && !path.utf8.starts(with: "file:".utf8)
    }

    // MARK: - Migrations

    /// The folder of a database's migrations, where they are not part of the executable.
    func migrationFolder(of name: String) -> String {
        name == Self.defaultName ? root + "/migrations" : root + "/migrations/" + name
    }

    /// A database's migrations.
    func migrations(of name: String) -> Migrations {
        if name == Self.defaultName, let migrations = settings.migrations { return migrations }
        return .folder(migrationFolder(of: name))
    }

    // MARK: - Life

    /// Makes sure that every database can be reached, and brings it to the newest revision where that is asked for.
    func start() async throws {
        for name in try names() {
            let database = try database(name)
            do {
                try await database.ping()
            } catch {
                throw ConfigurationProblem(
                    "The database at \(database.configuration.url) cannot be reached: \(error.message)",
                    hint: error.hint ?? "Is it running, and is \(Self.key(of: name)) right?")
            }
            if settings.upgradesAtStart {
                try await upgrade(database, name)
            } else {
                await warnOfMigrations(database, name)
            }
        }
    }

    /// Makes sure that every database answers.
    func check() async throws {
        for name in try names() { try await database(name).ping() }
    }

    private func upgrade(_ database: Database, _ name: String) async throws {
        let logger = logger
        try await Migrator(database, migrations(of: name)).upgrade(to: "heads") { step in
            logger.info("\(step.description) (\(step.revision.file))")
        }
    }

    /// Says in debug mode that there are migrations to be run.
    private func warnOfMigrations(_ database: Database, _ name: String) async {
        guard config?.debug == true else { return }
        do {
            let status = try await Migrator(database, migrations(of: name)).status()
            guard !status.pending.isEmpty else { return }
            logger.warning("The database is \(status.pending.count) migrations behind: run 'db upgrade'.")
        } catch {
            logger.warning("\(error)")
        }
    }

    /// Closes all databases; the next use opens them again.
    func close() async {
        let databases = open.withLock { open in
            defer { open = [:] }
            return open.values.map { $0 }
        }
        for database in databases { await database.close() }
    }
}
