import Testing

@testable import CarafeSQL

@Suite("Statements of a migration")
struct StatementSplitterTests {
    /// A text and the statements that it is divided into.
    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var statements: [String]
        var dialect: SQLDialect?
        var testDescription: String { text }

        init(_ text: String, _ statements: [String], _ dialect: SQLDialect? = nil) {
            (self.text, self.statements, self.dialect) = (text, statements, dialect)
        }
    }

    static let cases: [Case] = [
        Case("", []),
        Case(" ;; -- nothing\n; /* nothing */", []),
        Case("SELECT 1", ["SELECT 1"]),
        Case("SELECT 1; SELECT 2;", ["SELECT 1", "SELECT 2"]),
        Case("-- first\nSELECT 1; -- rest", ["SELECT 1"]),
        Case("SELECT ';'; SELECT 'it''s; fine'", ["SELECT ';'", "SELECT 'it''s; fine'"]),
        Case("SELECT '\\'; SELECT 2", ["SELECT '\\'", "SELECT 2"]),
        Case("SELECT \"a;\"\"b\" FROM t; x", ["SELECT \"a;\"\"b\" FROM t", "x"]),
        Case("SELECT 1 -- ; no\n + 2; /* ; ' */ SELECT 3", ["SELECT 1 -- ; no\n + 2", "SELECT 3"]),
        Case("SELECT 1 /* ' */ ; SELECT 2", ["SELECT 1", "SELECT 2"]),
        Case("SELECT `a;b`, [c;d]; SELECT 2", ["SELECT `a;b`, [c;d]", "SELECT 2"], .sqlite),
        Case("/* a /* b */ SELECT 1; x", ["SELECT 1", "x"], .sqlite),
        Case("/* a /* b */ ; */ SELECT 1; x", ["SELECT 1", "x"], .postgresql),
        Case("SELECT E'a\\';b'; SELECT e'\\\\'; x", ["SELECT E'a\\';b'", "SELECT e'\\\\'", "x"], .postgresql),
        Case("SELECT a[1]; SELECT ARRAY['x]', ';']", ["SELECT a[1]", "SELECT ARRAY['x]', ';']"], .postgresql),
        Case("DO $$ BEGIN; END $$; SELECT 2", ["DO $$ BEGIN; END $$", "SELECT 2"], .postgresql),
        Case("DO $a$ ; $$ ; $b$ ; $a$; x", ["DO $a$ ; $$ ; $b$ ; $a$", "x"], .postgresql),
        Case("SELECT a$b$c; SELECT $1; x", ["SELECT a$b$c", "SELECT $1", "x"], .postgresql),
        Case(
            "CREATE RULE r AS ON INSERT TO t DO (DELETE FROM u; SELECT 1); x",
            ["CREATE RULE r AS ON INSERT TO t DO (DELETE FROM u; SELECT 1)", "x"], .postgresql),
        Case(
            "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END; x",
            [
                "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END",
                "x",
            ], .postgresql),
        Case(
            "create temp trigger t after insert on a begin update b set c = case when 1 then 2 end; delete from d; end; x",
            [
                "create temp trigger t after insert on a begin update b set c = case when 1 then 2 end; delete from d; end",
                "x",
            ], .sqlite),
        Case(
            "CREATE TRIGGER \"t;\" BEFORE DELETE ON a BEGIN SELECT 1; -- END;\nSELECT 2; END -- done\n; x",
            ["CREATE TRIGGER \"t;\" BEFORE DELETE ON a BEGIN SELECT 1; -- END;\nSELECT 2; END", "x"], .sqlite),
        Case(
            "CREATE TRIGGER t INSERT ON a BEGIN SELECT 1; END", ["CREATE TRIGGER t INSERT ON a BEGIN SELECT 1; END"],
            .sqlite),
        Case("SELECT 'é;'; SELECT \u{1F986}", ["SELECT 'é;'", "SELECT \u{1F986}"]),
    ]

    private func split(_ text: String, _ dialect: SQLDialect) -> StatementSplitter {
        StatementSplitter(Array(text.utf8)[...], dialect: dialect, file: "f.sql", line: 1, number: 1)
    }

    @Test("a semicolon ends a statement where it is one", arguments: cases)
    func division(_ text: Case) {
        for dialect in text.dialect.map({ [$0] }) ?? [.sqlite, .postgresql] {
            let result = split(text.text, dialect)
            #expect(result.statements.map(\.text) == text.statements)
            #expect(result.statements.map(\.number) == Array(1..<(text.statements.count + 1)))
            #expect(result.problems.isEmpty)
        }
    }

    @Test("a statement knows the line that it begins on")
    func lines() {
        let text = "\n-- one\nSELECT\n1;\n/* a\nb */ SELECT 'x\ny'; SELECT 3;\n\n  SELECT 4"
        for dialect in [SQLDialect.sqlite, .postgresql] {
            #expect(split(text, dialect).statements.map(\.line) == [3, 6, 7, 9])
        }
    }

    @Test(
        "what has no end is named with its line",
        arguments: [
            ("SELECT 1;\nSELECT 'a", SQLDialect.sqlite, "The string"), ("\nSELECT \"a", .postgresql, "The quoted name"),
            ("\n/* a", .sqlite, "The comment"), ("\n/* /* */", .postgresql, "The comment"),
            ("\nDO $x$ a $$", .postgresql, "The text that begins here with $x$"),
            ("\nCREATE TRIGGER t INSERT ON a BEGIN SELECT 1;", .sqlite, "The trigger's body"),
            ("\nSELECT [a", .sqlite, "The quoted name"), ("\nSELECT E'a\\'", .postgresql, "The string"),
            ("\nSELECT E'a\\", .postgresql, "The string"),
        ])
    func unfinished(text: String, dialect: SQLDialect, message: String) {
        let problems = split(text, dialect).problems
        #expect(problems.map(\.line) == [2])
        #expect(problems.first?.message.utf8.starts(with: message.utf8) == true, "\(problems)")
    }
}
