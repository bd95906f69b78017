package import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A moment to the second, as header fields carry it (RFC 9110 §5.6.7).
///
/// ```swift
/// HTTPDate(secondsSinceEpoch: 784_111_777).description   // "Sun, 06 Nov 1994 08:49:37 GMT"
/// HTTPDate(parsing: "Sun Nov  6 08:49:37 1994")          // the same moment
/// ```
public struct HTTPDate: Sendable, Hashable {
    /// Seconds since 1970-01-01 00:00:00 UTC, leap seconds not counted.
    public let secondsSinceEpoch: Int

    /// What four digits of a year can say: the years 1 to 9999.
    private static let bounds = -62_135_596_800...253_402_300_799

    /// A moment; one before the year 1 or after the year 9999 becomes the nearest that can be written.
    public init(secondsSinceEpoch: Int) {
        self.secondsSinceEpoch = min(max(secondsSinceEpoch, Self.bounds.lowerBound), Self.bounds.upperBound)
    }

    /// The present moment.
    public static var now: HTTPDate {
        HTTPDate(secondsSinceEpoch: time(nil))
    }

    /// The moment so many seconds later, or earlier where `seconds` is negative; overflow stays within the bounds.
    public func advanced(by seconds: Int) -> HTTPDate {
        let (sum, overflow) = secondsSinceEpoch.addingReportingOverflow(seconds)
        return HTTPDate(secondsSinceEpoch: overflow ? (seconds < 0 ? Int.min : Int.max) : sum)
    }

    /// The date in the preferred format (`IMF-fixdate`), 29 bytes.
    package func write(into buffer: inout ByteBuffer) {
        buffer.writeBytes(bytes)
    }
}

extension HTTPDate: Comparable {
    /// Whether `lhs` is the earlier moment.
    public static func < (lhs: HTTPDate, rhs: HTTPDate) -> Bool {
        lhs.secondsSinceEpoch < rhs.secondsSinceEpoch
    }
}

extension HTTPDate: CustomStringConvertible {
    /// The date in the preferred format, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    public var description: String { String(decoding: bytes, as: UTF8.self) }

    private var bytes: [UInt8] {
        let seconds = secondsSinceEpoch
        let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
        let second = seconds - days * 86_400
        let (year, month, day) = Self.civil(fromDays: days)
        var result: [UInt8] = []
        result.reserveCapacity(29)
        func append(_ number: Int, digits: Int) {
            var divisor = digits == 4 ? 1000 : 10
            while divisor > 0 {
                result.append(0x30 + UInt8(truncatingIfNeeded: number / divisor % 10))
                divisor /= 10
            }
        }
        // The first of January 1970 was a Thursday.
        result += Self.weekdays[((days % 7) + 11) % 7].prefix(3)
        result += [0x2C, 0x20]
        append(day, digits: 2)
        result.append(0x20)
        result += Self.months[month - 1]
        result.append(0x20)
        append(year, digits: 4)
        result.append(0x20)
        append(second / 3600, digits: 2)
        result.append(0x3A)
        append(second / 60 % 60, digits: 2)
        result.append(0x3A)
        append(second % 60, digits: 2)
        result += [0x20, 0x47, 0x4D, 0x54]
        return result
    }

    static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"].map {
        Array($0.utf8)
    }
    static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ].map { Array($0.utf8) }

    /// The day of the proleptic Gregorian calendar that is `days` after 1970-01-01.
    ///
    /// Years begin in March here, so that the leap day is the last of its year; 146,097 days are 400 years.
    static func civil(fromDays days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The inverse of `civil(fromDays:)`, for years 0 to 9999.
    static func days(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
