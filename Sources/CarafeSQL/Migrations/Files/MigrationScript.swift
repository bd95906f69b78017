/// The SQL of a migration for one kind of database, divided into statements.
struct MigrationScript: Sendable, Hashable {
    /// What is run to do it.
    var up: [MigrationStatement] = []
    /// What is run to undo it; nil where the file has no such part, and it cannot be undone.
    var down: [MigrationStatement]?
    /// Whether each direction runs in a transaction.
    var isTransactional = true
    /// Whether foreign keys are checked while it runs (SQLite).
    var checksForeignKeys = true

    /// What is run in a direction.
    func statements(_ direction: MigrationDirection) -> [MigrationStatement]? {
        direction == .up ? up : down
    }
}
