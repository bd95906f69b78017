/// Brings a database's schema from one revision to another.
///
/// ```swift
/// let migrator = Migrator(db, .folder("migrations"))
/// try await migrator.upgrade()
/// ```
///
/// Several programs may upgrade one database at once: each migration is done by one of them. On PostgreSQL an advisory lock of
/// the session keeps the others waiting; on SQLite the lock that writing takes does.
public struct Migrator: Sendable {
    /// The database.
    public let database: Database
    /// Where its migrations are.
    public let migrations: Migrations
    /// How long to wait while another program migrates the database.
    public var lockTimeout: Duration = .seconds(300)

    /// A migrator.
    public init(_ database: Database, _ migrations: Migrations) {
        self.database = database
        self.migrations = migrations
    }

    /// Does all migrations that a target needs and that have not been done.
    ///
    /// - Parameters:
    ///   - target: `head`, `heads`, a revision, `+1`, `branch@head`: what Alembic takes
    ///   - willRun: is told of each migration before it is run
    /// - Returns: the migrations that were done
    /// - Throws: ``MigrationProblems`` where the files have mistakes; ``DatabaseError`` of kind `migration` that names the
    ///   statement that failed: the migrations before it remain done
    @discardableResult
    public func upgrade(
        to target: String = "head", willRun: @escaping @Sendable (MigrationStep) -> Void = { _ in }
    ) async throws -> [MigrationStep] {
        try await run(.up, to: target, willRun)
    }

    /// Undoes all migrations past a target.
    ///
    /// - Parameters:
    ///   - target: `-1`, a revision, `base`: what Alembic takes
    ///   - willRun: is told of each migration before it is undone
    /// - Returns: the migrations that were undone
    /// - Throws: as ``upgrade(to:willRun:)``
    @discardableResult
    public func downgrade(
        to target: String, willRun: @escaping @Sendable (MigrationStep) -> Void = { _ in }
    ) async throws -> [MigrationStep] {
        try await run(.down, to: target, willRun)
    }

    /// Writes down that the database is at some revisions, without running anything.
    ///
    /// - Parameters:
    ///   - targets: revisions, `head`, `heads` or `base`
    ///   - purges: whether what was written down before is forgotten, also where no file has it
    public func stamp(_ targets: [String], purges: Bool = false) async throws {
        let graph = try migrations.graph(for: database.dialect)
        try await locked { run throws(DatabaseError) in
            let versions = purges ? [] : try run.versions()
            var stamped = versions
            for target in targets { stamped = try graph.stamp(RevisionTarget(target), from: stamped) }
            try run.stamp(graph.names(stamped), purges: purges)
        }
    }

    /// Where the database is, and what its migrations say.
    public func status() async throws -> MigrationStatus {
        let graph = try migrations.graph(for: database.dialect)
        let dialect = database.dialect
        let versions = try await database.withConnection { connection in
            try await connection.session.perform(for: nil) { _, driver throws(DatabaseError) in
                try VersionTable(connection: driver, dialect: dialect).versions()
            }
        }
        return MigrationStatus(graph: graph, versions: versions)
    }

    private func run(
        _ direction: MigrationDirection, to target: String, _ willRun: @escaping @Sendable (MigrationStep) -> Void
    ) async throws -> [MigrationStep] {
        let graph = try migrations.graph(for: database.dialect)
        let target = try RevisionTarget(target)
        let plan = SettledPlan()
        return try await locked(graph) { run throws(DatabaseError) in
            // Steps count from where the database is when the lock has been taken, also where it is waited for again.
            let settled = try plan.settle { () throws(DatabaseError) in
                try MigrationPlan(graph, direction, to: target, from: try run.versions())
            }
            return try run.step(settled, direction, willRun: willRun)
        }
    }
}

/// What an upgrade's target turned out to mean.
private final class SettledPlan: @unchecked Sendable {
    // Used on the connection's thread alone.
    private var plan: MigrationPlan?

    func settle(_ make: () throws(DatabaseError) -> MigrationPlan) throws(DatabaseError) -> MigrationPlan {
        if let plan { return plan }
        let made = try make()
        plan = made
        return made
    }
}

// MARK: - The lock

extension Migrator {
    /// The lock's number on PostgreSQL: `carafe` and `mi` in ASCII. Another program's lock of this number would only be waited for.
    private static let lockNumber = 0x6361_7261_6665_6D69

    /// Runs one piece of work on one connection, alone among those who migrate.
    private func locked(_ work: @escaping @Sendable (MigrationRun) throws(DatabaseError) -> Void) async throws {
        let graph = try migrations.graph(for: database.dialect)
        _ = try await locked(graph) { run throws(DatabaseError) -> MigrationStep? in
            try work(run)
            return nil
        }
    }

    /// Runs steps on one connection until there are no more, alone among those who migrate.
    private func locked(
        _ graph: RevisionGraph, _ step: @escaping @Sendable (MigrationRun) throws(DatabaseError) -> MigrationStep?
    ) async throws -> [MigrationStep] {
        let dialect = database.dialect
        let deadline = ContinuousClock.now + lockTimeout
        // A new file of SQLite's is locked while another program gives it its journal.
        _ = try await retrying(until: deadline) { try await database.withConnection { _ in nil } }
        return try await database.withConnection { connection in
            try await lock(connection, deadline)
            do {
                var steps: [MigrationStep] = []
                while let done = try await retrying(
                    until: deadline,
                    { () async throws -> MigrationStep? in
                        try await connection.session.perform(for: nil) { _, driver throws(DatabaseError) in
                            try step(MigrationRun(connection: driver, dialect: dialect, graph: graph))
                        }
                    })
                {
                    steps.append(done)
                }
                await unlock(connection)
                return steps
            } catch {
                await unlock(connection)
                throw error
            }
        }
    }

    /// On SQLite a step may find the database locked by another program's.
    private func retrying(
        until deadline: ContinuousClock.Instant, _ body: () async throws -> MigrationStep?
    ) async throws -> MigrationStep? {
        while true {
            do {
                return try await body()
            } catch let error as DatabaseError where error.kind == .locked && ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    /// Takes the lock, and asks for it again and again: a session that waits in the server holds a snapshot, for which
    /// `CREATE INDEX CONCURRENTLY` of the one that migrates would wait in turn.
    private func lock(_ connection: Connection, _ deadline: ContinuousClock.Instant) async throws {
        guard database.dialect == .postgresql else { return }
        while true {
            let isTaken: Bool = try await connection.one(
                "SELECT pg_try_advisory_lock(\(Self.lockNumber))", as: Bool.self)
            if isTaken { return }
            guard ContinuousClock.now < deadline else {
                throw DatabaseError(
                    .locked, "Another program has been migrating the database for \(lockTimeout).",
                    hint: "See pg_locks for who holds the advisory lock \(Self.lockNumber).")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Gives the lock back. Where the connection is lost, so is the lock.
    private func unlock(_ connection: Connection) async {
        guard database.dialect == .postgresql else { return }
        _ = try? await connection.one("SELECT pg_advisory_unlock(\(Self.lockNumber))", as: Bool.self)
    }
}
