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
