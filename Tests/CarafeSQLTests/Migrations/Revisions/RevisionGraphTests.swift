import Testing

@testable import CarafeSQL

@Suite("A history of revisions")
struct RevisionGraphTests {
    private func revision(
        _ id: String, _ down: String..., depends: [String] = [], labels: [String] = [], file: String? = nil,
        isPython: Bool = false
    ) -> Revision {
        Revision(
            id: id, message: "", downRevisions: down, dependsOn: depends, branchLabels: labels,
            file: file ?? "\(id).sql",
            content: isPython ? .python : .sql(MigrationScript()))
    }

    private func problems(_ revisions: [Revision]) -> [String] {
        do {
            _ = try RevisionGraph(revisions)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    @Test("it has heads and bases, and each revision comes after those that it needs")
    func order() throws {
        let graph = try RevisionGraph([
            revision("dddd", "bbbb", "cccc"), revision("bbbb", "aaaa"), revision("cccc", "aaaa"), revision("aaaa"),
            revision("eeee", depends: ["dddd"]),
        ])
        #expect(graph.revisions.map(\.id) == ["aaaa", "bbbb", "cccc", "dddd", "eeee"])
        #expect(graph.heads.map(\.id) == ["dddd", "eeee"])
        #expect(graph.bases.map(\.id) == ["aaaa", "eeee"])
        #expect(try graph.followers(of: #require(graph["aaaa"])).map(\.id) == ["bbbb", "cccc"])
    }

    @Test("all mistakes are told together, each with its file")
    func mistakes() {
        #expect(
            problems([
                revision("aaaa", "zzzz"), revision("bbbb", "cccc"), revision("cccc", "bbbb"), revision("dddd"),
                revision("dddd", file: "again.sql"), revision("eeee", depends: ["none1"]),
                revision("ffff", labels: ["shop"]), revision("gggg", labels: ["shop"]), revision("hhhh", "hhhh"),
            ]) == [
                "aaaa.sql: It follows zzzz, which is not there: correct its down_revision.",
                "again.sql: The revision dddd is also in dddd.sql.",
                "bbbb.sql: It follows itself: bbbb -> cccc -> bbbb.",
                "eeee.sql: It depends on none1, which is not there: correct its depends_on.",
                "gggg.sql: The branch label 'shop' is also in ffff.sql.",
                "hhhh.sql: It follows itself: hhhh -> hhhh.",
            ])
    }

    @Test("a stub for Alembic stands beside the SQL that it stands for, with the same predecessors")
    func stubs() throws {
        let python = revision("bbbb", "aaaa", file: "b.py", isPython: true)
        let graph = try RevisionGraph([revision("aaaa"), python, revision("bbbb", "aaaa")])
        #expect(graph["bbbb"]?.file == "bbbb.sql")
        #expect(
            problems([revision("aaaa"), revision("bbbb"), python])
                == ["b.py: Its down_revision is another than in bbbb.sql."])
    }

    @Test("a long history is no deep recursion")
    func long() throws {
        let count = 20_000
        let ids = (0..<count).map { "r\($0)" }
        let graph = try RevisionGraph(
            ids.indices.reversed().map { index in
                index == 0 ? revision(ids[0]) : revision(ids[index], ids[index - 1])
            })
        #expect(graph.revisions.map(\.id) == ids)
        #expect(try graph.upgrade(to: RevisionTarget("head"), from: []).count == count)
    }

    @Test(
        "a target that names nothing, or several things, says so",
        arguments: [
            ("zzzz", "There is no revision 'zzzz'."), ("aa", "There is no revision 'aa'."),
            ("@head", "'@head' is no target."),
            ("+", "'+' is no target."), ("", "'' is no target."), ("aaaa+x", "'aaaa+x' is no target."),
            ("head", "'head' could be any of several heads: aaaa2, bbbb."), ("bbbb+9", "There are not so many"),
            ("aaaa", "Several revisions begin with 'aaaa': aaaa1, aaaa2."), ("zz@head", "There is no branch 'zz'."),
            ("aaaa1+1", "The way for 'aaaa1+1' forks at aaaa2, bbbb."),
            ("+99999999999999999999", "'+99999999999999999999' is no"),
        ])
    func badTargets(target: String, message: String) throws {
        let graph = try RevisionGraph([revision("aaaa1"), revision("aaaa2", "aaaa1"), revision("bbbb", "aaaa1")])
        let error = #expect(throws: DatabaseError.self) {
            _ = try graph.upgrade(to: RevisionTarget(target), from: [])
        }
        #expect(error?.kind == .migration)
        #expect(error?.message.utf8.starts(with: message.utf8) == true, "\(error?.message ?? "")")
    }
}
