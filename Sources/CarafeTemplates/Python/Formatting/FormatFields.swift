/// Reads a format of `str.format` piece by piece: `Hello {name!r:>{width}}`.
struct FormatFields {
    /// Text, and the field behind it.
    struct Piece {
        var literal: ArraySlice<UInt8>
        var field: Field?
    }

    struct Field {
        var name: ArraySlice<UInt8> = []
        var conversion: Unicode.Scalar?
        var specification: ArraySlice<UInt8> = []
        /// Whether there are fields in the specification.
        var isNested = false
    }

    private let format: ArraySlice<UInt8>
    private var position: Int

    /// A reader of the UTF-8 of a format.
    init(_ format: ArraySlice<UInt8>) {
        self.format = format
        position = format.startIndex
    }

    /// The next piece, or nil at the end.
    ///
    /// - Throws: Python's `ValueError`
    mutating func next() throws -> Piece? {
        guard position < format.endIndex else { return nil }
        let start = position
        guard let brace = format[start...].firstIndex(where: { $0 == 0x7B || $0 == 0x7D }) else {
            position = format.endIndex
            return Piece(literal: format[start...])
        }
        position = brace + 1
        let isDoubled = position < format.endIndex && format[position] == format[brace]
        if isDoubled {
            position += 1
            return Piece(literal: format[start...brace])
        }
        if format[brace] == 0x7D { throw Self.error("Single '}' encountered in format string") }
        if position == format.endIndex { throw Self.error("Single '{' encountered in format string") }
        return Piece(literal: format[start..<brace], field: try field())
    }

    private mutating func field() throws -> Field {
        var field = Field()
        let start = position
        var end: Unicode.Scalar?
        name: while let next = read() {
            switch next {
            case "{": throw Self.error("unexpected '{' in field name")
            case "[": while position < format.endIndex, format[position] != 0x5D { position += 1 }
            case "}", ":", "!":
                end = next
                break name
            default: continue
            }
        }
        guard let end else { throw Self.error("expected '}' before end of string") }
        field.name = format[start..<(position - 1)]
        if end == "}" { return field }
        if end == "!" {
            guard let conversion = FormatText.scalar(format, at: position) else {
                throw Self.error("end of string while looking for conversion specifier")
            }
            field.conversion = conversion
            position += UTF8.width(conversion)
            if let next = read() {
                if next == "}" { return field }
                if next != ":" { throw Self.error("expected ':' after conversion specifier") }
            }
        }
        try readSpecification(&field)
        return field
    }

    /// Reads up to the brace that closes the field.
    private mutating func readSpecification(_ field: inout Field) throws {
        let start = position
        var depth = 1
        while let next = read() {
            if next == "{" {
                field.isNested = true
                depth += 1
            } else if next == "}" {
                depth -= 1
                if depth == 0 {
                    field.specification = format[start..<(position - 1)]
                    return
                }
            }
        }
        throw Self.error("unmatched '{' in format spec")
    }

    /// The next byte as the character that it is in ASCII; those of others are none of these.
    private mutating func read() -> Unicode.Scalar? {
        guard position < format.endIndex else { return nil }
        defer { position += 1 }
        return Unicode.Scalar(format[position])
    }

    static func error(_ message: String) -> TemplateError { TemplateError(.valueError, message) }
}

/// The name of a field taken apart: `user.names[0]` is the argument `user`, its attribute `names`, and of that the item 0.
struct FormatFieldName {
    enum First {
        case automatic
        case position(Int)
        case name(String)
    }

    enum Step {
        case attribute(String)
        case item(TemplateValue)
    }

    let first: First
    private var rest: ArraySlice<UInt8>

    init(_ name: ArraySlice<UInt8>) throws {
        let end = name.firstIndex { $0 == 0x2E || $0 == 0x5B } ?? name.endIndex
        let argument = name[..<end]
        if argument.isEmpty {
            first = .automatic
        } else if let position = try Self.number(argument) {
            first = .position(position)
        } else {
            first = .name(Self.text(argument))
        }
        rest = name[end...]
    }

    /// The next attribute or item to look up, or nil after the last one.
    mutating func next() throws -> Step? {
        guard let mark = rest.popFirst().map({ Unicode.Scalar($0) }) else { return nil }
        guard mark == "." || mark == "[" else {
            throw FormatFields.error("Only '.' or '[' may follow ']' in format field specifier")
        }
        let end: Int
        if mark == "." {
            end = rest.firstIndex { $0 == 0x2E || $0 == 0x5B } ?? rest.endIndex
        } else if let bracket = rest.firstIndex(of: 0x5D) {
            end = bracket
        } else {
            throw FormatFields.error("Missing ']' in format string")
        }
        let name = rest[..<end]
        rest = rest[end...]
        if mark == "[" { rest.removeFirst() }
        let number = mark == "[" ? try Self.number(name) : nil
        guard !name.isEmpty else { throw FormatFields.error("Empty attribute in format string") }
        if mark == "." { return .attribute(Self.text(name)) }
        return .item(number.map { .int($0) } ?? .string(Self.text(name)))
    }

    /// The number that `text` is, or nil where it is none.
    private static func number(_ text: ArraySlice<UInt8>) throws -> Int? {
        guard let first = text.first, first >= 0x80 || (0x30...0x39).contains(first) else { return nil }
        var number = 0
        for scalar in Self.text(text).unicodeScalars {
            guard let digit = PythonText.decimalValue(scalar) else { return nil }
            guard let sum = FormatSpecification.decimal(number, digit) else {
                throw FormatFields.error("Too many decimal digits in format string")
            }
            number = sum
        }
        return number
    }

    static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}

/// Formats as bytes.
enum FormatText {
    /// The code point that begins at a place of `format`; nil at its end.
    static func scalar(_ format: ArraySlice<UInt8>, at position: Int) -> Unicode.Scalar? {
        guard position < format.endIndex else { return nil }
        if format[position] < 0x80 { return Unicode.Scalar(format[position]) }
        return String(decoding: format[position...].prefix(4), as: UTF8.self).unicodeScalars.first
    }
}
