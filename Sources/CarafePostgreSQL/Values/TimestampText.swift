import CarafeSQL
import FoundationEssentials

/// Days and times as PostgreSQL writes them with `DateStyle = ISO`, and as it reads them.
enum TimestampText {
    /// Microseconds of 1970 at the beginning of 2001, which Foundation counts from.
    private static let reference: Int64 = 978_307_200_000_000

    private static let day: Int64 = 86_400_000_000

    // MARK: - Writing

    static func append(_ date: Date, to bytes: inout [UInt8]) throws(DatabaseError) {
        let seconds = date.timeIntervalSinceReferenceDate
        guard abs(seconds) < 9.0e12 else {
            guard seconds.isInfinite else {
                throw DatabaseError(.value, "A point in time is out of PostgreSQL's range.")
            }
            bytes.append(contentsOf: (seconds < 0 ? "-infinity" : "infinity").utf8)
            return
        }
        let microseconds = Int64((seconds * 1_000_000).rounded()) + reference
        let (days, time) = floorDivide(microseconds, by: day)
        let (year, month, dayOfMonth) = civil(days)
        appendDay(year: year, month: month, day: dayOfMonth, to: &bytes)
        bytes.append(UInt8(ascii: " "))
        appendTime(time, to: &bytes)
        bytes.append(contentsOf: "+00".utf8)
        if year <= 0 { bytes.append(contentsOf: " BC".utf8) }
    }

    static func append(_ value: LocalDateTime, to bytes: inout [UInt8]) {
        append(value.date, to: &bytes)
        bytes.append(UInt8(ascii: " "))
        append(value.time, to: &bytes)
        if value.date.year <= 0 { bytes.append(contentsOf: " BC".utf8) }
    }

    /// The day without its era.
    static func append(_ value: LocalDate, to bytes: inout [UInt8]) {
        appendDay(year: Int(value.year), month: Int(value.month), day: Int(value.day), to: &bytes)
    }

    static func append(_ value: LocalTime, to bytes: inout [UInt8]) { appendTime(value.microseconds, to: &bytes) }

    private static func appendDay(year: Int, month: Int, day: Int, to bytes: inout [UInt8]) {
        Digits.append(year > 0 ? year : 1 - year, width: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Digits.append(month, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Digits.append(day, width: 2, to: &bytes)
    }

    static func appendTime(_ microseconds: Int64, to bytes: inout [UInt8]) {
        let seconds = microseconds / 1_000_000
        Digits.append(seconds / 3_600, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Digits.append(seconds / 60 % 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Digits.append(seconds % 60, width: 2, to: &bytes)
        let fraction = microseconds % 1_000_000
        guard fraction != 0 else { return }
        bytes.append(UInt8(ascii: "."))
        Digits.append(fraction, width: 6, to: &bytes)
    }

    // MARK: - Reading

    /// `2024-01-02`, `0044-03-15 BC`; nil for `infinity`.
    static func date(_ text: UnsafeBufferPointer<UInt8>) -> LocalDate? {
        var reader = TextReader(text)
        guard let day = readDay(&reader), let year = readEra(day.year, &reader), reader.isAtEnd else { return nil }
        return LocalDate(year: year, month: day.month, day: day.day)
    }

    /// `03:04:05.000006`.
    static func time(_ text: UnsafeBufferPointer<UInt8>) -> LocalTime? {
        var reader = TextReader(text)
        guard let time = readTime(&reader), reader.isAtEnd else { return nil }
        return LocalTime(microseconds: time)
    }

    /// `2024-01-02 03:04:05.000006`, with ` BC` where it is so old; nil for `infinity`.
    static func dateTime(_ text: UnsafeBufferPointer<UInt8>) -> LocalDateTime? {
        var reader = TextReader(text)
        guard let day = readDay(&reader), reader.take(UInt8(ascii: " ")), let microseconds = readTime(&reader),
            let year = readEra(day.year, &reader), reader.isAtEnd,
            let date = LocalDate(year: year, month: day.month, day: day.day),
            let time = LocalTime(microseconds: microseconds)
        else { return nil }
        return LocalDateTime(date, time)
    }

    /// `2024-01-02 03:04:05.000006+05:30`, in whichever zone the session is; nil for `infinity`.
    static func instant(_ text: UnsafeBufferPointer<UInt8>) -> Date? {
        var reader = TextReader(text)
        guard let day = readDay(&reader), reader.take(UInt8(ascii: " ")), let time = readTime(&reader),
            let offset = readOffset(&reader), let year = readEra(day.year, &reader), reader.isAtEnd
        else { return nil }
        let days = Int64(days(year: year, month: day.month, day: day.day))
        let seconds = days * 86_400 + time / 1_000_000 - Int64(offset) - reference / 1_000_000
        // Divided once, so that the nearest `Date` is found; the last of PostgreSQL's years are too far for that.
        let (whole, isTooFar) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let (microseconds, isFarther) = whole.addingReportingOverflow(time % 1_000_000)
        return Date(
            timeIntervalSinceReferenceDate: isTooFar || isFarther ? Double(seconds) : Double(microseconds) / 1_000_000)
    }

    private static func readDay(_ reader: inout TextReader) -> (year: Int, month: Int, day: Int)? {
        guard let year = reader.digits(4...7), reader.take(UInt8(ascii: "-")), let month = reader.digits(2...2),
            reader.take(UInt8(ascii: "-")), let day = reader.digits(2...2)
        else { return nil }
        return (year, month, day)
    }

    static func readTime(_ reader: inout TextReader) -> Int64? {
        guard let hour = reader.digits(2...2), reader.take(UInt8(ascii: ":")), let minute = reader.digits(2...2),
            reader.take(UInt8(ascii: ":")), let second = reader.digits(2...2), let fraction = reader.microseconds()
        else { return nil }
        return Int64((hour * 60 + minute) * 60 + second) * 1_000_000 + Int64(fraction)
    }

    /// Seconds to the east of Greenwich.
    private static func readOffset(_ reader: inout TextReader) -> Int? {
        let isWest = reader.next == UInt8(ascii: "-")
        guard reader.take(UInt8(ascii: "+")) || reader.take(UInt8(ascii: "-")) else { return nil }
        guard var seconds = reader.digits(2...2) else { return nil }
        seconds *= 3_600
        for unit in [60, 1] where reader.take(UInt8(ascii: ":")) {
            guard let number = reader.digits(2...2) else { return nil }
            seconds += number * unit
        }
        return isWest ? -seconds : seconds
    }

    /// The year as the calendar counts: 1 BC is the year 0.
    private static func readEra(_ year: Int, _ reader: inout TextReader) -> Int? {
        reader.take(" BC") ? 1 - year : year
    }

    // MARK: - The calendar

    private static func floorDivide(_ value: Int64, by divisor: Int64) -> (Int64, Int64) {
        let remainder = value % divisor
        return remainder < 0 ? (value / divisor - 1, remainder + divisor) : (value / divisor, remainder)
    }

    /// Days since 1970. The year begins in March here, so that a leap day is its last.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(_ days: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = Int(days) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
        return (year, month < 10 ? month + 3 : month - 9, dayOfYear - (153 * month + 2) / 5 + 1)
    }
}
