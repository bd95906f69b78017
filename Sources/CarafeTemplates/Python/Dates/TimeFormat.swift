import Glibc

/// `strftime` in the C locale, with what Python adds to it: `%f`, `%z` and `%Z` of the time's own zone.
enum TimeFormat {
    /// A date and time as the directives of `format` print it.
    static func format(
        _ date: CivilDate, _ clock: ClockTime, _ zone: TemplateTimeZone?, _ format: String, _ limits: TemplateLimits
    ) throws -> String {
        try PythonText.check(size: format.utf8.count, limits)
        let prepared = filled(Array(format.utf8), clock, zone)
        var time = components(date, clock)
        var size = 256
        while true {
            let bytes = [CChar](unsafeUninitializedCapacity: size) { buffer, count in
                count = strftime_l(buffer.baseAddress, size, prepared, &time, cLocale)
            }
            // Nothing is written both where nothing fits and where there is nothing to write.
            if !bytes.isEmpty || size > prepared.count * 256 {
                return String(decoding: bytes.lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            }
            size *= 4
            try PythonText.check(size: size / 256, limits)
        }
    }

    private nonisolated(unsafe) static let cLocale = newlocale(Int32(LC_CTYPE_MASK | LC_TIME_MASK), "C", nil)

    /// `format` with the directives that C does not know the values of replaced, and a zero at its end.
    private static func filled(_ format: [UInt8], _ clock: ClockTime, _ zone: TemplateTimeZone?) -> [CChar] {
        var result: [UInt8] = []
        result.reserveCapacity(format.count + 16)
        var index = 0
        while index < format.count {
            let byte = format[index]
            guard byte == 0x25, index + 1 < format.count else {
                result.append(byte)
                index += 1
                continue
            }
            switch format[index + 1] {
            case 0x66: result += Digits.padded(clock.microsecond, 6).utf8
            case 0x7A: result += (zone?.suffix("") ?? "").utf8
            case 0x5A: for letter in (zone?.text ?? "").utf8 { result += letter == 0x25 ? [letter, letter] : [letter] }
            default: result += [byte, format[index + 1]]
            }
            index += 2
        }
        return result.map { CChar(bitPattern: $0) } + [0]
    }

    private static func components(_ date: CivilDate, _ clock: ClockTime) -> tm {
        var time = tm()
        time.tm_year = Int32(date.year - 1900)
        time.tm_mon = Int32(date.month - 1)
        time.tm_mday = Int32(date.day)
        time.tm_hour = Int32(clock.hour)
        time.tm_min = Int32(clock.minute)
        time.tm_sec = Int32(clock.second)
        time.tm_wday = Int32((date.weekday + 1) % 7)
        time.tm_yday = Int32(date.dayOfYear - 1)
        time.tm_isdst = -1
        return time
    }

    /// `Tue Mar  5 07:08:09 2024`
    static func plain(_ date: CivilDate, _ clock: ClockTime) throws -> String {
        try format(date, clock, nil, "%a %b %e %H:%M:%S ", TemplateLimits()) + Digits.padded(date.year, 4)
    }

    /// The seconds since the epoch of a time of the machine's own zone.
    static func localSeconds(_ date: CivilDate, _ clock: ClockTime) -> Int {
        var time = components(date, clock)
        return mktime(&time)
    }
}
