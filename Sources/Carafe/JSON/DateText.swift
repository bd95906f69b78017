import FoundationEssentials

/// Dates as text: RFC 3339 (the ISO 8601 of the internet) and RFC 9110 §5.6.7 (HTTP), without a formatter.
enum DateText {
    /// `2024-01-02T03:04:05Z`, with milliseconds or microseconds where there are any; nil outside of the years 1–9999.
    static func iso8601(_ date: Date) -> String? {
        guard let civil = Civil(date, microseconds: true) else { return nil }
        var text = "\(pad(civil.year, 4))-\(pad(civil.month, 2))-\(pad(civil.day, 2))"
        text += "T\(pad(civil.hour, 2)):\(pad(civil.minute, 2)):\(pad(civil.second, 2))"
        if civil.microsecond % 1_000 != 0 {
            text += ".\(pad(civil.microsecond, 6))"
        } else if civil.microsecond != 0 {
            text += ".\(pad(civil.microsecond / 1_000, 3))"
        }
        return text + "Z"
    }

    /// `Tue, 02 Jan 2024 03:04:05 GMT`, the fraction dropped; nil outside of the years 1–9999.
    static func http(_ date: Date) -> String? {
        guard let civil = Civil(date, microseconds: false) else { return nil }
        let day = "\(weekdays[civil.weekday]), \(pad(civil.day, 2)) \(months[civil.month - 1]) \(pad(civil.year, 4))"
        return "\(day) \(pad(civil.hour, 2)):\(pad(civil.minute, 2)):\(pad(civil.second, 2)) GMT"
    }

    /// Reads RFC 3339's `date-time`: any offset, any number of digits in the fraction, `T` and `Z` in either case, and
    /// a space for the `T`.
    static func parseISO8601(_ text: String) -> Date? {
        var reader = Reader(bytes: Array(text.utf8.prefix(64)))
        guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2), reader.take("-"),
            let day = reader.digits(2), reader.take("T") || reader.take("t") || reader.take(" "),
            let hour = reader.digits(2), reader.take(":"), let minute = reader.digits(2), reader.take(":"),
            let second = reader.digits(2), let microseconds = reader.fraction(), let offset = reader.offset(),
            reader.isAtEnd
        else { return nil }
        guard let seconds = seconds(year, month, day, hour, minute, second) else { return nil }
        // The sum is rounded once, to the nearest date there is.
        let whole = Double(seconds - offset - Civil.referenceDate)
        return Date(timeIntervalSinceReferenceDate: whole + Double(microseconds) / 1_000_000)
    }

    /// Reads the preferred form of an HTTP date, `Tue, 02 Jan 2024 03:04:05 GMT`.
    static func parseHTTP(_ text: String) -> Date? {
        var reader = Reader(bytes: Array(text.utf8.prefix(64)))
        guard let weekday = reader.word(in: weekdays), reader.take(","), reader.take(" "),
            let day = reader.digits(2), reader.take(" "), let month = reader.word(in: months), reader.take(" "),
            let year = reader.digits(4), reader.take(" "),
            let hour = reader.digits(2), reader.take(":"), let minute = reader.digits(2), reader.take(":"),
            let second = reader.digits(2), reader.word(in: [" GMT"]) != nil, reader.isAtEnd
        else { return nil }
        guard let seconds = seconds(year, month + 1, day, hour, minute, second) else { return nil }
        let date = Date(timeIntervalSince1970: Double(seconds))
        return Civil(date, microseconds: false)?.weekday == weekday || second == 60 ? date : nil
    }

    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func pad(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    /// Seconds since 1970 of a valid civil time, else nil. A leap second is the next minute's first.
    private static func seconds(_ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int, _ second: Int)
        -> Int?
    {
        guard year >= 1, 1...12 ~= month, 1...Civil.days(in: month, of: year) ~= day, hour < 24, minute < 60,
            second <= 60
        else { return nil }
        return Civil.days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
    }

    /// A date in the proleptic Gregorian calendar, in UTC.
    private struct Civil {
        var year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, microsecond: Int
        /// 0 is Monday.
        var weekday: Int

        /// 2001-01-01, from which `Date` counts, in seconds since 1970.
        static let referenceDate = 978_307_200

        init?(_ date: Date, microseconds: Bool) {
            let reference = date.timeIntervalSinceReferenceDate
            guard reference.magnitude < 1e12 else { return nil }
            let whole = reference.rounded(.down)
            let fraction = microseconds ? Int(((reference - whole) * 1_000_000).rounded()) : 0
            microsecond = fraction % 1_000_000
            let (days, time) = Self.divide(Int(whole) + fraction / 1_000_000 + Self.referenceDate, 86_400)
            (hour, minute, second) = (time / 3_600, time / 60 % 60, time % 60)
            weekday = Self.divide(days + 3, 7).remainder
            // Counted from 0000-03-01, so that the leap day ends a year (Howard Hinnant's civil_from_days).
            let (era, dayOfEra) = Self.divide(days + 719_468, 146_097)
            let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
            let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
            let shifted = (5 * dayOfYear + 2) / 153
            day = dayOfYear - (153 * shifted + 2) / 5 + 1
            month = shifted < 10 ? shifted + 3 : shifted - 9
            year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
            guard 1...9_999 ~= year else { return nil }
        }

        /// Days from 1970-01-01 to a date of the years 1–9999.
        static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
            let year = month <= 2 ? year - 1 : year
            let (era, yearOfEra) = divide(year, 400)
            let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
            return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        }

        static func days(in month: Int, of year: Int) -> Int {
            switch month {
            case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
            case 4, 6, 9, 11: 30
            default: 31
            }
        }

        private static func divide(_ value: Int, _ divisor: Int) -> (quotient: Int, remainder: Int) {
            let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
            return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
        }
    }

    /// Takes one part after the other.
    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool { position == bytes.count }

        private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

        mutating func take(_ scalar: Unicode.Scalar) -> Bool {
            guard byte == UInt8(ascii: scalar) else { return false }
            position += 1
            return true
        }

        private mutating func digit() -> Int? {
            guard let byte, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
            position += 1
            return Int(byte - UInt8(ascii: "0"))
        }

        mutating func digits(_ count: Int) -> Int? {
            var value = 0
            for _ in 0..<count {
                guard let digit = digit() else { return nil }
                value = value * 10 + digit
            }
            return value
        }

        /// Microseconds; 0 without a fraction, nil for a point without digits. What is finer is dropped.
        mutating func fraction() -> Int? {
            guard take(".") else { return 0 }
            guard var value = digit() else { return nil }
            var scale = 1
            while let digit = digit() {
                guard scale < 6 else { continue }
                value = value * 10 + digit
                scale += 1
            }
            for _ in scale..<6 { value *= 10 }
            return value
        }

        /// Seconds east of UTC.
        mutating func offset() -> Int? {
            if take("Z") || take("z") { return 0 }
            let sign = take("+") ? 1 : take("-") ? -1 : 0
            guard sign != 0, let hour = digits(2), hour < 24, take(":"), let minute = digits(2), minute < 60 else {
                return nil
            }
            return sign * (hour * 3_600 + minute * 60)
        }

        mutating func word(in words: [String]) -> Int? {
            for (index, word) in words.enumerated() where bytes[position...].starts(with: word.utf8) {
                position += word.utf8.count
                return index
            }
            return nil
        }
    }
}
