/// Text in URLs: all bytes but letters, digits and `_.-~` written as `%` and two digits.
enum PercentEncoding {
    /// - Parameter isQuery: writes a blank as `+` and a slash as `%2F`
    static func encode(_ text: String, isQuery: Bool) -> String {
        PythonText.withBytes(text) { bytes in
            bytes.allSatisfy { isKept($0, isQuery: isQuery) } ? text : encode(bytes, isQuery: isQuery)
        }
    }

    static func encode(_ bytes: UnsafeBufferPointer<UInt8>, isQuery: Bool) -> String {
        guard let source = bytes.baseAddress else { return "" }
        var escapes = 0
        for offset in 0..<bytes.count { escapes += isKept(source[offset], isQuery: isQuery) ? 0 : 1 }
        return String(unsafeUninitializedCapacity: bytes.count + 2 * escapes) { result in
            guard var target = result.baseAddress else { return 0 }
            let start = target
            for offset in 0..<bytes.count {
                let byte = source[offset]
                if isKept(byte, isQuery: isQuery) {
                    target[0] = byte
                    target += 1
                } else if isQuery && byte == UInt8(ascii: " ") {
                    target[0] = UInt8(ascii: "+")
                    target += 1
                } else {
                    target[0] = UInt8(ascii: "%")
                    target[1] = digit(byte >> 4)
                    target[2] = digit(byte & 15)
                    target += 3
                }
            }
            return target - start
        }
    }

    /// A bit for each byte of ASCII: a table that is in registers.
    @inline(__always)
    private static func isKept(_ byte: UInt8, isQuery: Bool) -> Bool {
        let low: UInt64 = 0x03FF_6000_0000_0000
        let high: UInt64 = 0x47FF_FFFE_87FF_FFFE
        let isUnreserved = byte < 128 && (byte < 64 ? low : high) >> UInt64(byte & 63) & 1 == 1
        return isUnreserved || (byte == UInt8(ascii: "/") && !isQuery)
    }

    @inline(__always)
    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }
}
