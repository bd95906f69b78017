/// The SQL that an upgrade or a downgrade would run, for a person or another program to run it.
struct OfflineScript {
    let graph: RevisionGraph
    let dialect: SQLDialect

    /// The script from some versions to a target.
    ///
    /// - Parameter versions: what the database is at; without versions it is taken to be empty
    func text(
        _ direction: MigrationDirection, to target: RevisionTarget, from versions: Set<Int>
    ) throws(DatabaseError) -> String {
        let plan = try MigrationPlan(graph, direction, to: target, from: versions)
        var rows = versions
        var text = ""
        if versions.isEmpty, direction == .up { text += VersionTable.definition + ";\n\n" }
        for index in plan.steps(direction, applied: graph.applied(versions)) {
            let revision = graph.revisions[index]
            let applied = graph.applied(rows)
            let after = graph.versions(direction == .up ? applied.union([index]) : applied.subtracting([index]))
            text += try step(revision, direction, VersionChange(from: graph.names(rows), to: graph.names(after)))
            rows = after
        }
        return text
    }

    private func step(
        _ revision: Revision, _ direction: MigrationDirection, _ change: VersionChange
    ) throws(DatabaseError) -> String {
        let title = "-- \(MigrationStep(revision: revision, direction: direction).description)\n"
        guard case .sql(let script) = revision.content else {
            throw DatabaseError(
                .migration, "\(revision.id) is a migration of Alembic's, in \(revision.file).",
                hint: "Let Alembic print it: 'alembic upgrade --sql'.")
        }
        guard let statements = script.statements(direction) else {
            throw DatabaseError(
                .migration, "\(revision.id) cannot be undone: \(revision.file) has no part '-- migrate: down'.")
        }
        let changes = change.statements
        var lines: [String] = []
        let withoutKeys = dialect == .sqlite && !script.checksForeignKeys && script.isTransactional
        if withoutKeys { lines.append("PRAGMA foreign_keys = OFF;") }
        if script.isTransactional { lines.append("BEGIN;") }
        lines += statements.map { $0.text + ";" } + changes.map { $0 + ";" }
        if script.isTransactional { lines.append("COMMIT;") }
        if withoutKeys { lines.append("PRAGMA foreign_keys = ON;") }
        return title + lines.map { $0 + "\n\n" }.joined()
    }
}
