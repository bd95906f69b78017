/// A span of time as SQL's `INTERVAL` has it: months, days and time apart, as they have no common measure.
public struct SQLInterval: Sendable, Hashable, Codable {
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

    /// Days of 24 hours and the rest in microseconds; nil where there are months, which have no length, or too many days.
    package var wholeMicroseconds: Int64? {
        guard months == 0 else { return nil }
        let (whole, isTooLong) = Int64(days).multipliedReportingOverflow(by: 86_400_000_000)
        let (sum, overflow) = whole.addingReportingOverflow(microseconds)
        return isTooLong || overflow ? nil : sum
    }
}

extension SQLInterval: CustomStringConvertible {
    /// The interval in ISO 8601 as PostgreSQL reads it: `P1Y2M3DT4H5M6.789S`, `PT0S`. Each part has its own sign.
    public var description: String {
        var text = "P"
        if months / 12 != 0 { text += "\(months / 12)Y" }
        if months % 12 != 0 { text += "\(months % 12)M" }
        if days != 0 { text += "\(days)D" }
        guard microseconds != 0 else { return text == "P" ? "PT0S" : text }
        text += "T"
        let seconds = microseconds / 1_000_000
        if seconds / 3600 != 0 { text += "\(seconds / 3600)H" }
        if seconds / 60 % 60 != 0 { text += "\(seconds / 60 % 60)M" }
        let fraction = microseconds % 1_000_000
        guard seconds % 60 != 0 || fraction != 0 else { return text }
        if microseconds < 0 { text += "-" }
        text += String((seconds % 60).magnitude)
        if fraction != 0 {
            var writer = DateTimeWriter()
            writer.write(".")
            writer.write(fraction.magnitude, digits: 6)
            text += writer.text
        }
        return text + "S"
    }
}
