import Testing

@testable import CarafeSQL

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

    class Named: Decodable {
        let name: String
        enum CodingKeys: CodingKey { case name }
    }

    final class Numbered: Named {
        let number: Int
        enum Key: CodingKey { case number }
        required init(from decoder: any Decoder) throws {
            number = try decoder.container(keyedBy: Key.self).decode(Int.self, forKey: .number)
            try super.init(from: decoder)
        }
    }

    @Test("each row is read by itself, by one set of keys or several")
    func several() throws {
        let columns = RowColumns(names: ["name", "number"])
        let rows = (0..<4).map { Row(columns: columns, values: [.text("row \($0)"), .integer(Int64($0))]) }
        let named = try DecodableReader<Named>(columns: columns, naming: .exact)
        #expect(try rows.map { try named.read($0).name } == ["row 0", "row 1", "row 2", "row 3"])
        let numbered = try DecodableReader<Numbered>(columns: columns, naming: .exact)
        for (index, row) in rows.enumerated() {
            let value = try numbered.read(row)
            #expect(value.number == index && value.name == "row \(index)")
        }
    }

    /// Keeps the container that it was read from.
    struct Keeping: Decodable {
        enum CodingKeys: CodingKey { case name }
        let container: KeyedDecodingContainer<CodingKeys>
        init(from decoder: any Decoder) throws { container = try decoder.container(keyedBy: CodingKeys.self) }
    }

    @Test("a container that a value has kept can still be read")
    func kept() throws {
        let columns = RowColumns(names: ["name", "number"])
        let row = Row(columns: columns, values: [.text("Ada"), .null])
        let values = try [row, row, row].map {
            [reader = try DecodableReader<Keeping>(columns: columns, naming: .exact)] in
            try reader.read($0)
        }
        for value in values { #expect(try value.container.decode(String.self, forKey: .name) == "Ada") }
    }
}
