/// Reads dates and times from text: SQLAlchemy's formats on SQLite, PostgreSQL's ISO style, and ISO 8601.
struct DateTimeScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    /// Runs `body` on the text; nil unless all of it is read.
    static func scan<Value>(_ text: String, _ body: (inout DateTimeScanner) -> Value?) -> Value? {
        var text = text
        return text.withUTF8 { bytes in
            var scanner = DateTimeScanner(bytes: bytes)
            guard let value = body(&scanner), scanner.isAtEnd else { return nil }
            return value
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool { index == bytes.count }

    /// Year, month and day, not yet checked: whether the year is one before Christ is only known at the end of the text.
    struct Day {
        var (year, month, day) = (0, 0, 0)

        func date(beforeChrist: Bool) -> LocalDate? {
            if beforeChrist && year < 1 { return nil }
            return LocalDate(year: beforeChrist ? 1 - year : year, month: month, day: day)
        }
    }

    /// `2024-01-02`, with a year of four to seven digits and perhaps a sign.
    mutating func day() -> Day? {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        guard let year = digits(4...7), take("-"), let month = digits(1...2), take("-"), let day = digits(1...2) else {
            return nil
        }
        return Day(year: isNegative ? -year : year, month: month, day: day)
    }

    /// `03:04`, `03:04:05` or `03:04:05.000006`; what is finer than microseconds is left out.
    mutating func time() -> LocalTime? {
        guard let hour = digits(1...2), take(":"), let minute = digits(2...2) else { return nil }
        var (second, microsecond) = (0, 0)
        if take(":") {
            guard let seconds = digits(2...2) else { return nil }
            second = seconds
            if take(".") || take(",") {
                guard let fraction = fraction() else { return nil }
                microsecond = fraction
            }
        }
        if hour == 24 { return minute + second + microsecond == 0 ? LocalTime(microseconds: 86_400_000_000) : nil }
        return LocalTime(hour: hour, minute: minute, second: second, microsecond: microsecond)
    }

    /// ` BC` at the end of a date of PostgreSQL's.
    mutating func era() -> Bool {
        guard index + 3 == bytes.count, bytes[index] == UInt8(ascii: " "), bytes[index + 1] == UInt8(ascii: "B"),
            bytes[index + 2] == UInt8(ascii: "C")
        else { return false }
        index += 3
        return true
    }

    /// What separates date and time: a space, `T` or `t`.
    mutating func separator() -> Bool { take(" ") || take("T") || take("t") }

    /// `Z`, `+02`, `+0200`, `+02:00` or `+02:00:30`, in seconds; nil where there is none, or no right one.
    mutating func zone() -> Int? {
        if take("Z") || take("z") { return 0 }
        let isNegative = take("-")
        guard isNegative || take("+"), let hours = digits(2...2), hours < 24 else { return nil }
        var seconds = hours * 3600
        if take(":") || isAtDigit {
            guard let minutes = digits(2...2), minutes < 60 else { return nil }
            seconds += minutes * 60
            if take(":") {
                guard let rest = digits(2...2), rest < 60 else { return nil }
                seconds += rest
            }
        }
        return isNegative ? -seconds : seconds
    }

    private var isAtDigit: Bool { index < bytes.count && isDigit(bytes[index]) }

    private mutating func digits(_ count: ClosedRange<Int>) -> Int? {
        var (value, taken) = (0, 0)
        while taken < count.upperBound, isAtDigit {
            value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
            index += 1
            taken += 1
        }
        return taken >= count.lowerBound ? value : nil
    }

    private mutating func fraction() -> Int? {
        var (value, scale, taken) = (0, 100_000, 0)
        while isAtDigit {
            value += scale * Int(bytes[index] - UInt8(ascii: "0"))
            scale /= 10
            index += 1
            taken += 1
        }
        return taken > 0 ? value : nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

/// Writes numbers of dates and times, with zeros before them.
struct DateTimeWriter {
    private var bytes: [UInt8] = []

    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func write(_ character: Unicode.Scalar) { bytes.append(UInt8(ascii: character)) }

    mutating func write(_ number: some BinaryInteger, digits: Int) {
        if number < 0 { write("-") }
        let text = String(number.magnitude)
        for _ in 0..<max(0, digits - text.utf8.count) { write("0") }
        bytes.append(contentsOf: text.utf8)
    }

    mutating func write(_ date: LocalDate) {
        write(date.year, digits: 4)
        write("-")
        write(date.month, digits: 2)
        write("-")
        write(date.day, digits: 2)
    }

    /// - Parameter fraction: whether microseconds are written where there are none, as SQLAlchemy does on SQLite
    mutating func write(_ time: LocalTime, alwaysFraction: Bool) {
        write(time.hour, digits: 2)
        write(":")
        write(time.minute, digits: 2)
        write(":")
        write(time.second, digits: 2)
        let microsecond = time.microsecond
        guard alwaysFraction || microsecond > 0 else { return }
        write(".")
        write(microsecond, digits: 6)
    }
}
