import CarafeSQL
import Foundation
import Testing

@Suite struct LocalDateTimeTests {
    @Test(
        "dates and times are read from text and written in one form",
        arguments: [
            ("2024-01-02 03:04:05.000006", "2024-01-02 03:04:05.000006"),
            ("2024-01-02T03:04:05", "2024-01-02 03:04:05"),
            ("2024-01-02", "2024-01-02 00:00:00"), ("2024-01-02 03:04", "2024-01-02 03:04:00"),
            ("2024-1-2 3:04:05,5", "2024-01-02 03:04:05.500000"),
            ("2024-01-02 03:04:05.1234567", "2024-01-02 03:04:05.123456"),
            ("0044-03-15 10:00:00 BC", "-0043-03-15 10:00:00"), ("294276-12-31 23:59:59", "294276-12-31 23:59:59"),
            ("2024-02-29 24:00:00", "2024-02-29 24:00:00"),
        ])
    func reads(_ text: String, _ written: String) {
        let local = LocalDateTime(text)
        #expect(local?.description == written)
        if let local { #expect(LocalDateTime(local.description) == local) }
    }

    @Test(
        "what is no date is none",
        arguments: [
            "", "2024", "2024-13-01", "2024-02-30", "2023-02-29", "2024-00-01", "2024-01-00", "24-01-02",
            "2024-01-02 25:00",
            "2024-01-02 03:60", "2024-01-02 03:04:61", "2024-01-02 03:04:05.", "2024-01-02 ", "2024-01-02 03:04:05 x",
            "2024-01-02 03:04:05+02", "infinity", "2024-01-02 24:00:01", "99999999-01-01", "0000-01-01 BC",
            "２０２４-01-02",
        ])
    func refuses(_ text: String) { #expect(LocalDateTime(text) == nil) }

    @Test(
        "points in time are read with and without a zone",
        arguments: [
            ("2024-01-02 03:04:05", 1_704_164_645.0), ("2024-01-02 03:04:05Z", 1_704_164_645.0),
            ("2024-01-02 03:04:05+02", 1_704_157_445.0), ("2024-01-02T03:04:05.5-0530", 1_704_184_445.5),
            ("2024-01-02 03:04:05+02:00:30", 1_704_157_415.0), ("1969-12-31 23:59:59.999999+00", -0.000001),
        ])
    func instants(_ text: String, _ seconds: Double) {
        #expect(Date(sqlValue: .text(text)) == Date(timeIntervalSince1970: seconds))
    }

    @Test("every day has a number, and every number a day")
    func days() {
        var day = -800_000
        while day < 3_000_000 {
            let date = LocalDate(daysSinceEpoch: day)
            #expect(date?.daysSinceEpoch == day)
            day += 97
        }
        #expect(LocalDate(year: 1970, month: 1, day: 1)?.daysSinceEpoch == 0)
        #expect(LocalDate(year: 2000, month: 3, day: 1)?.daysSinceEpoch == 11_017)
        #expect(LocalDate(daysSinceEpoch: .max) == nil && LocalDate(daysSinceEpoch: .min) == nil)
    }

    @Test("dates and times are ordered")
    func order() throws {
        let texts = ["-0001-01-01", "0001-01-01", "2024-01-02 03:04:05", "2024-01-02 03:04:05.000001", "2024-02-01"]
        let dates = try texts.map { try #require(LocalDateTime($0)) }
        #expect(dates.shuffled().sorted() == dates)
    }

    @Test("dates and times are text of ISO 8601 in JSON")
    func json() throws {
        struct All: Codable, Equatable { var d: LocalDate; var l: LocalDateTime; var t: LocalTime }
        let text = #"{"d":"2024-01-02","l":"2024-01-02T03:04:05.000006","t":"03:04:05"}"#
        let all = try JSONDecoder().decode(All.self, from: Data(text.utf8))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(all), as: UTF8.self) == text)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(LocalDate.self, from: Data(#""2024-02-30""#.utf8))
        }
    }

    @Test("what is too far away is refused, and nothing traps")
    func far() {
        for seconds in [1e300, -1e300, .infinity, -.infinity, .nan, 8e12, 1e13] {
            let date = Date(timeIntervalSince1970: seconds)
            if let local = LocalDateTime(date) { #expect(LocalDateTime(local.instant()) == local) }
        }
        #expect(LocalDateTime(Date(timeIntervalSince1970: 1e300)) == nil)
        #expect(LocalDateTime("4999999-12-31")?.instant() != nil)
        #expect(Duration(sqlValue: .interval(SQLInterval(days: .max, microseconds: .max))) == nil)
        #expect(Duration.seconds(Int64.max).sqlValue == .interval(SQLInterval(microseconds: .max)))
        #expect(Duration(sqlValue: .interval(SQLInterval(months: 1))) == nil)
    }

    @Test(
        "intervals are written in ISO 8601",
        arguments: [
            (SQLInterval(), "PT0S"), (SQLInterval(months: 14, days: 3), "P1Y2M3D"),
            (SQLInterval(microseconds: 3_723_000_006), "PT1H2M3.000006S"),
            (SQLInterval(microseconds: -1_500_000), "PT-1.500000S"),
            (SQLInterval(months: -1, days: 2, microseconds: 60_000_000), "P-1M2DT1M"),
        ])
    func intervals(_ interval: SQLInterval, _ text: String) { #expect(interval.description == text) }
}
