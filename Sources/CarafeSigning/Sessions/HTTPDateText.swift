import FoundationEssentials

/// A moment as the text that Werkzeug's `http_date` writes: `Tue, 02 Jan 2024 03:04:05 GMT`.
enum HTTPDateText {
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let secondsPerDay = 86_400

    /// The text of a moment, in UTC, without fractions of a second; nil outside of the years 1 to 9999.
    static func text(of date: Date) -> String? {
        guard
            let seconds = Int(exactly: date.timeIntervalSince1970.rounded(.down)),
            seconds >= days(year: 1, month: 1, day: 1) * secondsPerDay,
            seconds < days(year: 10_000, month: 1, day: 1) * secondsPerDay
        else { return nil }
        let second = floorRemainder(seconds, secondsPerDay)
        let day = (seconds - second) / secondsPerDay
        let (year, month, dayOfMonth) = civilDate(day: day)
        let time = [second / 3600, second / 60 % 60, second % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(weekdays[floorRemainder(day, 7)]), \(padded(dayOfMonth, 2)) \(months[month - 1]) "
            + "\(padded(year, 4)) \(time) GMT"
    }

    /// The moment that a text of exactly that form tells; nil for any other. The day of the week is not checked.
    static func date(from text: String) -> Date? {
        let bytes = Array(text.utf8)
        guard
            bytes.count == 29, bytes[3...4].elementsEqual(", ".utf8), bytes[7] == UInt8(ascii: " "),
            bytes[11] == UInt8(ascii: " "), bytes[16] == UInt8(ascii: " "), bytes[19] == UInt8(ascii: ":"),
            bytes[22] == UInt8(ascii: ":"), bytes[25...].elementsEqual(" GMT".utf8),
            let month = months.firstIndex(where: { $0.utf8.elementsEqual(bytes[8...10]) }).map({ $0 + 1 }),
            let dayOfMonth = decimalNumber(bytes[5...6]), let year = decimalNumber(bytes[12...15]),
            let hour = decimalNumber(bytes[17...18]),
            let minute = decimalNumber(bytes[20...21]), let second = decimalNumber(bytes[23...24]),
            year >= 1, dayOfMonth >= 1, hour < 24, minute < 60, second < 60
        else { return nil }
        let day = days(year: year, month: month, day: dayOfMonth)
        // A day that its month does not have comes back as a day of the next month.
        guard civilDate(day: day) == (year, month, dayOfMonth) else { return nil }
        return Date(timeIntervalSince1970: Double(day * secondsPerDay + hour * 3600 + minute * 60 + second))
    }

    /// Days from 1970-01-01, in the proleptic Gregorian calendar, counted in 400-year eras of years that begin in March.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let yearOfEra = floorRemainder(year, 400)
        let era = (year - yearOfEra) / 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The calendar date of a count of days from 1970-01-01; the inverse of `days`.
    private static func civilDate(day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let dayOfEra = floorRemainder(shifted, 146_097)
        let era = (shifted - dayOfEra) / 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func floorRemainder(_ dividend: Int, _ divisor: Int) -> Int {
        let remainder = dividend % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
