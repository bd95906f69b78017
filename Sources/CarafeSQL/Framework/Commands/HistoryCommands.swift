import Carafe

/// `db current`
struct CurrentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "current", abstract: "Show the revision that the database is at.")

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        let status = try await options.withMigrator { try await $0.status() }
        for version in status.versions {
            guard let revision = status.graph[version] else {
                say("\(version) (no file has it)")
                continue
            }
            say(RevisionLine.text(revision, in: status.graph))
        }
    }
}

/// `db heads`
struct HeadsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "heads", abstract: "Show the newest revisions: one, unless branches are to be merged.")

    @OptionGroup var options: DatabaseOptions

    func run() throws {
        let graph = try options.graph()
        for revision in graph.heads { say(RevisionLine.text(revision, in: graph)) }
    }
}

/// `db history`
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Show all revisions, the newest first.")

    @OptionGroup var options: DatabaseOptions

    @Flag(name: .shortAndLong, help: "Show where the database is.")
    var indicateCurrent = false

    @Flag(name: .shortAndLong, help: "Show each revision's file and date.")
    var verbose = false

    func run() async throws {
        let graph = try options.graph()
        let current = indicateCurrent ? try await options.withMigrator { try await $0.status() }.versions : []
        for revision in graph.revisions.reversed() {
            let before = revision.downRevisions.isEmpty ? "<base>" : revision.downRevisions.joined(separator: ", ")
            say("\(before) -> \(RevisionLine.text(revision, in: graph, isCurrent: current.contains(revision.id)))")
            if verbose { say("    \(revision.file)\(revision.created.map { ", \($0)" } ?? "")") }
        }
    }
}

/// `db stamp`
struct StampCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stamp", abstract: "Say that the database is at a revision, without running anything.")

    @OptionGroup var options: DatabaseOptions

    @Argument(help: "Revisions, head, heads or base.")
    var targets: [String]

    @Flag(help: "Forget what was said before, also where no file has it.")
    var purge = false

    func run() async throws {
        try await options.withMigrator { try await $0.stamp(targets, purges: purge) }
    }
}

/// `db check`
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Fail unless the database is at the only head.")

    @OptionGroup var options: DatabaseOptions

    func run() async throws {
        let status = try await options.withMigrator { try await $0.status() }
        var faults: [String] = []
        if status.graph.heads.count > 1 {
            let heads = status.graph.heads.map(\.id).joined(separator: ", ")
            faults.append("There are several heads: \(heads). Merge them with 'db revision --merge'.")
        }
        for version in status.unknown { faults.append("The database is at '\(version)', which no file has.") }
        for revision in status.pending {
            faults.append("Not yet run: \(RevisionLine.text(revision, in: status.graph))")
        }
        guard faults.isEmpty else {
            StandardStream.error.write(faults.map { $0 + "\n" }.joined())
            throw ExitCode(1)
        }
        say("The database is at the head: \(status.versions.first ?? "there are no migrations").")
    }
}

/// A revision in one line, as Alembic shows it.
enum RevisionLine {
    static func text(_ revision: Revision, in graph: RevisionGraph, isCurrent: Bool = false) -> String {
        var text = revision.id
        if !revision.branchLabels.isEmpty { text += " (\(revision.branchLabels.joined(separator: ", ")))" }
        let followers = graph.followers(of: revision).count
        if followers == 0 { text += " (head)" }
        if isCurrent { text += " (current)" }
        if followers > 1 { text += " (branchpoint)" }
        if revision.downRevisions.count > 1 { text += " (mergepoint)" }
        return revision.message.isEmpty ? text : "\(text), \(revision.message)"
    }
}
