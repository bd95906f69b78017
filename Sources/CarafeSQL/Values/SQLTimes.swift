public import FoundationEssentials

// Times as values. SQLite keeps them as text in SQLAlchemy's formats.

extension Date: SQLCodable {
    /// The value to bind.
    public var sqlValue: SQLValue { .instant(self) }

    /// A point in time. A date and time without a zone is one of UTC; a number counts the seconds since 1970.
    public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .instant(let instant): self = instant
        case .localDateTime(let local): self = local.instant()
        case .localDate(let date): self = LocalDateTime(date, .midnight).instant()
        case .text(let text): self.init(sqlText: text)
        case .integer(let seconds): self.init(timeIntervalSince1970: Double(seconds))
        case .double(let seconds): self.init(timeIntervalSince1970: seconds)
        default: return nil
        }
    }
}

extension LocalDate: SQLCodable {
    /// The value to bind.
    public var sqlValue: SQLValue { .localDate(self) }

    /// The value of a column; nil where the column holds something else.
    public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .localDate(let date): self = date
        case .text(let text): self.init(text)
        default: return nil
        }
    }
}

extension LocalTime: SQLCodable {
    /// The value to bind.
    public var sqlValue: SQLValue { .localTime(self) }

    /// The value of a column; nil where the column holds something else.
    public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .localTime(let time): self = time
        case .text(let text): self.init(text)
        default: return nil
        }
    }

    static let midnight = LocalTime(wholeDay: 0)

    private init(wholeDay: Int64) { microseconds = wholeDay }
}

extension LocalDateTime: SQLCodable {
    /// The value to bind.
    public var sqlValue: SQLValue { .localDateTime(self) }

    /// The value of a column; nil where the column holds something else.
    public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .localDateTime(let local): self = local
        case .localDate(let date): self.init(date, .midnight)
        case .text(let text): self.init(text)
        default: return nil
        }
    }
}

extension SQLInterval: SQLCodable {
    /// The value to bind.
    public var sqlValue: SQLValue { .interval(self) }

    /// An interval; on SQLite, as SQLAlchemy keeps it, how far a date and time is from the beginning of 1970.
    public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .interval(let interval): self = interval
        case .text(let text):
            guard let microseconds = LocalDateTime(text)?.microsecondsSinceEpoch else { return nil }
            self.init(microseconds: microseconds)
        default: return nil
        }
    }
}

extension Duration: SQLCodable {
    /// An interval, rounded to microseconds; the longest there is where it is longer than 290,000 years.
    public var sqlValue: SQLValue {
        let (seconds, attoseconds) = components
        let (whole, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let fraction = (Double(attoseconds) / 1e12).rounded()
        let (sum, overflow) = whole.addingReportingOverflow(Int64(fraction))
        return .interval(SQLInterval(microseconds: isTooLong || overflow ? (seconds < 0 ? .min : .max) : sum))
    }

    /// An interval without months, which have no length. Days are of 24 hours.
    public init?(sqlValue: SQLValue) {
        guard let microseconds = SQLInterval(sqlValue: sqlValue)?.wholeMicroseconds else { return nil }
        self = .microseconds(microseconds)
    }
}
