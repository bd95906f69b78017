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
        let scalars = text.unicodeScalars
        var result = ""
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let first = scalars[index]
            let rest = scalars.index(after: index)
            if isSeparator(first) {
                result.unicodeScalars.append(first)
                index = rest
            } else {
                let end = scalars[rest...].firstIndex(where: isSeparator) ?? scalars.endIndex
                // The rest on its own: a final sigma is decided by what follows the first letter.
                result += PythonText.uppercase(String(first))
                result += PythonText.lowercase(String(scalars[rest..<end]))
                index = end
            }
        }
        return result
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
