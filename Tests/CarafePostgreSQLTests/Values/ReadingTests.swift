import CarafeSQL
import Foundation
import Testing

@testable import CarafePostgreSQL

extension PostgreSQLTests {
    struct ReadingTests {
        struct Case: Sendable, CustomTestStringConvertible {
            let sql: String
            let value: SQLValue
            init(_ sql: String, _ value: SQLValue) {
                self.sql = sql
                self.value = value
            }
            var testDescription: String { sql }
        }

        static let numbers: [Case] = [
            Case("true", .bool(true)), Case("false", .bool(false)), Case("NULL::bool", .null),
            Case("1::int2", .integer(1)), Case("(-32768)::int2", .integer(-32768)),
            Case("2147483647", .integer(2_147_483_647)),
            Case("9223372036854775807", .integer(.max)), Case("(-9223372036854775808)::int8", .integer(.min)),
            Case("12::oid", .integer(12)), Case("1.5::float4", .double(1.5)), Case("0.1::float4", .double(0.1)),
            Case("0.1::float8", .double(0.1)), Case("5e-324::float8", .double(.leastNonzeroMagnitude)),
            Case("'Infinity'::float8", .double(.infinity)), Case("'-Infinity'::float4", .double(-.infinity)),
            Case("1.50::numeric(10,2)", .decimal(Decimal(string: "1.5")!)), Case("0::numeric", .decimal(0)),
            Case("-0.000001::numeric", .decimal(Decimal(string: "-0.000001")!)),
            Case(
                "12345678901234567890.12345::numeric", .decimal(Decimal(string: "12345678901234567890.12345")!)),
            Case(
                "99999999999999999999999999999999999999::numeric",
                .decimal(Decimal(string: "99999999999999999999999999999999999999")!)),
            Case("1e40::numeric", .decimal(Decimal(sign: .plus, exponent: 40, significand: 1))),
            Case(
                "123456789012345678901234567890123456789.1::numeric",
                .other(type: "numeric", text: "123456789012345678901234567890123456789.1")),
            Case("'Infinity'::numeric", .double(.infinity)),
            Case("12.34::money", .other(type: "money", text: "$12.34")),
        ]

        static let texts: [Case] = [
            Case("''", .text("")), Case("'ü€😀'", .text("ü€😀")), Case("'a'::varchar(3)", .text("a")),
            Case("'a'::char(3)", .text("a  ")), Case("'a'::name", .text("a")), Case("'a'::\"char\"", .text("a")),
            Case("'\\x00ff'::bytea", .blob([0, 255])), Case("''::bytea", .blob([])),
            Case(
                "'00112233-4455-6677-8899-AABBCCDDEEFF'::uuid",
                .uuid(UUID(uuidString: "00112233-4455-6677-8899-AABBCCDDEEFF")!)),
            Case("'{\"a\": [1]}'::json", .json("{\"a\": [1]}")), Case("'{\"a\":[1]}'::jsonb", .json("{\"a\": [1]}")),
            Case("'10.0.0.1/8'::inet", .other(type: "inet", text: "10.0.0.1/8")),
            Case("'[1,5)'::int4range", .other(type: "int4range", text: "[1,5)")),
            Case("ROW(1, 'a')", .other(type: "record", text: "(1,a)")), Case("pg_sleep(0)", .null),
        ]

        static func day(_ year: Int, _ month: Int, _ day: Int) -> LocalDate {
            LocalDate(year: year, month: month, day: day)!
        }
        static func time(_ microseconds: Int64) -> LocalTime { LocalTime(microseconds: microseconds)! }

        static let times: [Case] = [
            Case("'2024-02-29'::date", .localDate(day(2024, 2, 29))),
            Case("'0044-03-15 BC'::date", .localDate(day(-43, 3, 15))),
            Case("'12024-01-02'::date", .localDate(day(12024, 1, 2))),
            Case("'infinity'::date", .other(type: "date", text: "infinity")),
            Case("'5874897-12-31'::date", .other(type: "date", text: "5874897-12-31")),
            Case("'23:59:59.999999'::time", .localTime(time(86_399_999_999))),
            Case("'24:00'::time", .localTime(time(86_400_000_000))),
            Case("'03:04:05+02'::timetz", .other(type: "time with time zone", text: "03:04:05+02")),
            Case(
                "'2024-01-02 03:04:05.06'::timestamp",
                .localDateTime(LocalDateTime(day(2024, 1, 2), time(11_045_060_000)))),
            Case("'0001-01-01 00:00 BC'::timestamp", .localDateTime(LocalDateTime(day(0, 1, 1), time(0)))),
            Case("'-infinity'::timestamp", .other(type: "timestamp", text: "-infinity")),
            Case("'2024-01-02 03:04:05.5+05:30'::timestamptz", .instant(Date(timeIntervalSince1970: 1_704_144_845.5))),
            Case("'1969-12-31 23:59:59+00'::timestamptz", .instant(Date(timeIntervalSince1970: -1))),
            Case("'0001-01-01 00:00+00 BC'::timestamptz", .instant(Date(timeIntervalSince1970: -62_167_219_200))),
            Case("'294276-12-31 23:59:59+00'::timestamptz", .instant(Date(timeIntervalSince1970: 9_224_318_015_999))),
            Case("'infinity'::timestamptz", .other(type: "timestamp with time zone", text: "infinity")),
            Case(
                "'1 year 2 mons -3 days 04:05:06.7'::interval",
                .interval(SQLInterval(months: 14, days: -3, microseconds: 14_706_700_000))),
            Case("'-00:00:00.5'::interval", .interval(SQLInterval(microseconds: -500_000))),
            Case("'0'::interval", .interval(SQLInterval())),
            Case("'-1 mon'::interval", .interval(SQLInterval(months: -1))),
        ]

        static let arrays: [Case] = [
            Case("'{}'::int[]", .array([])), Case("ARRAY[1, NULL, -3]", .array([.integer(1), .null, .integer(-3)])),
            Case(
                "ARRAY['a', 'NULL', '', 'q\"\\,{}', NULL]",
                .array([.text("a"), .text("NULL"), .text(""), .text("q\"\\,{}"), .null])),
            Case(
                "ARRAY[[1, 2], [3, 4]]",
                .array([.array([.integer(1), .integer(2)]), .array([.integer(3), .integer(4)])])),
            Case("'[0:1]={5,6}'::int[]", .array([.integer(5), .integer(6)])),
            Case("ARRAY[true, false]", .array([.bool(true), .bool(false)])),
            Case("ARRAY['\\x01'::bytea]", .array([.blob([1])])),
            Case("ARRAY['2024-01-02'::date]", .array([.localDate(day(2024, 1, 2))])),
            Case("ARRAY['1 day'::interval]", .array([.interval(SQLInterval(days: 1))])),
            Case("ARRAY['{\"a\": 1}'::json]", .array([.json("{\"a\": 1}")])),
            Case(
                "ARRAY['2024-01-02 00:00+00'::timestamptz]",
                .array([.instant(Date(timeIntervalSince1970: 1_704_153_600))])),
            Case("ARRAY[1.5::numeric]", .array([.decimal(Decimal(string: "1.5")!)])),
            Case("ARRAY['10.0.0.1'::inet]", .array([.other(type: "inet", text: "10.0.0.1")])),
        ]

        @Test("what the server writes is read as the value it is", arguments: numbers + texts + times + arrays)
        func reads(_ test: Case) throws {
            let database = try PostgreSQLFixture()
            #expect(try database.value("SELECT \(RawSQL(test.sql))") == test.value)
        }
    }
}
