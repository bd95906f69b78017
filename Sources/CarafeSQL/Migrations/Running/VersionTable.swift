/// Alembic's own table of versions, on a connection's thread.
///
/// It has a row for each version that the database is at: one, unless its history has several heads.
struct VersionTable {
    let connection: any DriverConnection
    let dialect: SQLDialect

    /// The table as Alembic makes it.
    static let definition =
        "CREATE TABLE alembic_version (\n\tversion_num VARCHAR(32) NOT NULL, \n"
        + "\tCONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n)"

    /// The versions; none where there is no table.
    func versions() throws(DatabaseError) -> [String] {
        guard try exists() else { return [] }
        return try texts("SELECT version_num FROM alembic_version ORDER BY version_num")
    }

    /// Makes the table where it is not there.
    func create() throws(DatabaseError) {
        if try !exists() { try connection.runScript(Self.definition) }
    }

    func exists() throws(DatabaseError) -> Bool {
        let found =
            switch dialect {
            case .sqlite:
                try texts("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'")
            // As a statement would find it, along the search path.
            case .postgresql: try texts("SELECT 'yes' WHERE to_regclass('alembic_version') IS NOT NULL")
            }
        return !found.isEmpty
    }

    /// Makes the versions others.
    ///
    /// - Throws: where a row is not there that was: another program changes the versions as well
    func change(_ change: VersionChange) throws(DatabaseError) {
        for statement in change.statements {
            let cursor = try connection.start(SQL(parts: [.text(statement)]), isBounded: false)
            defer { cursor.close() }
            while try cursor.next() != nil {}
            guard cursor.affectedRows == 1 else {
                throw DatabaseError(
                    .migration, "Another program has changed alembic_version in the meantime.",
                    hint: "Run one upgrade at a time.", statement: statement)
            }
        }
    }

    private func texts(_ statement: String) throws(DatabaseError) -> [String] {
        let cursor = try connection.start(SQL(parts: [.text(statement)]), isBounded: false)
        defer { cursor.close() }
        var texts: [String] = []
        while let row = try cursor.next() {
            if case .text(let text)? = row.first { texts.append(text) }
        }
        return texts
    }
}

/// How a migration changes the rows of `alembic_version`, in as few statements as Alembic.
struct VersionChange: Sendable, Hashable {
    /// The versions to take away and those to add, sorted.
    var removed: [String]
    var added: [String]

    /// The change from some versions to others.
    init(from old: Set<String>, to new: Set<String>) {
        removed = old.subtracting(new).sorted()
        added = new.subtracting(old).sorted()
    }

    /// One update where a version follows another, deletions and insertions for the rest. Names of revisions have no quotes.
    var statements: [String] {
        var statements = removed.dropFirst(added.isEmpty ? 0 : 1)
            .map { "DELETE FROM alembic_version WHERE alembic_version.version_num = '\($0)'" }
        statements += added.dropFirst(removed.isEmpty ? 0 : 1)
            .map { "INSERT INTO alembic_version (version_num) VALUES ('\($0)')" }
        if let old = removed.first, let new = added.first {
            statements.append(
                "UPDATE alembic_version SET version_num='\(new)' WHERE alembic_version.version_num = '\(old)'")
        }
        return statements
    }
}
