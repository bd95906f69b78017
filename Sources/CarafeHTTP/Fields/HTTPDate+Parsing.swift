extension HTTPDate {
    /// The moment that `value` names in one of the three formats of RFC 9110 §5.6.7; nil for anything else.
    ///
    /// ```
    /// Sun, 06 Nov 1994 08:49:37 GMT    IMF-fixdate, the only one to be sent
    /// Sunday, 06-Nov-94 08:49:37 GMT   RFC 850; a year more than 50 years ahead is in the past century
    /// Sun Nov  6 08:49:37 1994         asctime
    /// ```
    ///
    /// Also taken: four digits of a year between hyphens, as cookies have them, `UTC` for `GMT`, one digit of a
    /// day, and names in any case. The day's name must be one but is not held against the date.
    public init?(parsing value: String) {
        self.init(parsing: value, now: .now)
    }

    init?(parsing value: String, now: HTTPDate) {
        var scanner = DateScanner(bytes: Array(value.utf8))
        guard scanner.weekday() else { return nil }
        let date: HTTPDate?
        if scanner.skip(0x2C) {
            scanner.skipSpaces()
            date = scanner.dayFirst(now: now)
        } else {
            guard scanner.skipSpaces() else { return nil }
            date = scanner.asctime()
        }
        scanner.skipSpaces()
        guard let date, scanner.isAtEnd else { return nil }
        self = date
    }
}

/// Reads the parts of a date from left to right.
private struct DateScanner {
    let bytes: [UInt8]
    private var index = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { index == bytes.count }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    @discardableResult
    mutating func skipSpaces() -> Bool {
        let start = index
        while index < bytes.count, FieldSyntax.isWhitespace(bytes[index]) { index += 1 }
        return index > start
    }

    /// A day's name, whole or its first three letters.
    mutating func weekday() -> Bool {
        skipSpaces()
        let name = letters()
        return HTTPDate.weekdays.contains {
            FieldSyntax.sameIgnoringCase($0, name) || FieldSyntax.sameIgnoringCase($0.prefix(3), name)
        }
    }

    /// `06 Nov 1994 08:49:37 GMT`, with spaces or with hyphens.
    mutating func dayFirst(now: HTTPDate) -> HTTPDate? {
        guard let day = number(digits: 1...2) else { return nil }
        let hyphens = skip(0x2D)
        guard hyphens || skipSpaces(), let month = month() else { return nil }
        guard hyphens ? skip(0x2D) : skipSpaces(), let year = year(now: now, twoDigits: hyphens) else { return nil }
        guard skipSpaces(), let second = timeOfDay(), skipSpaces() else { return nil }
        let zone = letters()
        guard
            FieldSyntax.sameIgnoringCase(zone, Array("GMT".utf8))
                || FieldSyntax.sameIgnoringCase(zone, Array("UTC".utf8))
        else { return nil }
        return date(year: year, month: month, day: day, second: second)
    }

    /// `Nov  6 08:49:37 1994`
    mutating func asctime() -> HTTPDate? {
        guard let month = month(), skipSpaces(), let day = number(digits: 1...2) else { return nil }
        guard skipSpaces(), let second = timeOfDay(), skipSpaces(), let year = number(digits: 4...4) else { return nil }
        return date(year: year, month: month, day: day, second: second)
    }

    private mutating func letters() -> ArraySlice<UInt8> {
        let start = index
        while index < bytes.count, FieldSyntax.lowercased(bytes[index]) &- 0x61 < 26 { index += 1 }
        return bytes[start..<index]
    }

    private mutating func number(digits: ClosedRange<Int>) -> Int? {
        let start = index
        while index < bytes.count, FieldSyntax.isDigit(bytes[index]) { index += 1 }
        return digits.contains(index - start) ? FieldSyntax.decimal(bytes[start..<index]) : nil
    }

    private mutating func month() -> Int? {
        let name = letters()
        return HTTPDate.months.firstIndex { FieldSyntax.sameIgnoringCase($0, name) }.map { $0 + 1 }
    }

    private mutating func year(now: HTTPDate, twoDigits: Bool) -> Int? {
        let start = index
        guard let year = number(digits: 2...4) else { return nil }
        switch index - start {
        case 4: return year
        case 2 where twoDigits:
            let current = HTTPDate.civil(fromDays: now.secondsSinceEpoch / 86_400).year
            let sameCentury = current - current % 100 + year
            return sameCentury > current + 50 ? sameCentury - 100 : sameCentury
        default: return nil
        }
    }

    /// `08:49:37` in seconds; a leap second is the first of the next minute.
    private mutating func timeOfDay() -> Int? {
        guard let hour = number(digits: 2...2), hour < 24, skip(0x3A) else { return nil }
        guard let minute = number(digits: 2...2), minute < 60, skip(0x3A) else { return nil }
        guard let second = number(digits: 2...2), second <= 60 else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    private func date(year: Int, month: Int, day: Int, second: Int) -> HTTPDate? {
        guard year >= 1, day >= 1 else { return nil }
        let days = HTTPDate.days(year: year, month: month, day: day)
        // The 31st of a shorter month would be a day of the next.
        guard HTTPDate.civil(fromDays: days).month == month else { return nil }
        return HTTPDate(secondsSinceEpoch: days * 86_400 + second)
    }
}
