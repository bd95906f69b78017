import CarafeSQL

/// Intervals as PostgreSQL writes them, with `IntervalStyle = iso_8601` as Carafe asks for or in its own style, and as it reads them.
enum IntervalText {
    static func append(_ value: SQLInterval, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "P\(value.months)M\(value.days)DT".utf8)
        // Seconds alone would be right too, but the server reads no more than 32 bits of them.
        let seconds = value.microseconds / 1_000_000
        bytes.append(contentsOf: "\(seconds / 3_600)H\(seconds / 60 % 60)M".utf8)
        if value.microseconds < 0 { bytes.append(UInt8(ascii: "-")) }
        Digits.append((seconds % 60).magnitude, to: &bytes)
        bytes.append(UInt8(ascii: "."))
        Digits.append((value.microseconds % 1_000_000).magnitude, width: 6, to: &bytes)
        bytes.append(UInt8(ascii: "S"))
    }

    /// `P1Y2M3DT4H5M6.7S` or `1 year 2 mons 3 days 04:05:06.7`; nil where it is neither.
    static func interval(_ text: UnsafeBufferPointer<UInt8>) -> SQLInterval? {
        var reader = TextReader(text)
        var sum = Sum()
        let isRead = reader.take(UInt8(ascii: "P")) ? readISO(&reader, &sum) : readPlain(&reader, &sum)
        guard isRead, let months = Int32(exactly: sum.months), let days = Int32(exactly: sum.days) else { return nil }
        return SQLInterval(months: months, days: days, microseconds: sum.microseconds)
    }

    private struct Sum {
        var months: Int64 = 0
        var days: Int64 = 0
        var microseconds: Int64 = 0

        /// Adds so many of a unit; false where that is too much.
        mutating func add(_ number: Int64, of unit: Int64, to part: WritableKeyPath<Sum, Int64>) -> Bool {
            let (product, first) = number.multipliedReportingOverflow(by: unit)
            let (total, second) = self[keyPath: part].addingReportingOverflow(product)
            self[keyPath: part] = total
            return !first && !second
        }
    }

    private static func readISO(_ reader: inout TextReader, _ sum: inout Sum) -> Bool {
        var isTime = false
        while let byte = reader.next {
            if byte == UInt8(ascii: "T") {
                guard !isTime else { return false }
                isTime = true
                reader.index += 1
                continue
            }
            let isNegative = reader.take(UInt8(ascii: "-"))
            guard let magnitude = reader.digits(1...18), let fraction = reader.microseconds(), let unit = reader.next
            else { return false }
            reader.index += 1
            let number = Int64(isNegative ? -magnitude : magnitude)
            let isAdded =
                switch (unit, isTime) {
                case (UInt8(ascii: "Y"), false): sum.add(number, of: 12, to: \.months)
                case (UInt8(ascii: "M"), false): sum.add(number, of: 1, to: \.months)
                case (UInt8(ascii: "W"), false): sum.add(number, of: 7, to: \.days)
                case (UInt8(ascii: "D"), false): sum.add(number, of: 1, to: \.days)
                case (UInt8(ascii: "H"), true): sum.add(number, of: 3_600_000_000, to: \.microseconds)
                case (UInt8(ascii: "M"), true): sum.add(number, of: 60_000_000, to: \.microseconds)
                case (UInt8(ascii: "S"), true):
                    sum.add(number, of: 1_000_000, to: \.microseconds)
                        && sum.add(Int64(isNegative ? -fraction : fraction), of: 1, to: \.microseconds)
                default: false
                }
            guard isAdded else { return false }
        }
        return true
    }

    private static func readPlain(_ reader: inout TextReader, _ sum: inout Sum) -> Bool {
        var isEmpty = true
        while !reader.isAtEnd {
            guard isEmpty || reader.take(UInt8(ascii: " ")) else { return false }
            isEmpty = false
            let isNegative = reader.take(UInt8(ascii: "-"))
            if !isNegative { _ = reader.take(UInt8(ascii: "+")) }
            guard let magnitude = reader.digits(1...18) else { return false }
            let number = Int64(isNegative ? -magnitude : magnitude)
            if reader.take(UInt8(ascii: ":")) {
                guard let minutes = reader.digits(2...2), reader.take(UInt8(ascii: ":")),
                    let seconds = reader.digits(2...2), let fraction = reader.microseconds(), reader.isAtEnd
                else { return false }
                let rest = Int64((minutes * 60 + seconds) * 1_000_000 + fraction)
                return sum.add(number, of: 3_600_000_000, to: \.microseconds)
                    && sum.add(isNegative ? -rest : rest, of: 1, to: \.microseconds)
            }
            guard reader.take(UInt8(ascii: " ")), readUnit(&reader, number, &sum) else { return false }
        }
        return !isEmpty
    }

    private static func readUnit(_ reader: inout TextReader, _ number: Int64, _ sum: inout Sum) -> Bool {
        let isAdded: Bool
        if reader.take("year") {
            isAdded = sum.add(number, of: 12, to: \.months)
        } else if reader.take("mon") {
            isAdded = sum.add(number, of: 1, to: \.months)
        } else if reader.take("day") {
            isAdded = sum.add(number, of: 1, to: \.days)
        } else {
            return false
        }
        _ = reader.take(UInt8(ascii: "s"))
        return isAdded
    }
}
