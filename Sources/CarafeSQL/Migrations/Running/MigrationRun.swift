/// Runs migrations on one connection, on its thread.
///
/// Each migration has a transaction of its own, in which the version changes too: it is done entirely or not at all. The
/// versions are read again within it, so that of two programs that upgrade at once each migration is done by one.
struct MigrationRun {
    let connection: any DriverConnection
    let dialect: SQLDialect
    let graph: RevisionGraph

    private var table: VersionTable { VersionTable(connection: connection, dialect: dialect) }

    /// The database's versions as places in the graph.
    ///
    /// - Throws: where the database is at a revision that no file has
    func versions() throws(DatabaseError) -> Set<Int> { try graph.places(ofVersions: try table.versions()) }

    /// Does or undoes the next migration of a plan.
    ///
    /// - Parameter willRun: is told of the migration before it is run
    /// - Returns: the migration; nil where nothing remained
    func step(
        _ plan: MigrationPlan, _ direction: MigrationDirection, willRun: (MigrationStep) -> Void
    ) throws(DatabaseError) -> MigrationStep? {
        guard let expected = plan.next(direction, applied: graph.applied(try versions())) else { return nil }
        let script = try script(of: expected, direction)
        let step = MigrationStep(revision: graph.revisions[expected], direction: direction)
        let withoutKeys = dialect == .sqlite && !script.checksForeignKeys && script.isTransactional
        let restore = withoutKeys ? try switchOffForeignKeys() : nil
        defer { if let restore { try? connection.runScript(restore) } }
        guard script.isTransactional else {
            willRun(step)
            try runBare(script, step, expected)
            return step
        }
        try begin()
        do throws(DatabaseError) {
            let versions = try versions()
            guard plan.next(direction, applied: graph.applied(versions)) == expected else {
                // Another program was faster: what comes next is for the next step to find out.
                rollback()
                return try self.step(plan, direction, willRun: willRun)
            }
            willRun(step)
            try table.create()
            for statement in script.statements(direction) ?? [] { try run(statement, step, isUndone: true) }
            if withoutKeys { try checkForeignKeys(step) }
            try table.change(change(expected, direction, versions))
            try commit(step)
        } catch {
            rollback()
            throw error
        }
        return step
    }

    /// Sets the versions without running anything.
    func stamp(_ versions: Set<String>, purges: Bool) throws(DatabaseError) {
        try begin()
        do throws(DatabaseError) {
            try table.create()
            if purges { try connection.runScript("DELETE FROM alembic_version") }
            try table.change(VersionChange(from: Set(try table.versions()), to: versions))
            try connection.runScript("COMMIT")
        } catch {
            rollback()
            throw error
        }
    }

    // MARK: - One migration

    private func script(of index: Int, _ direction: MigrationDirection) throws(DatabaseError) -> MigrationScript {
        let revision = graph.revisions[index]
        guard case .sql(let script) = revision.content else {
            throw DatabaseError(
                .migration, "\(revision.id) (\(revision.message)) is a migration of Alembic's, in \(revision.file).",
                hint: "Run it with Alembic: 'flask db \(direction == .up ? "upgrade" : "downgrade")', or 'alembic …'.")
        }
        guard script.statements(direction) != nil else {
            throw DatabaseError(
                .migration,
                "\(revision.id) (\(revision.message)) cannot be undone: \(revision.file) has no part "
                    + "'-- migrate: down'.")
        }
        return script
    }

    /// How a migration changes the versions. Rows that say nothing, which Alembic may leave, go away with it.
    private func change(_ index: Int, _ direction: MigrationDirection, _ versions: Set<Int>) -> VersionChange {
        let applied = graph.applied(versions)
        let after = direction == .up ? applied.union([index]) : applied.subtracting([index])
        return VersionChange(from: graph.names(versions), to: graph.names(graph.versions(after)))
    }

    /// Runs a migration that can have no transaction. What has been done when a statement fails remains.
    private func runBare(_ script: MigrationScript, _ step: MigrationStep, _ index: Int) throws(DatabaseError) {
        try table.create()
        for statement in script.statements(step.direction) ?? [] { try run(statement, step, isUndone: false) }
        try begin()
        do throws(DatabaseError) {
            try table.change(change(index, step.direction, try versions()))
            try connection.runScript("COMMIT")
        } catch {
            rollback()
            throw error
        }
    }

    private func run(
        _ statement: MigrationStatement, _ step: MigrationStep, isUndone: Bool
    ) throws(DatabaseError) {
        do throws(DatabaseError) {
            try connection.runScript(statement.text)
        } catch {
            throw MigrationFailure.error(error, at: statement, of: step, isUndone: isUndone)
        }
    }

    private func commit(_ step: MigrationStep) throws(DatabaseError) {
        do throws(DatabaseError) {
            try connection.runScript("COMMIT")
        } catch {
            throw MigrationFailure.error(error, atTheEndOf: step)
        }
    }

    // MARK: - Transactions

    private func begin() throws(DatabaseError) {
        try connection.runScript(dialect == .sqlite ? "BEGIN IMMEDIATE" : "BEGIN")
    }

    /// Some errors of SQLite's have ended the transaction already.
    private func rollback() {
        if connection.transactionState != .none { try? connection.runScript("ROLLBACK") }
    }

    // MARK: - Foreign keys (SQLite)

    /// Switches the checks off, which must happen before the transaction, and returns what switches them on again.
    private func switchOffForeignKeys() throws(DatabaseError) -> String? {
        let cursor = try connection.start("PRAGMA foreign_keys", isBounded: false)
        let value = try cursor.next()?.first
        cursor.close()
        guard value == .integer(1) else { return nil }
        try connection.runScript("PRAGMA foreign_keys = OFF")
        return "PRAGMA foreign_keys = ON"
    }

    /// Finds rows whose foreign keys lead nowhere, before anything is committed.
    private func checkForeignKeys(_ step: MigrationStep) throws(DatabaseError) {
        let cursor = try connection.start("PRAGMA foreign_key_check", isBounded: false)
        defer { cursor.close() }
        guard let row = try cursor.next() else { return }
        var table = "?"
        if case .text(let name)? = row.first { table = name }
        var error = DatabaseError(
            .foreignKeyViolation, "The table '\(table)' has rows whose foreign keys lead nowhere.",
            hint: "List them with PRAGMA foreign_key_check.")
        error.table = table
        throw MigrationFailure.error(error, atTheEndOf: step)
    }
}

extension RevisionGraph {
    /// The places of a database's versions.
    ///
    /// - Throws: where one is not there
    func places(ofVersions versions: [String]) throws(DatabaseError) -> Set<Int> {
        var places: Set<Int> = []
        for version in versions {
            guard let place = indexes[version] else {
                throw DatabaseError(
                    .migration, "The database is at revision '\(version)', which no file has.",
                    hint: "Is it of a newer version of the app? 'db stamp --purge REVISION' says where it is instead.")
            }
            places.insert(place)
        }
        return places
    }

    func names(_ places: Set<Int>) -> Set<String> { Set(places.map { revisions[$0].id }) }
}
