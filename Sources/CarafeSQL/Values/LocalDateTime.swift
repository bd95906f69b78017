public import FoundationEssentials

/// A day and a time of day without a zone: SQL's `TIMESTAMP`, SQLAlchemy's `DateTime`.
public struct LocalDateTime: Sendable, Hashable {
    /// The day.
    public var date: LocalDate
    /// The time of day.
    public var time: LocalTime

    /// A day and a time of day.
    public init(_ date: LocalDate, _ time: LocalTime) {
        self.date = date
        self.time = time
    }

    /// A date and time as text: `2024-01-02 03:04:05.000006`, also with `T`, or a date alone, whose time is midnight. Nil
    /// where the text is none, or names a zone.
    public init?(_ text: String) {
        guard let parsed = ZonedText(text), parsed.zone == nil else { return nil }
        self = parsed.local
    }

    /// What a clock shows at a point in time. Nil where it is further away than five million years.
    ///
    /// - Parameter seconds: how far the clock is ahead of UTC
    public init?(_ instant: Date, secondsFromGMT seconds: Int = 0) {
        guard let microseconds = instant.microsecondsSinceEpoch, abs(seconds) <= 86_400 else { return nil }
        self.init(microsecondsSinceEpoch: microseconds + Int64(seconds) * 1_000_000)
    }

    /// The point in time at which a clock shows this.
    ///
    /// - Parameter seconds: how far the clock is ahead of UTC
    public func instant(secondsFromGMT seconds: Int = 0) -> Date {
        if let microseconds = microsecondsSinceEpoch, abs(microseconds) < 9_000_000_000_000_000_000,
            abs(seconds) <= 86_400
        {
            return Date(microsecondsSinceEpoch: microseconds - Int64(seconds) * 1_000_000)
        }
        // Hundreds of millennia away a Date has no microseconds anyway.
        return Date(timeIntervalSince1970: Double(date.daysSinceEpoch) * 86_400 - Double(seconds))
    }

    package init?(microsecondsSinceEpoch microseconds: Int64) {
        var (days, rest) = microseconds.quotientAndRemainder(dividingBy: 86_400_000_000)
        if rest < 0 { (days, rest) = (days - 1, rest + 86_400_000_000) }
        guard let date = LocalDate(daysSinceEpoch: Int(days)), let time = LocalTime(microseconds: rest) else {
            return nil
        }
        self.init(date, time)
    }

    /// Microseconds since the beginning of 1970 on this clock; nil where they do not fit, 290,000 years away.
    package var microsecondsSinceEpoch: Int64? {
        let (days, isTooFar) = Int64(date.daysSinceEpoch).multipliedReportingOverflow(by: 86_400_000_000)
        let (sum, overflow) = days.addingReportingOverflow(time.microseconds)
        return isTooFar || overflow ? nil : sum
    }
}

extension LocalDateTime: Comparable {
    /// Whether the first is earlier.
    public static func < (first: LocalDateTime, second: LocalDateTime) -> Bool {
        (first.date, first.time) < (second.date, second.time)
    }
}

extension LocalDateTime: CustomStringConvertible {
    /// The date and time as SQL writes them: `2024-01-02 03:04:05`, with six digits more where there are microseconds.
    public var description: String { text(separator: " ", alwaysFraction: false) }

    /// The date and time as SQLAlchemy stores them on SQLite: always with six digits of microseconds.
    package var sqliteText: String { text(separator: " ", alwaysFraction: true) }

    /// The date and time in ISO 8601, with `T`.
    package var isoText: String { text(separator: "T", alwaysFraction: false) }

    private func text(separator: Unicode.Scalar, alwaysFraction: Bool) -> String {
        var writer = DateTimeWriter()
        writer.write(date)
        writer.write(separator)
        writer.write(time, alwaysFraction: alwaysFraction)
        return writer.text
    }
}

extension LocalDateTime: Codable {
    /// Reads the text.
    public init(from decoder: any Decoder) throws {
        self = try decoder.parsed("a date and time such as 2024-01-02T03:04:05") { LocalDateTime($0) }
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(isoText)
    }
}

/// A date and time as text, perhaps with a zone.
struct ZonedText {
    var local: LocalDateTime
    /// Seconds east of Greenwich; nil where the text names no zone.
    var zone: Int?

    init?(_ text: String) {
        let parsed = DateTimeScanner.scan(text) { scanner -> (LocalDateTime, Int?)? in
            guard let day = scanner.day() else { return nil }
            var (time, zone): (LocalTime?, Int?) = (LocalTime(microseconds: 0), nil)
            var isBeforeChrist = scanner.era()
            if !isBeforeChrist && scanner.separator() {
                time = scanner.time()
                zone = scanner.zone()
                isBeforeChrist = scanner.era()
            }
            guard let date = day.date(beforeChrist: isBeforeChrist), let time else { return nil }
            return (LocalDateTime(date, time), zone)
        }
        guard let parsed else { return nil }
        (local, zone) = parsed
    }

    /// The point in time; without a zone, of a clock of UTC.
    var instant: Date { local.instant(secondsFromGMT: zone ?? 0) }
}

extension Date {
    /// 1970 to 2001, where Foundation begins to count: whole microseconds stay whole on the way.
    private static let reference: Int64 = 978_307_200_000_000

    /// The point in time so many microseconds after the beginning of 1970 in UTC.
    package init(microsecondsSinceEpoch microseconds: Int64) {
        let (sum, overflow) = microseconds.subtractingReportingOverflow(Self.reference)
        self.init(timeIntervalSinceReferenceDate: overflow ? -.greatestFiniteMagnitude : Double(sum) / 1_000_000)
    }

    /// Microseconds since the beginning of 1970, rounded; nil beyond a quarter of a million years, and where it is no number.
    package var microsecondsSinceEpoch: Int64? {
        let microseconds = (timeIntervalSinceReferenceDate * 1_000_000).rounded()
        guard abs(microseconds) < 8e18 else { return nil }
        return Int64(microseconds) + Self.reference
    }

    /// A point in time as text of SQLAlchemy's, PostgreSQL's or ISO 8601; without a zone it is one of UTC.
    package init?(sqlText text: String) {
        guard let parsed = ZonedText(text) else { return nil }
        self = parsed.instant
    }
}
