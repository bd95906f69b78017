import TemplateCases

@testable import CarafeTemplates

/// Dates and times of cases, in ISO 8601 as Python's `isoformat` writes it.
enum CaseDates {
    static func value(_ tag: String, _ text: String) throws -> TemplateValue? {
        let isZoned = text.utf8.dropFirst(10).contains { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
        let zone = isZoned ? String(text.suffix(6)) : ""
        let parts = numbers(isZoned ? String(text.dropLast(6)) : text)
        switch tag {
        case "$date": return .object(try TemplateDate(year: parts[0], month: parts[1], day: parts[2]))
        case "$time":
            return .object(try TemplateTime(hour: parts[0], minute: parts[1], second: parts.count > 2 ? parts[2] : 0))
        case "$datetime":
            return .object(
                try TemplateDateTime(
                    year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4], second: parts[5],
                    microsecond: microseconds(text), zone: timeZone(zone)))
        default: return nil
        }
    }

    /// The whole numbers in a text.
    private static func numbers(_ text: String) -> [Int] {
        text.utf8.split { !(0x30...0x39).contains($0) }.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    }

    private static func microseconds(_ text: String) -> Int {
        guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return 0 }
        let digits = text.utf8[point...].dropFirst().prefix { (0x30...0x39).contains($0) }
        return Int(String(decoding: Array(digits) + Array(repeating: 0x30, count: 6 - digits.count), as: UTF8.self))
            ?? 0
    }

    /// `+02:00`; nil for none.
    private static func timeZone(_ text: String) -> TemplateTimeZone? {
        let parts = numbers(text)
        guard parts.count == 2 else { return nil }
        let seconds = (parts[0] * 60 + parts[1]) * 60
        return TemplateTimeZone(offset: text.utf8.first == UInt8(ascii: "-") ? -seconds : seconds)
    }
}
