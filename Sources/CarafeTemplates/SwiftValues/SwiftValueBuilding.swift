// Dictionaries and integers from what Swift code and texts of numbers give.

extension TemplateValue {
    /// A dictionary of `entries`; later ones with the same name replace the value of earlier ones.
    public static func dict(named entries: [(name: String, value: TemplateValue)]) -> TemplateValue {
        .dict(TemplateDict(TemplateDictStorage(named: entries.lazy.map { ($0.name, $0.value) })))
    }

    /// A dictionary of `entries`; later ones with the same key replace the value of earlier ones.
    ///
    /// - Throws: a `TypeError` where a key is not hashable
    static func dict(entries: [(key: TemplateValue, value: TemplateValue)]) throws -> TemplateValue {
        var storage = TemplateDictStorage()
        for (key, value) in entries { storage[try key.key()] = value }
        return .dict(TemplateDict(storage))
    }

    /// The integer that `digits` write in ASCII; nil for more than Python reads (4300, unless `radix` is a power of two).
    static func integer(digits: [UInt8], radix: Int) -> TemplateValue? {
        let text = String(decoding: digits, as: UTF8.self)
        if let value = Int(text, radix: radix) { return .int(value) }
        let isLimited = radix.nonzeroBitCount != 1
        guard !isLimited || digits.count <= BigInteger.maximumDecimalDigits else { return nil }
        return BigInteger(text, base: radix).map { .integer($0) }
    }
}

extension BigInteger {
    /// The same number.
    init(_ value: some FixedWidthInteger) {
        var magnitude = value.magnitude
        var words: [UInt] = []
        while magnitude != 0 {
            words.append(UInt(truncatingIfNeeded: magnitude))
            magnitude = type(of: magnitude).bitWidth > UInt.bitWidth ? magnitude >> UInt.bitWidth : 0
        }
        self.init(magnitude: words, isNegative: value < 0)
    }
}
