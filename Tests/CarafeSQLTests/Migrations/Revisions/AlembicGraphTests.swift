import Foundation
import SQLSuites
import TestSupport
import Testing

@testable import CarafeSQL

@Suite("Histories, next to Alembic")
struct AlembicGraphTests {
    /// A history and a way through it.
    struct Case: Codable, CustomTestStringConvertible {
        struct Entry: Codable {
            var id: String
            var down: [String]
            var depends: [String]
            var labels: [String]
        }

        struct Step: Codable {
            var direction: String
            var target: String
            /// The versions after it; nil where Alembic refuses it.
            var rows: [String]?
        }

        var history: [Entry]
        var steps: [Step]

        var testDescription: String {
            history.map { "\($0.id) <- \($0.down) \($0.depends) \($0.labels)" }.joined(separator: "\n")
        }

        func graph() throws -> RevisionGraph {
            try RevisionGraph(
                history.map {
                    Revision(
                        id: $0.id, message: "", downRevisions: $0.down, dependsOn: $0.depends, branchLabels: $0.labels,
                        file: $0.id, content: .python)
                })
        }
    }

    private static func cases(_ lines: String) throws -> [Case] {
        try lines.utf8.split(separator: UInt8(ascii: "\n"))
            .map { try JSONDecoder().decode(Case.self, from: Data($0)) }
    }

    @Test("upgrades and downgrades end where Alembic's do: recorded cases")
    func recorded() throws {
        let file = MigrationFixture.scripts.appending(path: "alembic_graphs.jsonl")
        let cases = try Self.cases(String(contentsOf: file, encoding: .utf8))
        #expect(cases.count >= 100)
        for history in cases { try check(history) }
    }

    @Test("upgrades and downgrades end where Alembic's do: random cases", .enabled(if: Alembic.isInstalled))
    func random() throws {
        let script = MigrationFixture.scripts.appending(path: "alembic_graphs.py").path
        for history in try Self.cases(Alembic.run([script, "\(TestSeed.value)", "400"])) { try check(history) }
    }

    private func check(_ history: Case) throws {
        let graph = try history.graph()
        var current: Set<Int> = []
        for step in history.steps {
            let before = graph.names(current).sorted()
            let direction = MigrationDirection(rawValue: step.direction) ?? .up
            let rows: Set<Int>?
            do {
                let plan = try MigrationPlan(graph, direction, to: RevisionTarget(step.target), from: current)
                var applied = graph.applied(current)
                while let next = plan.next(direction, applied: applied) {
                    let needs = direction == .up ? graph.requirements[next] : graph.dependents[next]
                    #expect(needs.allSatisfy { applied.contains($0) == (direction == .up) }, "\(history)")
                    if direction == .up { applied.insert(next) } else { applied.remove(next) }
                }
                rows = graph.versions(applied)
            } catch {
                rows = nil
            }
            // Alembic may leave rows beside those of revisions that follow them, which say nothing.
            let alembic = try step.rows.map { graph.versions(graph.applied(try graph.places(ofVersions: $0))) }
            #expect(
                rows.map { graph.names($0).sorted() } == alembic.map { graph.names($0).sorted() },
                "\(step.direction) \(step.target) from \(before)\n\(history.testDescription)")
            current = try graph.places(ofVersions: step.rows ?? before)
        }
    }
}
