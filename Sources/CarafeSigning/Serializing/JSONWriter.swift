import FoundationEssentials

/// Writes compact JSON, byte for byte as Python's `json.dumps` with the separators `,` and `:` does.
struct JSONWriter {
    private var output: [UInt8] = []
    private var depth = 0
    private let format: JSONFormat

    private init(_ format: JSONFormat) {
        self.format = format
    }

    /// The value's JSON text.
    ///
    /// - Throws: ``SigningError`` of kind `unserializable` for a value that the format does not have, or nested too deep.
    static func write(_ value: SessionValue, _ format: JSONFormat) throws(SigningError) -> [UInt8] {
        var writer = JSONWriter(format)
        try writer.write(value)
        return writer.output
    }

    private mutating func write(_ value: SessionValue) throws(SigningError) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .int(let number): output.append(contentsOf: String(number).utf8)
        case .bigInteger(let number): output.append(contentsOf: number.description.utf8)
        case .double(let number): output.append(contentsOf: pythonRepresentation(of: number).utf8)
        case .string(let text): write(text)
        case .array(let items): try write(items)
        case .object(let members): try write(members)
        case .tuple(let items):
            try writeTagged(.tuple, isPlainJSON: true) { writer throws(SigningError) in
                try writer.write(items)
            }
        case .markup(let html): try writeTagged(.markup, isPlainJSON: true) { writer in writer.write(html) }
        case .bytes(let bytes): try writeTagged(.bytes) { writer in writer.write(base64: bytes) }
        case .uuid(let uuid): try writeTagged(.uuid) { writer in writer.write(SessionTag.text(of: uuid)) }
        case .datetime(let date):
            guard let text = HTTPDateText.text(of: date) else {
                throw .unserializable("A date is outside of the years 1 to 9999.")
            }
            try writeTagged(.datetime) { writer in writer.write(text) }
        }
    }

    // MARK: Objects and arrays

    private mutating func write(_ items: [SessionValue]) throws(SigningError) {
        try open("[")
        var isFirst = true
        for item in items {
            if !isFirst { append(",") }
            isFirst = false
            try write(item)
        }
        close("]")
    }

    private mutating func write(_ members: SessionObject) throws(SigningError) {
        if format.usesTags, members.count == 1, let (key, value) = members.first, let tag = SessionTag(key: key) {
            try writeEscaped(value, under: tag)
            return
        }
        let ordered: [SessionObject.Element] =
            format.sortsKeys && members.count > 1
            ? members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) } : Array(members)
        try open("{")
        var isFirst = true
        for (key, value) in ordered {
            if !isFirst { append(",") }
            isFirst = false
            write(key)
            append(":")
            try write(value)
        }
        close("}")
    }

    /// Writes an object that would read as a tag: Flask's `TagDict`.
    private mutating func writeEscaped(_ value: SessionValue, under tag: SessionTag) throws(SigningError) {
        try writeTagged(.object) { writer throws(SigningError) in
            try writer.open("{")
            writer.write(tag.key + SessionTag.escapeSuffix)
            writer.append(":")
            try writer.write(value)
            writer.close("}")
        }
    }

    private mutating func writeTagged(
        _ tag: SessionTag, isPlainJSON: Bool = false, _ content: (inout JSONWriter) throws(SigningError) -> Void
    ) throws(SigningError) {
        guard format.usesTags else {
            guard isPlainJSON else { throw .unserializable("Plain JSON has no \(tag.name).") }
            return try content(&self)
        }
        try open("{")
        write(tag.key)
        append(":")
        try content(&self)
        close("}")
    }

    private mutating func open(_ bracket: StaticString) throws(SigningError) {
        depth += 1
        guard depth <= JSONFormat.maximumDepth else {
            throw .unserializable("The value nests deeper than \(JSONFormat.maximumDepth) levels.")
        }
        append(bracket)
    }

    private mutating func close(_ bracket: StaticString) {
        depth -= 1
        append(bracket)
    }

    // MARK: Text

    private mutating func write(_ text: String) {
        append("\"")
        if format.escapesNonASCII {
            for unit in text.utf16 { writeASCII(unit) }
        } else {
            for byte in text.utf8 { writeUTF8(byte) }
        }
        append("\"")
    }

    private mutating func writeASCII(_ unit: UInt16) {
        if unit < 0x7F {
            writeUTF8(UInt8(truncatingIfNeeded: unit))
        } else {
            writeEscape(unit)
        }
    }

    private mutating func writeUTF8(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case 0x08: append("\\b")
        case 0x0C: append("\\f")
        case 0x0A: append("\\n")
        case 0x0D: append("\\r")
        case 0x09: append("\\t")
        case ..<0x20: writeEscape(UInt16(byte))
        default: output.append(byte)
        }
    }

    private mutating func writeEscape(_ unit: UInt16) {
        append("\\u")
        for shift in [12, 8, 4, 0] as [UInt16] {
            let digit = UInt8(truncatingIfNeeded: unit >> shift & 15)
            output.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }

    private mutating func write(base64 bytes: [UInt8]) {
        append("\"")
        Base64.appendStandard(bytes[...], to: &output)
        append("\"")
    }

    private mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { output.append(contentsOf: $0) }
    }
}
