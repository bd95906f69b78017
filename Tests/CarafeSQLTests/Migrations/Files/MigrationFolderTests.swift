import Foundation
import Testing

@testable import CarafeSQL

@Suite("A folder of migrations")
struct MigrationFolderTests {
    @Test("a new revision is a file that can be read, with its time")
    func revision() async throws {
        try await MigrationFixture.run { fixture async throws in
            let folder = MigrationFolder(fixture.folder)
            var revision = MigrationFolder.NewRevision()
            revision.id = "aaaaaaaaaaa1"
            revision.message = "Create\npost"
            revision.branchLabels = ["blog"]
            let files = try folder.write(revision, now: Date(timeIntervalSince1970: 1_795_274_400))
            #expect(files == [fixture.folder + "/versions/aaaaaaaaaaa1_create_post.sql"])
            #expect(
                try String(contentsOfFile: files[0], encoding: .utf8) == """
                    -- revision: aaaaaaaaaaa1
                    -- down_revision: none
                    -- message: Create post
                    -- branch_labels: blog
                    -- created: 2026-11-21 15:20:00

                    -- migrate: up


                    -- migrate: down


                    """)
            let graph = try folder.migrations.graph(for: .sqlite)
            #expect(graph.heads.map(\.message) == ["Create post"])
            #expect(throws: DatabaseError.self) { try folder.write(revision) }
        }
    }

    @Test(
        "the time in a file is that of the calendar",
        arguments: [
            (0, "1970-01-01 00:00:00"), (951_782_399, "2000-02-28 23:59:59"), (951_782_400, "2000-02-29 00:00:00"),
            (951_868_800, "2000-03-01 00:00:00"), (4_102_444_799, "2099-12-31 23:59:59"), (-1, "1969-12-31 23:59:59"),
        ])
    func times(seconds: Int, text: String) async throws {
        try await MigrationFixture.run { fixture async throws in
            var revision = MigrationFolder.NewRevision()
            revision.id = "a1"
            let now = Date(timeIntervalSince1970: Double(seconds))
            let file = try MigrationFolder(fixture.folder).write(revision, now: now)[0]
            #expect(try String(contentsOfFile: file, encoding: .utf8).contains("-- created: \(text)\n"))
        }
    }

    @Test("names without one are twelve hexadecimal digits, each another")
    func names() {
        let names = Set((0..<100).map { _ in Revision.newID() })
        #expect(names.count == 100)
        #expect(names.allSatisfy { $0.utf8.count == 12 && $0.utf8.allSatisfy("0123456789abcdef".utf8.contains) })
    }

    @Test("it is made with a text that explains it, once")
    func creation() async throws {
        try await MigrationFixture.run { fixture async throws in
            let folder = MigrationFolder(fixture.folder + "/migrations")
            #expect(try folder.create().count == 2)
            #expect(try folder.create().isEmpty)
            #expect(try folder.migrations.graph(for: .sqlite).revisions.isEmpty)
        }
    }

    @Test("files that are part of the executable are read like those of a folder; others beside them are left alone")
    func embedded() throws {
        let step = "-- revision: a1\n-- down_revision: none\n-- migrate: up\n"
        let migrations = Migrations.embedded([
            "README": "", "env.py": "x = 1", "versions/__init__.py": "", "versions/a1_step.sql": step,
            "versions/notes.txt": "", "versions/old/a2.sql": step,
        ])
        #expect(try migrations.graph(for: .sqlite).revisions.map(\.id) == ["a1"])
        #expect(throws: MigrationProblems.self) {
            try Migrations.embedded(["versions/a1.sql": step, "versions/a2.sql": step]).graph(for: .sqlite)
        }
    }

    @Test("files that are not text are named")
    func notText() async throws {
        try await MigrationFixture.run { fixture async throws in
            try Data([0xFF, 0xFE]).write(to: URL(filePath: fixture.folder + "/versions/a1.sql"))
            let error = #expect(throws: MigrationProblems.self) {
                try Migrations.folder(fixture.folder).graph(for: .sqlite)
            }
            #expect(error?.problems.map(\.message) == ["The file is not UTF-8."])
        }
    }
}
