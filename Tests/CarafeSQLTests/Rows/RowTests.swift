import CarafeSQL
import Testing

@Suite struct RowTests {
    @Test("of columns of one name the first counts")
    func names() throws {
        let row = Row(columns: RowColumns(names: ["id", "id", "x"]), values: [.integer(1), .integer(2), .null])
        #expect(try row["id", as: Int.self] == 1)
        #expect(try row[1, as: Int.self] == 2)
        #expect(try row.get("x", as: Int?.self) == nil)
        #expect(row.description == "Row(id: integer, id: integer, x: NULL)")
        let error = #expect(throws: DatabaseError.self) { try row["y", as: Int.self] }
        #expect(error?.message == "There is no column y: the row has id, id, x.")
        #expect(throws: DatabaseError.self) { try row[-1, as: Int.self] }
        #expect(throws: DatabaseError.self) { try row[3, as: Int.self] }
    }
}
