public import Carafe

extension Request {
    /// The app's database.
    ///
    /// - Throws: where the app has none
    public var database: Database {
        get throws { try database(AppDatabases.defaultName) }
    }

    /// The app's database of a name.
    ///
    /// - Throws: where the app has none of this name
    public func database(_ name: String) throws -> Database {
        guard let databases = appState(AppDatabases.self) else { throw AppDatabases.notInstalled }
        return try databases.database(name)
    }
}

/// Handlers take the app's database as a parameter.
///
/// ```swift
/// app.get("/posts") { (db: Database) async throws in
///     try await db.query("SELECT id, title FROM post", as: Post.self)
/// }
/// ```
extension Database: HandlerParameter {
    /// The request, through its app.
    public static var source: ParameterSource { .request }

    /// Whether the app has databases.
    public static func problem(in app: App) -> ConfigurationProblem? {
        app[AppDatabases.self] == nil ? AppDatabases.notInstalled : nil
    }

    /// The app's database.
    public static func extract(from input: inout HandlerInput) throws -> Self {
        // `Database` is final: Self can be nothing else.
        unsafeDowncast(try input.request.database, to: Self.self)
    }
}
