/// Values as JSON that may stand in HTML, as Python's `json.dumps` and Jinja's `htmlsafe_json_dumps` write it: with `<`, `>`,
/// `&` and `'` escaped.
///
/// No recursion: containers that are being written wait on a stack of their own.
struct JSONWriter {
    private let sortsKeys: Bool
    /// What each level of depth puts before a line; nil for all on one line.
    private let indentation: String?
    private let itemSeparator: String
    private let keySeparator: String
    /// By byte, whether text has it escaped.
    private let needsEscape: [Bool]
    private let limits: TemplateLimits

    private var output: [UInt8] = []
    private var frames: [Frame] = []
    private var written = WrittenParts<Part>()

    /// A container, and how deep it is: so far its lines are indented.
    private struct Part: Hashable {
        let identity: ObjectIdentifier
        let depth: Int
    }

    /// A container of which the first elements are written.
    private struct Frame {
        let content: Content
        let container: TemplateValue
        let identity: ObjectIdentifier
        /// Where its text starts.
        let start: Int
        var position = 0
    }

    private enum Content {
        case elements([TemplateValue])
        case items([(key: TemplateValue, value: TemplateValue)])
    }

    /// Where Python gives up.
    private static let maximumDepth = 1000

    init(_ format: TemplateJSONFormat, limits: TemplateLimits) throws {
        sortsKeys = format.sortsKeys
        indentation = try format.indentation.map { try Self.safeInHTML($0, limits) }
        let separators = format.separators ?? (item: indentation == nil ? ", " : ",", key: ": ")
        itemSeparator = try Self.safeInHTML(separators.item, limits)
        keySeparator = try Self.safeInHTML(separators.key, limits)
        needsEscape = format.escapesNonASCII ? Self.escapedOfASCII : Self.escapedOfUnicode
        self.limits = limits
    }

    /// The indentation that the argument `indent` asks for: a text, or so many blanks.
    static func indentation(_ indent: TemplateValue, in context: TemplateContext) throws -> String? {
        if indent.isNone { return nil }
        if let soft = SoftText(string: indent) { return soft.text }
        return try TemplateValue.string(" ").binary(.multiply, indent, in: context).text
    }

    /// Any JSON with the characters escaped that HTML takes for its own.
    static func safeInHTML(_ json: String, _ limits: TemplateLimits) throws -> String {
        var safe = json
        for (character, escape) in [("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("'", "\\u0027")] {
            safe = try PythonText.replace(character, by: escape, in: safe, limits: limits)
        }
        return safe
    }

    /// The JSON of `value`.
    ///
    /// - Throws: a `TypeError` for what has no form in JSON, a `ValueError` for containers that contain themselves
    mutating func json(of value: TemplateValue, in context: TemplateContext) throws -> String {
        try write(value, context)
        while !frames.isEmpty {
            try writeNext(context)
            try PythonText.check(size: output.count, limits)
        }
        return String(decoding: output, as: UTF8.self)
    }

    private mutating func writeNext(_ context: TemplateContext) throws {
        let last = frames.count - 1
        let position = frames[last].position
        frames[last].position += 1
        switch frames[last].content {
        case .elements(let elements):
            guard position < elements.count else { return try close("]") }
            try separate(position)
            try write(elements[position], context)
        case .items(let items):
            guard position < items.count else { return try close("}") }
            try separate(position)
            try writeKey(items[position].key)
            append(keySeparator)
            try write(items[position].value, context)
        }
    }

    private mutating func separate(_ position: Int) throws {
        if position > 0 { append(itemSeparator) }
        try startLine()
    }

    private mutating func close(_ end: String) throws {
        let frame = frames.removeLast()
        try startLine()
        append(end)
        let part = part(frame.identity)
        written.remember(part, frame.container, from: frame.start, in: output)
    }

    /// The container of this identity where the next one is written.
    private func part(_ identity: ObjectIdentifier) -> Part {
        Part(identity: identity, depth: indentation == nil ? 0 : frames.count)
    }

    /// A new line and its indentation, where there are lines.
    private mutating func startLine() throws {
        guard let indentation else { return }
        append("\n")
        let (size, overflow) = indentation.utf8.count.multipliedReportingOverflow(by: frames.count)
        try PythonText.check(size: overflow ? .max : size, limits)
        for _ in frames.indices { output += indentation.utf8 }
    }
}

// MARK: - Values

extension JSONWriter {
    private mutating func write(_ value: TemplateValue, _ context: TemplateContext) throws {
        switch value {
        case .none: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .int(let number): output += String(number).utf8
        case .bigInt: output += try value.representation.utf8
        case .double(let number): append(try Self.text(of: number))
        case .string(let text), .markup(let text): append(quoted: text)
        case .list(let list): try open(value, list) { .elements(list.elements) }
        case .tuple(let tuple): try open(value, tuple) { .elements(tuple.elements) }
        case .dict(let dict): try open(value, dict) { .items(try value.items(in: context)) }
        case .object(let object): try write(object, value, context)
        case .undefined: throw Self.notSerializable(value)
        }
    }

