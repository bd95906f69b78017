import CarafeSQL
import Foundation
import TestSupport
import Testing

@testable import CarafePostgreSQL

extension PostgreSQLTests {
    /// Values that go to the server and come back.
    struct BindingTests {
        static let values: [SQLValue] =
            ReadingTests.numbers.map(\.value) + ReadingTests.texts.map(\.value)
            + ReadingTests.times.map(\.value).filter { $0 != .instant(Date(timeIntervalSince1970: 9_224_318_015_999)) }
            + ReadingTests.arrays.map(\.value)

        @Test("a value that no type is known for comes back as what it was", arguments: values)
        func returns(_ value: SQLValue) throws {
            let database = try PostgreSQLFixture()
            let expected: SQLValue =
                switch value {
                case .other(_, let text): .text(text)
                case .array(let elements): elements.isEmpty ? .text("{}") : value
                default: value
                }
            let returned = try database.value("SELECT \(value)")
            if case .array(let elements) = value, case .other = elements[safe: 0] { return }
            #expect(returned == expected)
        }

        @Test("a value in a column of its type comes back as what it was, through every way to bind it")
        func columns() throws {
            let database = try PostgreSQLFixture()
            try database.execute(
                """
                CREATE TABLE t (b bool, i2 int2, i4 int4, i8 int8, f4 float4, f8 float8, n numeric, s text, v varchar(9), c char(2),
                    y bytea, u uuid, tz timestamptz, ts timestamp, d date, tm time, iv interval, j json, jb jsonb, ia int[], ta text[][])
                """)
            let row: [SQLValue] = [
                .bool(true), .integer(-5), .integer(6), .integer(.max), .double(0.25), .double(-.pi),
                .decimal(Decimal(string: "123.456")!), .text("a'\"\\b\n"), .text("ü"), .text("ab"),
                .blob(Array(0...255)),
                .uuid(UUID()), .instant(Date(timeIntervalSince1970: 1_700_000_000.123456)),
                .localDateTime(LocalDateTime(ReadingTests.day(-43, 3, 15), ReadingTests.time(1))),
                .localDate(ReadingTests.day(0, 12, 31)), .localTime(ReadingTests.time(86_399_999_999)),
                .interval(SQLInterval(months: -13, days: 5, microseconds: -3_600_000_001)), .json("[1, null]"),
                .json("{\"a\": 1}"), .array([.integer(1), .null]),
                .array([.array([.text("{"), .text("NULL")]), .array([.null, .text("\\\"")])]),
            ]
            let values = row.map { SQL(parts: [.value($0)]) }.joined(separator: ", ")
            let nulls = row.map { _ in SQL(parts: [.value(.null)]) }.joined(separator: ", ")
            try database.execute("INSERT INTO t VALUES (\(nulls))")
            try database.execute("INSERT INTO t VALUES (\(values))")
            #expect(try database.connection.runBatch(["INSERT INTO t VALUES (\(values))"]) == 1)
            let rows = try database.rows("SELECT * FROM t")
            #expect(rows == [row.map { _ in .null }, row, row])
        }

        @Test("extreme times and intervals go both ways")
        func extremes() throws {
            let database = try PostgreSQLFixture()
            let intervals = [
                SQLInterval(months: .max, days: .min, microseconds: 9_000_000_000_000_000_000),
                SQLInterval(months: .min, days: .max, microseconds: -9_000_000_000_000_000_000),
                SQLInterval(microseconds: -1),
            ]
            // The server reads no more than 32 bits of months and days, of which it writes years apart.
            for interval in intervals {
                #expect(try database.value("SELECT \(SQLValue.interval(interval))") == .interval(interval))
            }
            for year in [-4_712, 0, 1, 1_600, 9_999, 200_000] {
                let date = LocalDateTime(ReadingTests.day(year, 2, 28), ReadingTests.time(0))
                #expect(try database.value("SELECT \(SQLValue.localDateTime(date))") == .localDateTime(date))
            }
            for far in [Double.nan, 9.3e12, -9.3e12] {
                #expect(database.error("SELECT \(Date(timeIntervalSinceReferenceDate: far).sqlValue)")?.kind == .value)
            }
            #expect(try database.value("SELECT \(Date.distantFuture)") == .instant(.distantFuture))
            #expect(try database.value("SELECT \(Date.distantPast)") == .instant(.distantPast))
        }

        @Test("intervals are read in the server's own style too, as PgBouncer's users see it")
        func styles() throws {
            let database = try PostgreSQLFixture()
            for style in ["postgres", "iso_8601"] {
                try database.execute("SET IntervalStyle = \(RawSQL(style))")
                for text in ["1 year 2 mons -3 days 04:05:06.7", "-1 day", "00:00:00", "-00:00:01", "1 mon +00:00:01"] {
                    let value = try database.value("SELECT \(text)::interval")
                    try database.execute("SET IntervalStyle = postgres_verbose")
                    #expect(
                        try database.value("SELECT \(value) = \(text)::interval") == .bool(true), "\(style) \(text)")
                    try database.execute("SET IntervalStyle = \(RawSQL(style))")
                }
            }
            try database.execute("SET IntervalStyle = sql_standard")
            guard case .other = try database.value("SELECT '1-2'::interval") else {
                return #expect(Bool(false)) as Void
            }
        }

