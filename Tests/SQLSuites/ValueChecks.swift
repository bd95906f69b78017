import CarafeSQL
import Foundation
import Testing

extension DatabaseCheck {
    static let values: [DatabaseCheck] = [
        roundTrip("booleans", .init("BOOLEAN"), [true, false]),
        roundTrip("integers", .init("BIGINT"), [0, 1, -1, Int64.max, Int64.min, 1 << 53, (1 << 53) + 1]),
        roundTrip("small integers", .init("SMALLINT"), [Int16.min, -1, 0, 1, Int16.max]),
        roundTrip(
            "doubles", .init("REAL", postgresql: "DOUBLE PRECISION"),
            [
                0, -1.5, 0.1, 1e300, -1e-300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity,
                1.0 / 3,
            ]),
        roundTrip("floats", .init("REAL"), [Float(0), 0.1, -3.25, .greatestFiniteMagnitude]),
        roundTrip(
            "decimals", .init("NUMERIC(30, 10)"),
            ["0", "1.1", "-2.5", "0.1", "12345.6789", "99.95", "1000000", "0.0000000001"].map { decimal($0) }),
        roundTrip(
            "texts", .init("TEXT"),
            [
                "", "a", "ä€𝄞", "e\u{301}", "\u{E9}", "it's", "\"quoted\"", "\\", "%_", "a\nb\r\n\tc",
                String(repeating: "x", count: 100_000),
            ]),
        roundTrip(
            "bytes", .init("BLOB", postgresql: "BYTEA"), [[], [0], [0, 255, 39, 92], Array(0...255)] as [[UInt8]]),
        roundTrip("data", .init("BLOB", postgresql: "BYTEA"), [Data(), Data([0, 1, 255])]),
        roundTrip(
            "identifiers", .init("CHAR(32)", postgresql: "UUID"),
            [UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)), UUID(), UUID()]),
        roundTrip(
            "points in time", .init("DATETIME", postgresql: "TIMESTAMP WITH TIME ZONE"),
            [0, 1_704_164_645_000_006, -1, 1, 951_782_400_000_000, 253_402_300_799_999_999, -62_135_596_800_000_000]
                .map { Date(microsecondsSinceEpoch: $0) }),
        roundTrip(
            "dates and times", .init("DATETIME", postgresql: "TIMESTAMP"),
            [
                "2024-01-02 03:04:05.000006", "1970-01-01 00:00:00", "2024-02-29 23:59:59.999999",
                "0001-01-01 00:00:00", "9999-12-31 12:00:00",
            ]
            .compactMap { LocalDateTime($0) }),
        roundTrip(
            "dates", .init("DATE"),
            ["2024-02-29", "1970-01-01", "0001-01-01", "9999-12-31"].compactMap { LocalDate($0) }),
        roundTrip(
            "times", .init("TIME"), ["00:00:00", "03:04:05.000006", "23:59:59.999999"].compactMap { LocalTime($0) }),
        roundTrip(
            "durations", .init("DATETIME", postgresql: "INTERVAL"),
            [.zero, .seconds(90), .milliseconds(-1), .microseconds(1), .seconds(86_400 * 400)] as [Duration]),
        roundTrip("JSON", .init("JSON"), [SQLJSON(["a": [1, 2], "ä\"": []]), SQLJSON([:])]),
        roundTrip("enumerations", .init("VARCHAR(6)"), [Role.admin, .editor]),
        roundTrip("NULL", .init("BIGINT"), [nil, 1] as [Int?]),
        exactNumbers,
    ]

    static let exactNumbers = DatabaseCheck("a value is read as every type that holds it exactly") { db async throws in
        #expect(try await db.one("SELECT 5", as: Int8.self) == 5)
        #expect(try await db.one("SELECT 5", as: Double.self) == 5)
        #expect(try await db.one("SELECT 5", as: Decimal.self) == 5)
        _ = await expectError(.typeMismatch) { _ = try await db.one("SELECT 300", as: UInt8.self) }
        _ = await expectError(.typeMismatch) { _ = try await db.one("SELECT -1", as: UInt.self) }
        _ = await expectError(.typeMismatch) { _ = try await db.one("SELECT 'x'", as: Int.self) }
        _ = await expectError(.typeMismatch) { _ = try await db.one("SELECT NULL", as: String.self) }
        #expect(try await db.one("SELECT NULL", as: String?.self) == nil)
    }

    enum Role: String, SQLCodable { case admin, editor }

    /// The type of a column on both databases.
    struct ColumnType {
        var sqlite: String
        var postgresql: String

        init(_ sqlite: String, postgresql: String? = nil) {
            self.sqlite = sqlite
            self.postgresql = postgresql ?? sqlite
        }
    }

    /// Values written one by one, in a list and in a batch come back the same.
    static func roundTrip<Value: SQLCodable & Equatable>(
        _ name: String, _ type: ColumnType, _ values: [Value]
    ) -> DatabaseCheck {
        let (sqlite, postgresql) = (type.sqlite, type.postgresql)
        return DatabaseCheck("\(name) come back as they were stored") { db async throws in
            let type = RawSQL(db.dialect == .sqlite ? sqlite : postgresql)
            try await db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v \(type))")
            for (id, value) in values.enumerated() {
                try await db.execute("INSERT INTO t (id, v) VALUES (\(id), \(value))")
            }
            #expect(try await db.query("SELECT v FROM t ORDER BY id", as: Value.self) == values)
            let offset = 1000
            try await db.executeBatch(values.enumerated()) { id, value in
                "INSERT INTO t (id, v) VALUES (\(id + offset), \(value))"
            }
            #expect(try await db.query("SELECT v FROM t WHERE id >= \(offset) ORDER BY id", as: Value.self) == values)
            for (id, value) in values.enumerated() where !value.sqlValue.isNull && name != "JSON" && name != "floats" {
                let found = try await db.query("SELECT id FROM t WHERE v = \(value) ORDER BY id", as: Int.self)
                #expect(found.contains(id), "value \(id) is not equal to itself")
            }
        }
    }

    static func decimal(_ text: String) -> Decimal { Decimal(string: text) ?? .nan }
}
