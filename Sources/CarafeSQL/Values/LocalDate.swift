/// A day of the Gregorian calendar without a time or zone: SQL's `DATE`.
public struct LocalDate: Sendable, Hashable {
    /// The year; years before the first are 0, -1, ….
    public var year: Int32
    /// The month, 1 to 12.
    public var month: UInt8
    /// The day of the month, 1 to 31.
    public var day: UInt8

    /// A day. Nil where the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard Self.years.contains(year), (1...12).contains(month), day >= 1,
            day <= Self.days(inMonth: month, ofYear: year)
        else { return nil }
        self.year = Int32(year)
        self.month = UInt8(month)
        self.day = UInt8(day)
    }

    /// A day as text: `2024-01-02`, or PostgreSQL's `0044-03-15 BC`. Nil where the text is none.
    public init?(_ text: String) {
        let date = DateTimeScanner.scan(text) { scanner -> LocalDate? in
            guard let day = scanner.day() else { return nil }
            return day.date(beforeChrist: scanner.era())
        }
        guard let date else { return nil }
        self = date
    }

    /// The day so many days after 1970-01-01. Nil where it is further away than five million years.
    public init?(daysSinceEpoch days: Int) {
        // Howard Hinnant's civil_from_days: years that begin in March put the leap day at their end.
        guard (-2_000_000_000...2_000_000_000).contains(days) else { return nil }
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        self.init(year: year, month: month, day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// How many days after 1970-01-01 it is.
    public var daysSinceEpoch: Int {
        let year = Int(year) - (month <= 2 ? 1 : 0)
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (Int(month) + (month > 2 ? -3 : 9)) + 2) / 5 + Int(day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static let years = -5_000_000...5_000_000

    static func days(inMonth month: Int, ofYear year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension LocalDate: Comparable {
    /// Whether the first is earlier.
    public static func < (first: LocalDate, second: LocalDate) -> Bool {
        (first.year, first.month, first.day) < (second.year, second.month, second.day)
    }
}

extension LocalDate: CustomStringConvertible {
    /// The day in ISO 8601: `2024-01-02`.
    public var description: String {
        var writer = DateTimeWriter()
        writer.write(self)
        return writer.text
    }
}

extension LocalDate: Codable {
    /// Reads the text.
    public init(from decoder: any Decoder) throws {
        self = try decoder.parsed("a date such as 2024-01-02") { LocalDate($0) }
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Decoder {
    /// What a text stands for.
    func parsed<Value>(_ expected: String, _ parse: (String) -> Value?) throws -> Value {
        let container = try singleValueContainer()
        guard let value = parse(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "Expected \(expected).")
        }
        return value
    }
}
