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
        guard (-5_000_000...5_000_000).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.days(inMonth: month, ofYear: year)
        else { return nil }
        self.year = Int32(year)
        self.month = UInt8(month)
        self.day = UInt8(day)
    }

    static func days(inMonth month: Int, ofYear year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// A time of day without a zone: SQL's `TIME`.
public struct LocalTime: Sendable, Hashable {
    /// Microseconds since midnight; PostgreSQL's `24:00:00` is a whole day.
    public var microseconds: Int64

    /// A time. Nil where a day has no such time.
    public init?(microseconds: Int64) {
        guard (0...86_400_000_000).contains(microseconds) else { return nil }
        self.microseconds = microseconds
    }

    /// A time. Nil where a day has no such time.
    public init?(hour: Int, minute: Int, second: Int = 0, microsecond: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
            (0...999_999).contains(microsecond)
        else { return nil }
        microseconds = Int64(((hour * 60 + minute) * 60 + second) * 1_000_000 + microsecond)
    }
}

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
}

/// A span of time as SQL's `INTERVAL` has it: months, days and time apart, as they have no common measure.
public struct SQLInterval: Sendable, Hashable {
    /// Years are twelve months.
    public var months: Int32
    /// Days, which are of 23 to 25 hours.
    public var days: Int32
    /// The rest in microseconds.
    public var microseconds: Int64

    /// An interval.
    public init(months: Int32 = 0, days: Int32 = 0, microseconds: Int64 = 0) {
        self.months = months
        self.days = days
        self.microseconds = microseconds
    }
}
