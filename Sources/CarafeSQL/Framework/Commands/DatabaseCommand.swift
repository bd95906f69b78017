import Carafe

/// The app's command `db`.
struct DatabaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "db", abstract: "Migrate the database.",
        subcommands: [
            InitCommand.self, RevisionCommand.self, UpgradeCommand.self, DowngradeCommand.self, CurrentCommand.self,
            HistoryCommand.self, HeadsCommand.self, StampCommand.self, CheckCommand.self,
        ])
}

/// What all commands of `db` take.
struct DatabaseOptions: ParsableArguments {
    @Option(help: "The name of the database, where the app has several.")
    var database = AppDatabases.defaultName

    @Option(name: .shortAndLong, help: "The folder of the migrations. Default: the app's own.")
    var directory: String?

    /// The app's databases.
    ///
    /// - Throws: where the app has none
    func databases() throws -> AppDatabases {
        guard let databases = App.current?[AppDatabases.self] else { throw AppDatabases.notInstalled }
        return databases
    }

    func migrations() throws -> Migrations {
        try directory.map { .folder($0) } ?? databases().migrations(of: database)
    }

    /// The folder that files are written to.
    func folder() throws -> MigrationFolder {
        try MigrationFolder(directory ?? migrations().folder ?? databases().migrationFolder(of: database))
    }

    /// The migrations in the order of their history.
    func graph() throws -> RevisionGraph {
        try migrations().graph(for: databases().database(database).dialect)
    }

    /// Runs `body` with a migrator of the database, and closes it.
    func withMigrator<Result>(_ body: (Migrator) async throws -> Result) async throws -> Result {
        let databases = try databases()
        do {
            let result = try await body(Migrator(try databases.database(database), try migrations()))
            await databases.close()
            return result
        } catch {
            await databases.close()
            throw error
        }
    }
}

/// Writes lines to the standard output.
func say(_ lines: String...) { StandardStream.output.write(lines.map { $0 + "\n" }.joined()) }

/// `db init`
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "init", abstract: "Make the folder of the migrations.")

    @OptionGroup var options: DatabaseOptions

    func run() throws {
        let folder = try options.folder()
        let made = try folder.create()
        for path in made { say("Made \(path)") }
        if made.isEmpty { say("\(folder.path) is there already.") }
    }
}

/// `db revision`
struct RevisionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revision", abstract: "Write the file of a new migration.")

    @OptionGroup var options: DatabaseOptions

    @Option(name: .shortAndLong, help: "What it does, in a few words.")
    var message = ""

    @Option(help: "The revision that it follows: a target. Default: the only head.")
    var head = "head"

    @Flag(help: "Make it follow all heads, and so merge their branches.")
    var merge = false

    @Option(help: "Its name. Default: twelve random hexadecimal digits.")
    var revID: String?

    @Option(help: "A label for the branch that it begins.")
    var branchLabel: [String] = []

    @Option(help: "A revision of another branch that must have been done before it.")
    var dependsOn: [String] = []

    @Flag(help: "Write a file for Alembic as well, so that it knows the revision.")
    var alembicStub = false

    func run() throws {
        let graph = try options.graph()
        var revision = MigrationFolder.NewRevision()
        revision.id = revID
        revision.message = message
        revision.downRevisions = try graph.names(graph.named(RevisionTarget(merge ? "heads" : head))).sorted()
        revision.branchLabels = branchLabel
        revision.dependsOn = try dependsOn.map { name in
            // Names that do not change their meaning when others come.
            graph.labels[name] == nil ? graph.revisions[try graph.revision(named: name)].id : name
        }
        revision.hasAlembicStub = alembicStub
        if let revID, graph[revID] != nil { throw DatabaseError(.migration, "There is a revision '\(revID)' already.") }
        for path in try options.folder().write(revision) { say("Wrote \(path)") }
    }
}
