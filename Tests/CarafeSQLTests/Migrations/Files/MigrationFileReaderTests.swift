import Testing

@testable import CarafeSQL

@Suite("A migration's file")
struct MigrationFileReaderTests {
    private func read(_ text: String, _ dialect: SQLDialect = .sqlite) -> (
        revision: Revision?, problems: [MigrationProblem]
    ) {
        let (revision, problems) = MigrationFileReader.read(
            text, file: "versions/3f1c0a9be2d4_create_post.sql", dialect: dialect)
        return (revision, problems)
    }

    private func script(_ text: String, _ dialect: SQLDialect = .sqlite) throws -> MigrationScript {
        let (revision, problems) = read(text, dialect)
        #expect(problems.isEmpty, "\(problems)")
        guard case .sql(let script) = try #require(revision).content else { throw DatabaseError(.other, "no SQL") }
        return script
    }

    private let header = "-- revision: 3f1c0a9be2d4\n-- down_revision: none\n"

    @Test("the header names the revision and what it follows")
    func headerNames() throws {
        let revision = try #require(
            read(
                """
                \u{FEFF}-- Written on a rainy day.
                -- revision: 3f1c0a9be2d4
                -- down_revision: aaaaaaaaaaaa, bbbbbbbbbbbb
                -- message: fix: posts
                -- depends_on: shop
                -- branch_labels: blog, news
                -- created: 2026-11-21 15:20:00

                -- migrate: up
                """
            ).revision)
        #expect(revision.id == "3f1c0a9be2d4")
        #expect(revision.downRevisions == ["aaaaaaaaaaaa", "bbbbbbbbbbbb"])
        #expect(revision.message == "fix: posts")
        #expect(revision.dependsOn == ["shop"])
        #expect(revision.branchLabels == ["blog", "news"])
        #expect(revision.created == "2026-11-21 15:20:00")
        #expect(!revision.isPython)
    }

    @Test("without a message the file's name says what it does")
    func messageOfName() {
        #expect(read(header + "-- migrate: up\n").revision?.message == "create post")
    }

    @Test("parts without a kind of database are everybody's, others that kind's alone, in the file's order")
    func parts() throws {
        let text =
            header + """
                -- migrate: up
                A; B;
                -- migrate: up postgresql
                C;
                -- migrate: up sqlite
                D;
                -- migrate: up
                E;
                -- migrate: down postgresql
                F;
                """
        let sqlite = try script(text)
        #expect(sqlite.up.map(\.text) == ["A", "B", "D", "E"])
        #expect(sqlite.up.map(\.number) == [1, 2, 3, 4])
        #expect(sqlite.up.map(\.line) == [4, 4, 8, 10])
        #expect(sqlite.down == [])
        let postgresql = try script(text, .postgresql)
        #expect(postgresql.up.map(\.text) == ["A", "B", "C", "E"])
        #expect(postgresql.down?.map(\.text) == ["F"])
    }

    @Test("a file without a part down cannot be undone")
    func irreversible() throws {
        #expect(try script(header + "-- migrate: up\nA;").down == nil)
        #expect(try script(header + "-- migrate: up\nA;\n-- migrate: down\n").down == [])
    }

    @Test("a transaction and foreign keys are switched off by the header, for all or one kind of database")
    func switches() throws {
        let rest = "-- migrate: up\nVACUUM;"
        #expect(try script(header + "-- transaction: off\n" + rest).isTransactional == false)
        #expect(try script(header + "-- transaction: off postgresql\n" + rest, .postgresql).isTransactional == false)
        #expect(try script(header + "-- transaction: off postgresql\n-- migrate: up\nA").isTransactional)
        #expect(try script(header + "-- foreign_keys: off\n-- migrate: up\nA").checksForeignKeys == false)
        #expect(try script(header + "-- foreign_keys: on\n-- migrate: up\nA").checksForeignKeys)
    }

    @Test(
        "mistakes are named with their line",
        arguments: [
            ("-- down_revision: none\n-- migrate: up", 1, "The header has no '-- revision"),
            ("-- revision: a1\n-- migrate: up", 1, "The header has no '-- down_revision"),
            ("-- revision: a1\n-- down_revision:\n-- migrate: up", 2, "'down_revision' is empty"),
            ("-- revision: a1\n-- down_revision: none", nil, "The part '-- migrate: up' is missing"),
            ("-- revision: a-1\n-- down_revision: none\n-- migrate: up", 1, "The revision 'a-1' may only"),
            ("-- revision: head\n-- down_revision: none\n-- migrate: up", 1, "No revision may be called"),
            (
                "-- revision: a1\n-- down_revision: none\n-- down_revison: b\n-- migrate: up", 3,
                "'down_revison' is not known"
            ),
            (
                "-- revision: a1\n-- revision: a2\n-- down_revision: none\n-- migrate: up", 2,
                "'revision' is there twice"
            ),
            ("-- revision: a1\n-- down_revision: none\nSELECT 1;\n-- migrate: up", 3, "This stands before"),
            ("-- revision: a1\n-- down_revision: none\n-- migrate: upp", 3, "Write '-- migrate: up'"),
            ("-- revision: a1\n-- down_revision: none\n-- migrate: up mysql\n-- migrate: up", 3, "'mysql' is no kind"),
            ("-- revision: a1\n-- down_revision: none\n-- transaction: no\n-- migrate: up", 3, "'transaction' must be"),
            ("-- revision: a1\n-- down_revision: none\n-- migrate: up\nA;\ncommit;", 5, "COMMIT would end"),
            (
                "-- revision: a1\n-- down_revision: none\n-- migrate: up\npragma foreign_keys=off", 4,
                "PRAGMA foreign_keys does"
            ),
            ("-- revision: a1\n-- down_revision: none\n-- migrate: up\nVACUUM", 4, "VACUUM cannot run"),
            ("-- revision: a1\n-- down_revision: none\n-- migrate: up\n\\c other", 4, "Commands of psql"),
            (
                "-- revision: a1\n-- down_revision: none\n-- migrate: up\nCOPY a (b) FROM stdin", 4,
                "COPY from standard input"
            ),
            (
                "-- revision: a1\n-- down_revision: none\n-- migrate: up\nCREATE INDEX CONCURRENTLY i ON t (a)", 4,
                "CONCURRENTLY cannot"
            ),
        ] as [(String, Int?, String)])
    func mistakes(text: String, line: Int?, message: String) {
        let problems = read(text).problems
        #expect(problems.contains { $0.line == line && $0.message.utf8.starts(with: message.utf8) }, "\(problems)")
    }

    @Test(
        "a name of a file is made of the message's words",
        arguments: [
            ("Create post", "a1_create_post.sql"), ("", "a1.sql"), ("é!", "a1.sql"),
            ("Fix: #12, again", "a1_fix_12_again.sql"),
            (String(repeating: "word ", count: 20), "a1_word_word_word_word_word_word_word_word.sql"),
            (String(repeating: "x", count: 60), "a1_" + String(repeating: "x", count: 40) + ".sql"),
        ])
    func names(message: String, name: String) {
        #expect(MigrationNames.file(id: "a1", message: message) == name)
    }
}
