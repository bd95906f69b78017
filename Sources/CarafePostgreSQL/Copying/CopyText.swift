import CarafeSQL

/// Rows in the text format of COPY.
enum CopyText {
    /// Adds a line: values with tabs between them, `\N` for NULL.
    static func append(_ values: [any SQLEncodable], to bytes: inout [UInt8]) throws(DatabaseError) {
        var text: [UInt8] = []
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\t")) }
            let value = value.sqlValue
            guard !value.isNull else {
                bytes.append(contentsOf: "\\N".utf8)
                continue
            }
            text.removeAll(keepingCapacity: true)
            try value.appendText(to: &text)
            for byte in text { append(byte, to: &bytes) }
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    private static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
        case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
        case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
        case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
        default: bytes.append(byte)
        }
    }
}
