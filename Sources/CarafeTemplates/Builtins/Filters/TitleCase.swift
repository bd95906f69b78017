/// The words of a title, each with its first letter in upper case and the others in lower case.
enum TitleCase {
    static func title(_ text: String) -> String {
        titleOfASCII(text) ?? titleOfAny(text)
    }

    private static func titleOfASCII(_ text: String) -> String? {
        PythonText.withBytes(text) { bytes -> String? in
            guard let source = bytes.baseAddress, PythonText.isASCII(bytes) else { return nil }
            return String(unsafeUninitializedCapacity: bytes.count) { result in
                guard let target = result.baseAddress else { return 0 }
                var isFirst = true
                for offset in 0..<bytes.count {
                    let byte = source[offset]
                    let isLetter = (byte | 0x20) &- 0x61 < 26
                    target[offset] = isLetter ? (byte & 0xDF) | (isFirst ? 0 : 0x20) : byte
                    isFirst = isSeparator(byte)
                }
                return bytes.count
            }
        }
    }

    private static func titleOfAny(_ text: String) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + 8)
        // The case of a sigma depends on the rest of its word behind the first letter.
        let hasSigma = PythonText.contains("\u{3A3}", in: text)
        let scalars = text.unicodeScalars
        var index = scalars.startIndex
        var isFirst = true
        while index < scalars.endIndex {
            let scalar = scalars[index]
            if hasSigma, !isFirst, !isSeparator(scalar) {
                let end = scalars[index...].firstIndex(where: isSeparator) ?? scalars.endIndex
                result += PythonText.lowercase(String(scalars[index..<end])).utf8
                index = end
                continue
            }
            (isFirst ? CaseMappings.upper : .lower).append(scalar, to: &result)
            isFirst = isSeparator(scalar)
            scalars.formIndex(after: &index)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Python's `[-\s({\[<]`.
    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? isSeparator(UInt8(truncatingIfNeeded: scalar.value)) : PythonText.isSpace(scalar)
    }

    /// As ``isSeparator(_:)-(Unicode.Scalar)`` for ASCII, a bit for each byte: a table that is in registers.
    @inline(__always)
    private static func isSeparator(_ byte: UInt8) -> Bool {
        let low: UInt64 = 0x1000_2101_F000_3E00
        let high: UInt64 = 0x0800_0000_0800_0000
        return (byte < 64 ? low : high) >> UInt64(byte & 63) & 1 == 1
    }
}