        @Test("bytes are read in the escape format too")
        func escapedBytes() throws {
            let database = try PostgreSQLFixture()
            try database.execute("SET bytea_output = escape")
            #expect(try database.value("SELECT \(Array(0...255) as [UInt8])::bytea") == .blob(Array(0...255)))
        }

        @Test("types of the database's own are text, what they are made of, or named")
        func ownTypes() throws {
            let database = try PostgreSQLFixture()
            try database.execute("CREATE TYPE mood AS ENUM ('sad', 'happy')")
            try database.execute("CREATE DOMAIN positive AS int CHECK (value > 0)")
            try database.execute("CREATE TYPE point2 AS (x int, y int)")
            try database.execute("CREATE TABLE t (m mood, ms mood[], p positive, ps positive[], c point2)")
            try database.execute(
                "INSERT INTO t VALUES (\("happy"), \(array: ["sad", "happy"]), \(1), \(array: [1, 2]), \("(1,2)"))")
            let rows = try database.rows("SELECT * FROM t")
            #expect(
                rows == [
                    [
                        .text("happy"), .array([.text("sad"), .text("happy")]), .integer(1),
                        .array([.integer(1), .integer(2)]),
                        .other(type: "point2", text: "(1,2)"),
                    ]
                ])
            #expect(
                try database.value("SELECT count(*) FROM t WHERE m = \("happy") AND m IN (\(["sad", "happy"]))")
                    == .integer(1))
        }

        @Test("random values of every kind come back as what they were")
        func random() throws {
            let database = try PostgreSQLFixture()
            var random = SplitMix64(seed: UInt64(TestSeed.value))
            for _ in 0..<300 {
                let value = Self.randomValue(&random, depth: 0)
                #expect(try database.value("SELECT \(value)") == value)
            }
        }

        static func randomValue(_ random: inout SplitMix64, depth: Int) -> SQLValue {
            switch Int.random(in: 0..<(depth == 0 ? 13 : 11), using: &random) {
            case 0: .bool(.random(using: &random))
            case 1: .integer(.random(in: .min ... .max, using: &random))
            case 2: .double(Double(bitPattern: .random(in: 0...0x7FEF_FFFF_FFFF_FFFF, using: &random)))
            case 3: .decimal(Decimal(Int64.random(in: .min ... .max, using: &random)) / 1000)
            case 4: .text(randomText(&random))
            case 5:
                .blob((0..<Int.random(in: 0...20, using: &random)).map { _ in .random(in: 0...255, using: &random) })
            case 6:
                .instant(
                    Date(
                        timeIntervalSinceReferenceDate: Double(
                            Int64.random(in: -1_000_000_000_000_000...1_000_000_000_000_000, using: &random))
                            / 1_000_000))
            case 7:
                .localDate(
                    ReadingTests.day(
                        .random(in: -4000...20000, using: &random), .random(in: 1...12, using: &random),
                        .random(in: 1...28, using: &random)))
            case 8: .localTime(ReadingTests.time(.random(in: 0...86_400_000_000, using: &random)))
            case 9: .json("{\"a\": [\(Int.random(in: 0...9, using: &random))]}")
            case 10:
                .interval(
                    SQLInterval(
                        months: .random(in: -1000...1000, using: &random),
                        days: .random(in: -1000...1000, using: &random),
                        microseconds: .random(in: -10_000_000_000_000...10_000_000_000_000, using: &random)))
            case 11: .null
            default:
                .array(
                    (1...Int.random(in: 1...5, using: &random)).map { index in
                        index == 3 ? .null : .text(randomText(&random))
                    })
            }
        }

        private static func randomText(_ random: inout SplitMix64) -> String {
            let scalars: [Unicode.Scalar] = [
                "a", "\"", "'", "\\", "{", "}", ",", " ", "\n", "ü", "😀", "$", "\u{1}", "N", "%", ";",
            ]
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                text.append(scalars.randomElement(using: &random) ?? "a")
            }
            return String(text)
        }

        @Test("what PostgreSQL cannot hold is an error of the value, before anything is sent")
        func refused() throws {
            let database = try PostgreSQLFixture()
            #expect(database.error("SELECT \("a\u{0}b")")?.kind == .value)
            #expect(database.error("SELECT \(array: ["a\u{0}b"])")?.kind == .value)
            #expect(database.error("SELECT \("{\"a\": \"\\u0000\"}")::jsonb")?.kind == .value)
            #expect(try database.value("SELECT 1") == .integer(1))
        }
    }
}

extension Array {
    subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
