import CarafeSQLite
import Foundation
import Testing

@testable import CarafeSQL

@Suite("Upgrades side by side")
struct ParallelUpgradeTests {
    @Test("of many upgrades at once each migration is done by one", arguments: [false, true])
    func upgrades(withoutKeys: Bool) async throws {
        try await MigrationFixture.run { fixture async throws in
            let count = 12
            let header = withoutKeys ? "-- foreign_keys: off" : ""
            let ids = (0...count).map { "r\(1000 + $0)" }
            try fixture.write(ids[1], header: header, up: "CREATE TABLE done (id INTEGER);", down: "DROP TABLE done;")
            for number in 2...count {
                try fixture.write(
                    ids[number], after: ids[number - 1],
                    header: header, up: "INSERT INTO done VALUES (\(number));",
                    down: "DELETE FROM done WHERE id = \(number);")
            }
            // Each has connections of its own, as processes have.
            let steps = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        try await fixture.withDatabase { _, migrator async throws in
                            try await migrator.upgrade().map(\.revision.id)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(steps.count == count)
            #expect(Set(steps).count == count)
            try await fixture.withDatabase { db, migrator async throws in
                #expect(try await db.query("SELECT id FROM done ORDER BY id", as: Int.self) == Array(2...count))
                #expect(try await migrator.status().isAtHead)
            }
        }
    }

    @Test("an upgrade waits while another program writes")
    func waiting() async throws {
        try await MigrationFixture.run { fixture async throws in
            try fixture.writeBlog()
            let blocker = try Database("sqlite:///\(fixture.file)", driver: .sqlite)
            let waiter = try Database("sqlite:///\(fixture.file)?timeout=0.01", driver: .sqlite)
            try await blocker.execute("CREATE TABLE other (x)")
            let upgrade = try await blocker.transaction { tx in
                try await tx.execute("INSERT INTO other VALUES (1)")
                let upgrade = Task { try await Migrator(waiter, .folder(fixture.folder)).upgrade().count }
                try await Task.sleep(for: .milliseconds(200))
                return upgrade
            }
            #expect(try await upgrade.value == 3)
            await blocker.close()
            await waiter.close()
        }
    }
}
