import FoundationEssentials

extension URL: TemplateValueConvertible {
    /// The URL as text.
    public var templateValue: TemplateValue { .string(absoluteString) }
}

extension UUID: TemplateValueConvertible {
    /// The UUID as Python writes it, in lower case, which is how routes write it into URLs too.
    public var templateValue: TemplateValue {
        .string(String(decoding: uuidString.utf8.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self))
    }
}

extension Decimal: TemplateValueConvertible {
    /// An integer if it is a whole number, else the float that is next to it: templates have no decimals to reckon with.
    public var templateValue: TemplateValue {
        let text = description
        return BigInteger(text).map { .integer($0) } ?? .double(Double(text) ?? .nan)
    }
}

extension Data: TemplateValueConvertible {
    /// The bytes, like Python's `bytes`.
    public var templateValue: TemplateValue { .object(TemplateBytes(Array(self))) }
}

extension Date: TemplateValueConvertible {
    /// Python's `datetime` in UTC, to the microsecond: `2024-03-05 07:08:09+00:00`.
    public var templateValue: TemplateValue {
        get throws {
            let moment = timeIntervalSince1970
            // Years 1 to 9999, which Python has too; the initialiser looks closer.
            guard abs(moment) < 1e12 else { throw TemplateError(.overflow, "date value out of range") }
            let seconds = moment.rounded(.down)
            let microseconds = ((moment - seconds) * 1e6).rounded(.toNearestOrEven)
            return .object(
                try TemplateDateTime(secondsSinceEpoch: Int(seconds), microseconds: Int(microseconds), zone: .utc))
        }
    }
}
