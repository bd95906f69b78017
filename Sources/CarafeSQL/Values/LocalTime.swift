/// A time of day without a zone: SQL's `TIME`.
public struct LocalTime: Sendable, Hashable {
    /// Microseconds since midnight; PostgreSQL's `24:00:00` is a whole day.
    public let microseconds: Int64

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

    /// A time as text: `03:04`, `03:04:05`, `03:04:05.000006`. Nil where the text is none.
    public init?(_ text: String) {
        guard let time = DateTimeScanner.scan(text, { $0.time() }) else { return nil }
        self = time
    }

    /// The hour, 0 to 23; 24 at the very end of a day.
    public var hour: Int { Int(microseconds / 3_600_000_000) }
    /// The minute, 0 to 59.
    public var minute: Int { Int(microseconds / 60_000_000 % 60) }
    /// The second, 0 to 59.
    public var second: Int { Int(microseconds / 1_000_000 % 60) }
    /// What is left after the second, in microseconds.
    public var microsecond: Int { Int(microseconds % 1_000_000) }
}

extension LocalTime: Comparable {
    /// Whether the first is earlier.
    public static func < (first: LocalTime, second: LocalTime) -> Bool { first.microseconds < second.microseconds }
}

extension LocalTime: CustomStringConvertible {
    /// The time in ISO 8601: `03:04:05`, with six digits more where it has microseconds.
    public var description: String {
        var writer = DateTimeWriter()
        writer.write(self, alwaysFraction: false)
        return writer.text
    }

    /// The time as SQLAlchemy stores it on SQLite: always with six digits of microseconds.
    package var sqliteText: String {
        var writer = DateTimeWriter()
        writer.write(self, alwaysFraction: true)
        return writer.text
    }
}

extension LocalTime: Codable {
    /// Reads the text.
    public init(from decoder: any Decoder) throws {
        self = try decoder.parsed("a time such as 03:04:05") { LocalTime($0) }
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
