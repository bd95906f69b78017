/// A day of the Gregorian calendar, which is taken to have been in use since the year 1, up to 9999.
struct CivilDate: Hashable, Sendable {
    let year: Int
    let month: Int
    let day: Int

    /// A day that there is.
    ///
    /// - Throws: Python's `ValueError`
    init(year: Int, month: Int, day: Int) throws {
        guard (1...9999).contains(year) else { throw TemplateError(.valueError, "year \(year) is out of range") }
        guard (1...12).contains(month) else { throw TemplateError(.valueError, "month must be in 1..12") }
        guard (1...Self.days(in: month, of: year)).contains(day) else {
            throw TemplateError(.valueError, "day is out of range for month")
        }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The day with a number, counted from 1 for the first of January of the year 1; nil for years that are not counted.
    init?(ordinal: Int) {
        guard (1...Self.lastOrdinal).contains(ordinal) else { return nil }
        // Counted from the first of March of the year 0, so that the leap day is the last of its year.
        let days = ordinal + 305
        let (era, dayOfEra) = days.quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    static let lastOrdinal = 3_652_059

    /// The day with which the calendar begins.
    static let first = CivilDate()

    private init() { (year, month, day) = (1, 1, 1) }

    /// The number of the day, counted from 1 for the first of January of the year 1.
    var ordinal: Int { Self.daysBefore(year) + dayOfYear }

    /// The number of the day in its year, from 1.
    var dayOfYear: Int {
        let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1]
        return before + day + (month > 2 && Self.isLeap(year) ? 1 : 0)
    }

    /// 0 for Monday, 6 for Sunday.
    var weekday: Int { (ordinal + 6) % 7 }

    /// The year, week and day of the week (1 for Monday) by ISO 8601, whose first week has the year's first Thursday.
    var isoCalendar: (year: Int, week: Int, weekday: Int) {
        var year = self.year
        var start = Self.isoStart(of: year)
        if ordinal < start {
            year -= 1
            start = Self.isoStart(of: year)
        } else if ordinal >= Self.isoStart(of: year + 1) {
            year += 1
            start = Self.isoStart(of: year)
        }
        return (year, (ordinal - start) / 7 + 1, weekday + 1)
    }

    /// The number of the Monday on which the ISO year begins.
    private static func isoStart(of year: Int) -> Int {
        let first = daysBefore(year) + 1
        let weekday = (first + 6) % 7
        return first - weekday + (weekday > 3 ? 7 : 0)
    }

    private static func daysBefore(_ year: Int) -> Int {
        let past = year - 1
        return past * 365 + past / 4 - past / 100 + past / 400
    }

    static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// `2024-03-05`
    var text: String { "\(Digits.padded(year, 4))-\(Digits.padded(month, 2))-\(Digits.padded(day, 2))" }
}

/// A time of day.
struct ClockTime: Hashable, Sendable {
    let hour: Int
    let minute: Int
    let second: Int
    let microsecond: Int

    /// A time that there is; there are no leap seconds.
    ///
    /// - Throws: Python's `ValueError`
    init(hour: Int, minute: Int, second: Int, microsecond: Int) throws {
        guard (0...23).contains(hour) else { throw TemplateError(.valueError, "hour must be in 0..23") }
        guard (0...59).contains(minute) else { throw TemplateError(.valueError, "minute must be in 0..59") }
        guard (0...59).contains(second) else { throw TemplateError(.valueError, "second must be in 0..59") }
        guard (0...999_999).contains(microsecond) else {
            throw TemplateError(.valueError, "microsecond must be in 0..999999")
        }
        (self.hour, self.minute, self.second, self.microsecond) = (hour, minute, second, microsecond)
    }

    /// The time so many microseconds after midnight, of which those past a day are left out.
    init(microsecondsOfDay: Int) {
        let seconds = microsecondsOfDay / 1_000_000
        hour = seconds / 3600 % 24
        minute = seconds / 60 % 60
        second = seconds % 60
        microsecond = microsecondsOfDay % 1_000_000
    }

    static let midnight = ClockTime(microsecondsOfDay: 0)
    static let microsecondsPerDay = 86_400_000_000

    var microsecondsOfDay: Int { ((hour * 60 + minute) * 60 + second) * 1_000_000 + microsecond }

    /// The parts as `repr` lists them: seconds and microseconds only where they are not zero.
    var listed: String {
        var text = "\(hour), \(minute)"
        if second != 0 || microsecond != 0 { text += ", \(second)" }
        if microsecond != 0 { text += ", \(microsecond)" }
        return text
    }

    /// `07:08:09.000123`, up to the part that `precision` names (Python's `timespec`).
    func text(_ precision: String) throws -> String {
        let minutes = "\(Digits.padded(hour, 2)):\(Digits.padded(minute, 2))"
        let seconds = "\(minutes):\(Digits.padded(second, 2))"
        switch precision {
        case "auto": return microsecond == 0 ? seconds : "\(seconds).\(Digits.padded(microsecond, 6))"
        case "hours": return Digits.padded(hour, 2)
        case "minutes": return minutes
        case "seconds": return seconds
        case "milliseconds": return "\(seconds).\(Digits.padded(microsecond / 1000, 3))"
        case "microseconds": return "\(seconds).\(Digits.padded(microsecond, 6))"
        default: throw TemplateError(.valueError, "Unknown timespec value")
        }
    }
}

/// Numbers with zeros before them.
enum Digits {
    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(width - digits.utf8.count, 0)) + digits
    }
}
