/// The methods of `bytes`.
enum BytesMethods {
    static let all = pythonMethods(
        of: "bytes",
        [
            ("decode", .named(["encoding", "errors"]), TextEncoding.decode),
            ("hex", .named(["sep", "bytes_per_sep"]), hexadecimal),
            ("find", .parsed(1, 3), { .int(try position($0) ?? -1) }),
            (
                "index", .parsed(1, 3),
                { call in
                    if let position = try position(call) { return .int(position) }
                    throw TemplateError(.valueError, "subsection not found")
                }
            ),
        ])

    private static func bytes(_ call: PythonCall) -> [UInt8] { TemplateBytes.bytes(call.receiver) ?? [] }

    private static func position(_ call: PythonCall) throws -> Int? {
        let bytes = bytes(call)
        func position(_ position: Int) -> Int {
            position < 0 ? max(position + bytes.count, 0) : min(position, bytes.count)
        }
        let first = try call.slicePosition(1) ?? 0
        guard first <= bytes.count else { return nil }
        let start = position(first)
        let end = position(try call.slicePosition(2) ?? bytes.count)
        guard start <= end else { return nil }
        return find(try part(call.value(0)), in: Array(bytes[start..<end])).map { start + $0 }
    }

    /// Bytes, or one byte as a number.
    private static func part(_ value: TemplateValue) throws -> [UInt8] {
        if let bytes = TemplateBytes.bytes(value) { return bytes }
        guard let number = PythonInteger(value) else {
            throw TemplateError(
                .typeError, "argument should be integer or bytes-like object, not '\(value.typeName)'")
        }
        guard case .small(let small) = number, let byte = UInt8(exactly: small) else {
            throw TemplateError(.valueError, "byte must be in range(0, 256)")
        }
        return [byte]
    }

    /// Where `part` begins in `bytes` first.
    static func find(_ part: [UInt8], in bytes: [UInt8]) -> Int? {
        if part.isEmpty { return 0 }
        return bytes.withUnsafeBufferPointer { SearchPattern(part).first(in: $0, 0..<$0.count) }
    }

    /// `hex(sep, bytes_per_sep=1)`: groups are counted from the end, or from the start where their size is negative.
    private static func hexadecimal(_ call: PythonCall) throws -> TemplateValue {
        let bytes = bytes(call)
        let group = try call.integer(1, type: "int") ?? 1
        var separator: [UInt8] = []
        if let value = call[0] {
            _ = try value.length()
            guard
                let text = PythonCall.text(value)
                    ?? TemplateBytes.bytes(value).map({ String(decoding: $0, as: UTF8.self) })
            else { throw TemplateError(.typeError, "sep must be str or bytes.") }
            guard PythonText.length(text) == 1 else { throw TemplateError(.valueError, "sep must be length 1.") }
            guard PythonText.isASCII(text) else { throw TemplateError(.valueError, "sep must be ASCII.") }
            separator = Array(text.utf8)
        }
        let digits = Array("0123456789abcdef".utf8)
        var result: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            let position = group < 0 ? index : bytes.count - index
            if index > 0, group != 0, position % group == 0 { result += separator }
            result += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        try PythonText.check(size: result.count, call.limits)
        return .string(String(decoding: result, as: UTF8.self))
    }
}
