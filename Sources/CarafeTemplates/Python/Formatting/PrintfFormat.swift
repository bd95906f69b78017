/// Python's `format % arguments`, and that of `Markup`, which escapes what it puts in.
enum PrintfFormat {
    /// `format` with its conversions filled with `arguments`: the elements of a tuple, the items of a mapping, or one value.
    ///
    /// - Throws: Python's `TypeError`, `ValueError`, `KeyError` or `OverflowError`
    static func format(
        _ format: String, isMarkup: Bool, _ arguments: TemplateValue, in context: TemplateContext
    ) throws -> String {
        var filling = PrintfFilling(Array(format.utf8), arguments, isMarkup: isMarkup, context.limits)
        return try filling.fill()
    }
}

/// One `%` between a text and its arguments.
private struct PrintfFilling {
    let format: [UInt8]
    var position = 0
    var arguments: PrintfArguments
    let isMarkup: Bool
    let limits: TemplateLimits
    var result: [UInt8] = []

    init(_ format: [UInt8], _ arguments: TemplateValue, isMarkup: Bool, _ limits: TemplateLimits) {
        self.format = format
        self.arguments = PrintfArguments(arguments)
        self.isMarkup = isMarkup
        self.limits = limits
    }

    mutating func fill() throws -> String {
        while let mark = format[position...].firstIndex(of: 0x25) {
            result += format[position..<mark]
            position = mark + 1
            if position < format.count, format[position] == 0x25 {
                position += 1
                result.append(0x25)
            } else {
                try fillConversion()
            }
            try PythonText.check(size: result.count, limits)
        }
        result += format[position...]
        try arguments.expectEnd()
        return String(decoding: result, as: UTF8.self)
    }

    /// `%[(key)][flags][width][.precision][length]type`
    private mutating func fillConversion() throws {
        var conversion = PrintfConversion()
        if position < format.count, format[position] == 0x28 { try arguments.select(readKey()) }
        while position < format.count, conversion.readFlag(Unicode.Scalar(format[position])) { position += 1 }
        try readWidth(&conversion)
        try readPrecision(&conversion)
        if position < format.count, [0x68, 0x6C, 0x4C].contains(format[position]) { position += 1 }
        guard let type = FormatText.scalar(format[...], at: position) else {
            throw FormatFields.error("incomplete format")
        }
        conversion.type = type
        let typePosition = position
        position += UTF8.width(type)
        let value = try arguments.next().plain
        guard conversion.isKnown else {
            let index = format[..<typePosition].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
            let shown = (31...126).contains(type.value) ? String(type) : "?"
            throw FormatFields.error(
                "unsupported format character '\(shown)' (0x\(String(type.value, radix: 16))) at index \(index)")
        }
        try conversion.append(value, isMarkup: isMarkup, limits, to: &result)
    }

    /// The key between parentheses, in which there may be more of them.
    private mutating func readKey() throws -> String {
        guard arguments.hasMapping else { throw TemplateError(.typeError, "format requires a mapping") }
        let start = position + 1
        var depth = 0
        while position < format.count {
            if format[position] == 0x28 { depth += 1 }
            if format[position] == 0x29 { depth -= 1 }
            position += 1
            if depth == 0 { return FormatFieldName.text(format[start..<(position - 1)]) }
        }
        throw FormatFields.error("incomplete format key")
    }

    private mutating func readWidth(_ conversion: inout PrintfConversion) throws {
        if position < format.count, format[position] == 0x2A {
            position += 1
            guard let width = try star() else {
                throw TemplateError(.overflow, "Python int too large to convert to C ssize_t")
            }
            if width < 0 { conversion.isLeft = true }
            conversion.width = Int(clamping: width.magnitude)
        } else {
            conversion.width = try readNumber(limit: Int.max, "width too big") ?? 0
        }
        try PythonText.check(size: conversion.width, limits)
    }

    private mutating func readPrecision(_ conversion: inout PrintfConversion) throws {
        guard position < format.count, format[position] == 0x2E else { return }
        position += 1
        if position < format.count, format[position] == 0x2A {
            position += 1
            guard let precision = try star().flatMap({ Int32(exactly: $0) }) else {
                throw TemplateError(.overflow, "Python int too large to convert to C int")
            }
            conversion.precision = max(Int(precision), 0)
        } else {
            conversion.precision = try readNumber(limit: Int(Int32.max), "precision too big") ?? 0
        }
    }

    /// The argument that `*` stands for; nil where it is larger than `Int`.
    private mutating func star() throws -> Int? {
        let value = try arguments.next()
        guard !isMarkup, let integer = PythonInteger(value) else { throw TemplateError(.typeError, "* wants int") }
        if case .small(let number) = integer { return number }
        return nil
    }

    private mutating func readNumber(limit: Int, _ complaint: String) throws -> Int? {
        var number: Int?
        while position < format.count, (0x30...0x39).contains(format[position]) {
            let digit = Int(format[position]) - 0x30
            guard let sum = FormatSpecification.decimal(number ?? 0, digit), sum <= limit else {
                throw FormatFields.error(complaint)
            }
            number = sum
            position += 1
        }
        return number
    }
}

/// What `%` puts in, one after another or by name.
struct PrintfArguments {
    private let whole: TemplateValue
    /// The values of a tuple; nil for one value or an item by name.
    private let elements: TemplateTuple?
    /// The value that is taken next where there is no tuple.
    private var single: TemplateValue?
    private var position = 0
    /// Whether there are items by name.
    let hasMapping: Bool

    init(_ arguments: TemplateValue) {
        whole = arguments
        if case .tuple(let elements) = arguments {
            self.elements = elements
            hasMapping = false
        } else {
            elements = nil
            single = arguments
            hasMapping = Self.hasItems(arguments)
        }
    }

    /// Whether Python's type of the value has `__getitem__` and is no text.
    private static func hasItems(_ value: TemplateValue) -> Bool {
        switch value {
        case .dict, .list, .undefined: return true
        case .object(let object): return object.isMapping || ((try? object.length) ?? nil) != nil
        default: return false
        }
    }

    /// Goes on with the item under `key` alone.
    mutating func select(_ key: String) throws {
        single = try PythonSubscript.item(.string(key), of: whole)
    }

    mutating func next() throws -> TemplateValue {
        if let elements {
            if position < elements.count {
                defer { position += 1 }
                return elements.elements[position]
            }
        } else if let next = single {
            single = nil
            return next
        }
        throw TemplateError(.typeError, "not enough arguments for format string")
    }

    /// Refuses arguments that were not used; those by name need not be.
    func expectEnd() throws {
        let isUsed = elements.map { position >= $0.count } ?? (single == nil)
        guard isUsed || hasMapping else {
            throw TemplateError(.typeError, "not all arguments converted during string formatting")
        }
    }
}
