import Carafe

/// `db upgrade`
struct UpgradeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upgrade", abstract: "Run the migrations that have not been run.")

    @OptionGroup var options: DatabaseOptions

    // Targets may begin with a minus or plus sign.
    @Argument(parsing: .allUnrecognized, help: "A revision, head, heads, +1, branch@head. Default: head.")
    var target: [String] = []

    @Flag(
        help: "Print the SQL instead of running it. FROM:TO says where the database is; else it is taken to be empty.")
    var sql = false

    func validate() throws { try MigrationArguments.requireOne(target) }

    func run() async throws {
        let target = target.first ?? "head"
        if sql { return try MigrationArguments.print(.up, target, options) }
        let steps = try await options.withMigrator { try await $0.upgrade(to: target) { say($0.description) } }
        if steps.isEmpty { say("Nothing to do.") }
    }
}

/// `db downgrade`
struct DowngradeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "downgrade", abstract: "Undo migrations: the last one, or all past a revision.")

    @OptionGroup var options: DatabaseOptions

    @Argument(parsing: .allUnrecognized, help: "A revision, base, -1, branch@base. Default: -1.")
    var target: [String] = []

    @Flag(help: "Print the SQL for FROM:TO instead of running it.")
    var sql = false

    func validate() throws { try MigrationArguments.requireOne(target) }

    func run() async throws {
        let target = target.first ?? "-1"
        if sql { return try MigrationArguments.print(.down, target, options) }
        let steps = try await options.withMigrator { try await $0.downgrade(to: target) { say($0.description) } }
        if steps.isEmpty { say("Nothing to do.") }
    }
}

enum MigrationArguments {
    static func requireOne(_ targets: [String]) throws {
        if let option = targets.first(where: { $0.utf8.starts(with: "--".utf8) }) {
            throw ValidationError("Unknown option '\(option)'")
        }
        if targets.count > 1 { throw ValidationError("One target is enough: \(targets.joined(separator: " ")).") }
    }

    /// Prints what an upgrade or downgrade would run, without connecting.
    static func print(_ direction: MigrationDirection, _ target: String, _ options: DatabaseOptions) throws {
        let graph = try options.graph()
        let parts = target.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 2 || direction == .up else {
            throw ValidationError("With --sql it must be said where the database is: FROM:TO.")
        }
        let from = parts.count == 2 ? parts[0] : "base"
        let to = parts.count == 2 ? parts[1] : target
        let script = OfflineScript(graph: graph, dialect: try options.databases().database(options.database).dialect)
        let versions = from.isEmpty ? [] : try graph.named(RevisionTarget(from))
        let end = to.isEmpty ? (direction == .up ? "head" : "base") : to
        StandardStream.output.write(try script.text(direction, to: RevisionTarget(end), from: versions))
    }
}
