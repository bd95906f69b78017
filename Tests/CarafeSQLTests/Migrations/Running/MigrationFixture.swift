import CarafeSQLite
import Foundation
import Testing

@testable import CarafeSQL

/// A database in a file of its own, with migrations that tests write as they need them.
struct MigrationFixture {
    let folder = FileManager.default.temporaryDirectory.appending(path: "carafe-migrations-\(UUID().uuidString)").path
    var file: String { folder + "/test.db" }

    /// The folder of what was recorded of Alembic, and of the scripts that ask it.
    static let scripts = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Differential")

    /// Runs `body` in a temporary folder with `versions`, and removes it.
    static func run<Result>(_ body: (MigrationFixture) async throws -> Result) async throws -> Result {
        let fixture = MigrationFixture()
        try FileManager.default.createDirectory(atPath: fixture.folder + "/versions", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: fixture.folder) }
        return try await body(fixture)
    }

    /// Writes a migration.
    func write(_ id: String, after down: String = "none", header: String = "", up: String, down undo: String? = "")
        throws
    {
        var text =
            "-- revision: \(id)\n-- down_revision: \(down)\n\(header.isEmpty ? "" : header + "\n")-- migrate: up\n\(up)\n"
        if let undo { text += "-- migrate: down\n\(undo)\n" }
        try write(text, to: "\(id)_step.sql")
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: folder + "/versions/" + name))
    }

    /// Runs `body` with the database, and closes it.
    func withDatabase<Result>(_ body: (Database, Migrator) async throws -> Result) async throws -> Result {
        let database = try Database("sqlite:///\(file)", driver: .sqlite)
        do {
            let result = try await body(database, Migrator(database, .folder(folder)))
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }

    /// Three migrations: two tables and a column.
    func writeBlog() throws {
        try write("aaaaaaaaaaa1", up: "CREATE TABLE user (id INTEGER PRIMARY KEY);", down: "DROP TABLE user;")
        try write(
            "aaaaaaaaaaa2", after: "aaaaaaaaaaa1",
            up: """
                CREATE TABLE post (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES user ON DELETE CASCADE);
                CREATE INDEX ix_post_user_id ON post (user_id);
                """, down: "DROP TABLE post;")
        try write(
            "aaaaaaaaaaa3", after: "aaaaaaaaaaa2", up: "ALTER TABLE post ADD COLUMN title TEXT;",
            down: "ALTER TABLE post DROP COLUMN title;")
    }
}

extension Database {
    /// The schema as SQLite keeps it, without Alembic's table.
    func schema() async throws -> [String] {
        try await query(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version' ORDER BY name",
            as: String.self)
    }
}
