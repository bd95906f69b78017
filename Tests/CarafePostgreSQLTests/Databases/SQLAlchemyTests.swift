import CarafePostgreSQL
import CarafeSQL
import Foundation
import TestSupport
import Testing

private let isSQLAlchemyInstalled = Python.has("sqlalchemy", "psycopg")

extension PostgreSQLTests {
    @Suite(.enabled(if: isSQLAlchemyInstalled, "SQLAlchemy and psycopg are not installed"))
    struct SQLAlchemyTests {
        static func exchange(_ command: String, _ url: String) throws -> String {
            let script = URL(filePath: #filePath).deletingLastPathComponent().appending(
                path: "../Differential/sqlalchemy_exchange.py")
            let arguments = [script.path, command, url.replacing("postgresql:", with: "postgresql+psycopg:")]
            return String(decoding: try Python.run(arguments), as: UTF8.self)
        }

        enum Mood: String, Codable, SQLCodable { case sad = "SAD", happy = "HAPPY" }

        struct Document: Codable, Equatable { var a: [String?]? }

        struct Everything: Codable, Equatable {
            var id: Int
            var small: Int16?
            var big: Int64?
            var yes: Bool?
            var real: Double?
            var amount: Decimal?
            var name: String?
            var body: String?
            var data: Data?
            var key: UUID?
            var day: LocalDate?
            var at: LocalTime?
            var local: LocalDateTime?
            var instant: Date?
            var span: SQLInterval?
            var mood: Mood?
            var numbers: [Int?]?
            var texts: [[String?]]?
        }

        @Test(
            "tables and rows that SQLAlchemy writes are read as what they are, and what Carafe writes SQLAlchemy reads so"
        )
        func bothWays() async throws {
            let url = try PostgreSQLServer.shared.newDatabase()
            #expect(try Self.exchange("write", url) == "")
            let db = try TestDatabase(url: url).database
            let rows = try await db.query("SELECT * FROM by_python ORDER BY id", as: Everything.self)
            try #require(rows.count == 3)
            #expect(
                rows[0]
                    == Everything(
                        id: 1, small: .min, big: .max, yes: true, real: 0.1,
                        amount: Decimal(string: "12345678901234.567891"),
                        name: "Zoë 'quoted' \\ \"twice\"", body: "line\nline\t€😀", data: Data(0...255),
                        key: UUID(uuidString: "00112233-4455-6677-8899-AABBCCDDEEFF"),
                        day: LocalDate(year: 2024, month: 2, day: 29),
                        at: LocalTime(microseconds: 86_399_999_999),
                        local: LocalDateTime(ReadingTests.day(2024, 1, 2), ReadingTests.time(11_045_000_006)),
                        instant: Date(timeIntervalSince1970: 1_704_164_645.000006),
                        span: SQLInterval(days: -3, microseconds: 5_000_007), mood: .happy, numbers: [1, nil, -3],
                        texts: [["a", "NULL"], [nil, "q\"\\{},"]]))
            #expect(rows[1] == Everything(id: 2))
            #expect(rows[2].big == .min && rows[2].real == .infinity && rows[2].data == Data() && rows[2].numbers == [])
            #expect(
                rows[2].instant == Date(timeIntervalSince1970: -0.5) && rows[2].span == SQLInterval()
                    && rows[2].mood == .sad)
            for row in try await db.query("SELECT * FROM by_python ORDER BY id") {
                let values = (0..<row.columns.count).map { SQL(parts: [.value(row[$0] ?? .null)]) }.joined(
                    separator: ", ")
                try await db.execute("INSERT INTO by_carafe VALUES (\(values))")
            }
            #expect(try Self.exchange("read", url) == "")
            // The properties' own types, too.
            try await db.execute("DELETE FROM by_carafe")
            for row in rows {
                try await db.execute(
                    """
                    INSERT INTO by_carafe (id, small, big, yes, real, amount, name, body, data, key, day, at, local, instant, span, mood,
                        numbers, texts)
                    VALUES (\(row.id), \(row.small), \(row.big), \(row.yes), \(row.real), \(row.amount), \(row.name), \(row.body),
                        \(row.data), \(row.key), \(row.day), \(row.at), \(row.local), \(row.instant), \(row.span), \(row.mood),
                        \(row.numbers.sqlValue), \(row.texts.sqlValue))
                    """)
            }
            try await db.execute(
                "UPDATE by_carafe SET doc = p.doc, docb = p.docb FROM by_python p WHERE p.id = by_carafe.id")
            #expect(try Self.exchange("read", url) == "")
            await db.close()
        }
    }
}
