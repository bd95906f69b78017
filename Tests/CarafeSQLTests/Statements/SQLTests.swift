import CarafeSQL
import Testing

@Suite struct SQLTests {
    @Test("every value of a literal is bound")
    func literal() {
        let (id, name): (Int, String?) = (5, nil)
        let statement: SQL =
            "SELECT \(id), \(name), \(["a", "b"]), \([1, 2] as [UInt8]), \(array: [1]), \(SQLIdentifier("a\"b"))"
        #expect(
            statement.parts == [
                .text("SELECT "), .value(.integer(5)), .text(", "), .value(.null), .text(", "),
                .list([.text("a"), .text("b")]),
                .text(", "), .value(.blob([1, 2])), .text(", "), .value(.array([.integer(1)])), .text(", "),
                .identifier(SQLIdentifier("a\"b")),
            ])
        #expect(statement.description == "SELECT ?, ?, ?, ?, ?, ?, \"a\"\"b\"")
    }

    @Test("texts that meet become one")
    func texts() {
        let part: SQL = "a = \(1)"
        let none: SQL? = nil
        let statement: SQL = "SELECT\(RawSQL(" 1")) WHERE \(part)\(none) AND \([part, part].joined(separator: " OR "))"
        #expect(statement.description == "SELECT 1 WHERE a = ? AND a = ? OR a = ?")
        #expect(statement.parts.count == 6)
        #expect(statement.values == [.integer(1), .integer(1), .integer(1)])
    }

    @Test(
        "a semicolon at the end is left out",
        arguments: [
            ("SELECT 1;", "SELECT 1"), ("SELECT 1 ; \n;", "SELECT 1"), ("SELECT ';'", "SELECT ';'"), (";", ""),
            ("", ""),
        ])
    func semicolons(_ text: String, _ expected: String) {
        #expect(SQL(parts: [.text(text)]).withoutSemicolon.description == expected)
    }

    @Test("statements of one shape differ in their values alone")
    func shapes() {
        func shape(_ statement: SQL) -> StatementShape { StatementShape(statement) }
        let long = String(repeating: "x", count: 100)
        #expect(shape("SELECT \(1) \(RawSQL(long))") == shape("SELECT \("a") \(RawSQL(String(long.reversed())))"))
        #expect(shape("SELECT \(1)").hashValue == shape("SELECT \("a")").hashValue)
        #expect(shape("IN (\([1, 2]))") == shape("IN (\(["a", "b"]))"))
        #expect(shape("IN (\([1, 2]))") != shape("IN (\([1]))"))
        #expect(shape("SELECT \(1)") != shape("SELEKT \(1)"))
        #expect(shape("\(SQLIdentifier("a"))") != shape("\(SQLIdentifier("b"))"))
        #expect(shape("e\u{301}") != shape("\u{E9}"))
        #expect(shape("a \(1)").withoutValues == shape("a \(2)"))
    }
}
