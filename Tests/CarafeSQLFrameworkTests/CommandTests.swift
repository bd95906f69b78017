import Carafe
import CarafeSQL
import CarafeSQLite
import CarafeTesting
import Foundation
import Testing

// What other tests print meanwhile is found among a command's output.
@Suite("The command db", .serialized)
struct CommandTests {
    private func app(_ root: TemporaryRoot, url: String? = "sqlite:///test.db") -> App {
        let app = App("notes", root: root.path, staticFolder: nil, environment: .none)
        app.install(Databases(url, binds: ["stats": "sqlite:///stats.db"], drivers: .sqlite))
        return app
    }

    private func step(_ id: String, after down: String = "none", up: String = "", down undo: String = "") -> String {
        "-- revision: \(id)\n-- down_revision: \(down)\n-- message: step \(id)\n-- migrate: up\n\(up)\n-- migrate: down\n\(undo)\n"
    }

    /// Whether `output` has these lines in this order; others may stand between them.
    private func contains(_ output: String, _ lines: String...) -> Bool {
        var rest = lines[...]
        for line in output.split(separator: "\n") where line == rest.first ?? "" { rest = rest.dropFirst() }
        return rest.isEmpty
    }

    @Test("from an empty folder to a migrated database and back")
    func wholeWay() async throws {
        try await TemporaryRoot.run { root async throws in
            let app = app(root)
            func run(_ arguments: String...) async throws -> CommandResult {
                try await app.runCommand(["db"] + arguments)
            }

            #expect(try await run("init").output.contains("Made \(root.path)/migrations/versions\n"))
            #expect(try await run("init").output.contains("is there already"))
            let wrote = try await run("revision", "-m", "Create note", "--rev-id", "aaaaaaaaaaa1").output
            #expect(wrote.contains("Wrote \(root.path)/migrations/versions/aaaaaaaaaaa1_create_note.sql\n"))
            try root.write(
                step("aaaaaaaaaaa1", up: "CREATE TABLE note (x);", down: "DROP TABLE note;"),
                to: "migrations/versions/aaaaaaaaaaa1_create_note.sql")
            _ = try await run("revision", "-m", "second", "--rev-id", "aaaaaaaaaaa2", "--alembic-stub")
            #expect(FileManager.default.fileExists(atPath: root.path + "/migrations/versions/aaaaaaaaaaa2_second.py"))

            #expect(try await run("heads").output.contains("aaaaaaaaaaa2 (head), second\n"))
            #expect(try await run("current").output.contains("(head)") == false)
            let behind = try await run("check")
            #expect(behind.exitCode == 1)
            #expect(
                contains(
                    behind.errorOutput, "Not yet run: aaaaaaaaaaa1, step aaaaaaaaaaa1",
                    "Not yet run: aaaaaaaaaaa2 (head), second"))

            #expect(
                contains(
                    try await run("upgrade").output, "Upgrading to aaaaaaaaaaa1, step aaaaaaaaaaa1",
                    "Upgrading to aaaaaaaaaaa2, second"))
            #expect(try await run("upgrade").output.contains("Nothing to do.\n"))
            #expect(try await run("current").output.contains("aaaaaaaaaaa2 (head), second\n"))
            #expect(try await run("check").exitCode == 0)
            #expect(
                contains(
                    try await run("history", "-i").output, "aaaaaaaaaaa1 -> aaaaaaaaaaa2 (head) (current), second",
                    "<base> -> aaaaaaaaaaa1, step aaaaaaaaaaa1"))

            #expect(try await run("downgrade", "-1").output.contains("Undoing aaaaaaaaaaa2, second\n"))
            #expect(try await run("downgrade").output.contains("Undoing aaaaaaaaaaa1, step aaaaaaaaaaa1\n"))
            #expect(try await run("downgrade").exitCode == 1)
            #expect(try await run("upgrade", "+1").output.contains("Upgrading to aaaaaaaaaaa1, step aaaaaaaaaaa1\n"))
            #expect(try await run("stamp", "base").exitCode == 0)
            #expect(try await run("current").output.contains("(head)") == false)
            // The table is there, which the migration would make again.
            let failed = try await run("upgrade")
            #expect(failed.exitCode == 1)
            #expect(
                failed.errorOutput.contains("aaaaaaaaaaa1_create_note.sql:5): table note already exists"), "\(failed)")
            #expect(try await run("stamp", "head").exitCode == 0)
            #expect(try await run("check").exitCode == 0)
        }
    }

    @Test("with --sql the statements are printed, and nothing is touched")
    func sql() async throws {
        try await TemporaryRoot.run { root async throws in
            try root.write(
                step("aaaaaaaaaaa1", up: "CREATE TABLE note (x);", down: "DROP TABLE note;"),
                to: "migrations/versions/a.sql")
            let app = app(root)
            let up = try await app.runCommand(["db", "upgrade", "--sql"])
            #expect(
                up.output.contains(
                    """
                    -- Upgrading to aaaaaaaaaaa1, step aaaaaaaaaaa1
                    BEGIN;

                    CREATE TABLE note (x);

                    INSERT INTO alembic_version (version_num) VALUES ('aaaaaaaaaaa1');

                    COMMIT;


                    """), "\(up.output)")
            let down = try await app.runCommand(["db", "downgrade", "--sql", "head:base"])
            #expect(
                down.output.contains("DROP TABLE note;\n\nDELETE FROM alembic_version"), "\(down.output)")
            #expect(try await app.runCommand(["db", "downgrade", "--sql"]).exitCode == 64)
            #expect(!FileManager.default.fileExists(atPath: root.path + "/test.db"))
        }
    }

    @Test("two heads fail the check and the upgrade, until a revision merges them")
    func heads() async throws {
        try await TemporaryRoot.run { root async throws in
            for (id, down) in [("a1", "none"), ("b1", "a1"), ("b2", "a1")] {
                try root.write(step(id, after: down), to: "migrations/versions/\(id).sql")
            }
            let app = app(root)
            _ = try await app.runCommand(["db", "upgrade", "heads"])
            let check = try await app.runCommand(["db", "check"])
            #expect(check.exitCode == 1)
            #expect(
                check.errorOutput.contains("There are several heads: b1, b2. Merge them with 'db revision --merge'.\n"))
            #expect(try await app.runCommand(["db", "upgrade"]).exitCode == 1)
            #expect(try await app.runCommand(["db", "revision"]).exitCode == 1)
            #expect(
                try await app.runCommand(["db", "revision", "--merge", "-m", "merge", "--rev-id", "c1"]).exitCode == 0)
            #expect(try await app.runCommand(["db", "upgrade"]).output.contains("Upgrading to c1, merge\n"))
            #expect(try await app.runCommand(["db", "check"]).exitCode == 0)
            #expect(
                try await app.runCommand(["db", "history"]).output.utf8.starts(
                    with: "b1, b2 -> c1 (head) (mergepoint), merge\n".utf8))
        }
    }

    @Test("further databases have migrations of their own, and --directory names any folder")
    func others() async throws {
        try await TemporaryRoot.run { root async throws in
            try root.write(step("a1"), to: "migrations/versions/a1.sql")
            try root.write(step("s1"), to: "migrations/stats/versions/s1.sql")
            try root.write(step("d1"), to: "other/versions/d1.sql")
            let app = app(root)
            #expect(
                try await app.runCommand(["db", "heads", "--database", "stats"]).output.contains("s1 (head), step s1\n")
            )
            #expect(try await app.runCommand(["db", "upgrade", "--database", "stats"]).exitCode == 0)
            #expect(
                try await app.runCommand(["db", "current", "--database", "stats"]).output.contains(
                    "s1 (head), step s1\n"))
            #expect(try await app.runCommand(["db", "current"]).output.contains("(head)") == false)
            #expect(
                try await app.runCommand(["db", "heads", "-d", root.path + "/other"]).output.contains(
                    "d1 (head), step d1\n"))
        }
    }

    @Test("what cannot be done ends with a code and a text that says why")
    func failures() async throws {
        try await TemporaryRoot.run { root async throws in
            try root.write("-- revision: a1\n-- migrate: up\nCOMMIT;", to: "migrations/versions/a1.sql")
            let broken = try await app(root).runCommand(["db", "upgrade"])
            #expect(broken.exitCode == 1)
            #expect(
                broken.errorOutput.contains(
                    "The migrations have 2 problems.\n  - \(root.path)/migrations/versions/a1.sql:1:"))
            #expect(try await app(root).runCommand(["db", "upgrade", "--nonsense"]).exitCode == 64)
            #expect(try await app(root).runCommand(["db", "upgrade", "a", "b"]).exitCode == 64)
            let nowhere = try await app(root, url: nil).runCommand(["db", "current"])
            #expect(nowhere.exitCode == 78)
            #expect(nowhere.errorOutput.contains("It is not said where the database is."))
        }
    }
}
