import CarafeSQL

/// Arrays as PostgreSQL writes and reads them: `{1,NULL,"a \"b\"",{…}}`.
enum ArrayText {
    /// PostgreSQL has arrays of up to six dimensions.
    private static let deepest = 6

    static func append(_ elements: [SQLValue], to bytes: inout [UInt8], depth: Int = 1) throws(DatabaseError) {
        guard depth <= deepest else {
            throw DatabaseError(.value, "PostgreSQL's arrays have no more than six dimensions.")
        }
        bytes.append(UInt8(ascii: "{"))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch element {
            case .null: bytes.append(contentsOf: "NULL".utf8)
            case .array(let inner): try append(inner, to: &bytes, depth: depth + 1)
            case .integer(let value): Digits.append(value, to: &bytes)
            case .bool, .double, .decimal, .uuid, .localDate, .localTime: try element.appendText(to: &bytes)
            default: try appendQuoted(element, to: &bytes)
            }
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private static func appendQuoted(_ element: SQLValue, to bytes: inout [UInt8]) throws(DatabaseError) {
        var text: [UInt8] = []
        try element.appendText(to: &text)
        bytes.append(UInt8(ascii: "\""))
        for byte in text {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// The elements; nil where the text is no array's.
    static func elements(_ text: UnsafeBufferPointer<UInt8>, of type: ColumnType) -> [SQLValue]? {
        var reader = TextReader(text)
        // `[0:2]={…}`: bounds that are not the usual ones, which Swift's arrays have no use for.
        if reader.next == UInt8(ascii: "[") {
            while let byte = reader.next, byte != UInt8(ascii: "=") { reader.index += 1 }
            guard reader.take(UInt8(ascii: "=")) else { return nil }
        }
        var scratch: [UInt8] = []
        guard let elements = read(&reader, type, &scratch, depth: 1), reader.isAtEnd else { return nil }
        return elements
    }

    private static func read(
        _ reader: inout TextReader, _ type: ColumnType, _ scratch: inout [UInt8], depth: Int
    ) -> [SQLValue]? {
        guard depth <= deepest, reader.take(UInt8(ascii: "{")) else { return nil }
        var elements: [SQLValue] = []
        if reader.take(UInt8(ascii: "}")) { return elements }
        while true {
            switch reader.next {
            case UInt8(ascii: "{"):
                guard let inner = read(&reader, type, &scratch, depth: depth + 1) else { return nil }
                elements.append(.array(inner))
            case UInt8(ascii: "\""):
                guard readQuoted(&reader, &scratch) else { return nil }
                elements.append(scratch.withUnsafeBufferPointer { type.value($0) })
            default:
                let start = reader.index
                while let byte = reader.next, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}") { reader.index += 1 }
                let text = UnsafeBufferPointer(rebasing: reader.bytes[start..<reader.index])
                elements.append(text.elementsEqual("NULL".utf8) ? .null : type.value(text))
            }
            if reader.take(UInt8(ascii: "}")) { return elements }
            guard reader.take(UInt8(ascii: ",")) else { return nil }
        }
    }

    /// Reads `"…"` into `scratch`.
    private static func readQuoted(_ reader: inout TextReader, _ scratch: inout [UInt8]) -> Bool {
        scratch.removeAll(keepingCapacity: true)
        reader.index += 1
        while let byte = reader.next {
            reader.index += 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"):
                guard let escaped = reader.next else { return false }
                scratch.append(escaped)
                reader.index += 1
            default: scratch.append(byte)
            }
        }
        return false
    }
}