    private mutating func write(
        _ object: any TemplateObject, _ value: TemplateValue, _ context: TemplateContext
    ) throws {
        if let group = object as? GroupTuple {
            try write(group.tuple, context)
        } else if let standIn = object as? StandIn {
            try write(standIn.value, context)
        } else if object.isMapping {
            try open(value, object) { .items(try value.items(in: context)) }
        } else {
            throw Self.notSerializable(value)
        }
    }

    private static func notSerializable(_ value: TemplateValue) -> TemplateError {
        // Python says the name without that of a module here.
        let name = PythonText.split(value.typeName, by: ".").last ?? ""
        return TemplateError(.typeError, "Object of type \(name) is not JSON serializable")
    }

    private mutating func open(_ container: TemplateValue, _ object: AnyObject, _ content: () throws -> Content) throws
    {
        let identity = ObjectIdentifier(object)
        let part = part(identity)
        if written.append(part, to: &output) { return }
        let start = output.count
        var content = try content()
        switch content {
        case .elements(let elements):
            guard !elements.isEmpty else { return append("[]") }
            append("[")
        case .items(let items):
            guard !items.isEmpty else { return append("{}") }
            append("{")
            if sortsKeys { content = .items(try Self.sorted(items)) }
        }
        if frames.contains(where: { $0.identity == identity }) {
            throw TemplateError(.valueError, "Circular reference detected")
        }
        guard frames.count < Self.maximumDepth else {
            throw TemplateError(.recursion, "maximum recursion depth exceeded while encoding a JSON object")
        }
        frames.append(Frame(content: content, container: container, identity: identity, start: start))
    }

    /// Python sorts pairs of keys and values; as keys differ, they alone decide.
    private static func sorted(
        _ items: [(key: TemplateValue, value: TemplateValue)]
    ) throws -> [(key: TemplateValue, value: TemplateValue)] {
        if items.count == 1 { return items }
        let order = try StableSort.order(count: items.count) { left, right in
            if case .string(let left) = items[left].key, case .string(let right) = items[right].key {
                return compareText(left, right) < 0
            }
            return try items[left].key.isLess(than: items[right].key)
        }
        return order.map { items[$0] }
    }

    private static func text(of number: Double) throws -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
        return try TemplateValue.double(number).text
    }

    private mutating func writeKey(_ key: TemplateValue) throws {
        switch key {
        case .string(let text), .markup(let text): append(quoted: text)
        case .none: append("\"null\"")
        case .bool(let flag): append(flag ? "\"true\"" : "\"false\"")
        case .int, .bigInt: append("\"\(try key.text)\"")
        case .double(let number): append("\"\(try Self.text(of: number))\"")
        default:
            throw TemplateError(
                .typeError, "keys must be str, int, float, bool or None, not \(key.typeName)")
        }
    }
}

// MARK: - Text

extension JSONWriter {
    private mutating func append(_ text: String) { output += text.utf8 }

    private mutating func append(quoted text: String) {
        output.append(UInt8(ascii: "\""))
        let needsEscape = needsEscape
        PythonText.withBytes(text) { bytes in
            // What needs no escape is copied in runs.
            var (start, index) = (0, 0)
            while index < bytes.count {
                guard needsEscape[Int(bytes[index])] else {
                    index += 1
                    continue
                }
                output += bytes[start..<index]
                index += appendEscape(bytes, at: index)
                start = index
            }
            output += bytes[start...]
        }
        output.append(UInt8(ascii: "\""))
    }

    private static let escapedOfASCII = (0..<256).map { $0 >= 0x7F || escapedOfUnicode[$0] }
    private static let escapedOfUnicode = (0..<256).map { byte in
        byte < 0x20 || "\"\\<>&'".utf8.contains(UInt8(byte))
    }

    /// Writes the escape of the code point that begins at `index`, and says how many bytes it has.
    private mutating func appendEscape(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        switch bytes[index] {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case UInt8(ascii: "\n"): append("\\n")
        case UInt8(ascii: "\r"): append("\\r")
        case UInt8(ascii: "\t"): append("\\t")
        case 0x0C: append("\\f")
        case 0x08: append("\\b")
        case let byte where byte < 0x80: appendEscape(unit: UInt16(byte))
        default:
            var decoder = UTF8()
            var rest = bytes[index...].makeIterator()
            guard case .scalarValue(let scalar) = decoder.decode(&rest) else { return 1 }
            for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { appendEscape(unit: unit) }
            return UTF8.width(scalar)
        }
        return 1
    }

    private mutating func appendEscape(unit: UInt16) {
        append("\\u")
        for shift in [12, 8, 4, 0] as [UInt16] {
            let digit = UInt8(truncatingIfNeeded: unit >> shift & 0xF)
            output.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }
}
