/// The grammar of `uri-host [ ":" port ]` (RFC 9110 §7.2, RFC 3986 §3.2.2), for Host and for request targets.
///
/// User information is no part of it: a recipient of an http URI treats that as an error (RFC 9110 §4.2.4).
package enum Authority {
    /// Whether a text is a host that is not empty, with a port from 0 to 65535 where there is one.
    package static func isValid(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { isValid(UnsafeRawBufferPointer($0), 0..<$0.count) }
    }

    /// Whether the bytes are a host that is not empty, with a port from 0 to 65535 where there is one.
    static func isValid(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, requiresPort: Bool = false
    ) -> Bool {
        guard let hostEnd = hostEnd(bytes, range), hostEnd > range.lowerBound else { return false }
        guard hostEnd < range.upperBound else { return !requiresPort }
        guard bytes[hostEnd] == 0x3A else { return false }
        var port = 0
        for index in hostEnd + 1..<range.upperBound {
            guard Octet.isDigit(bytes[index]) else { return false }
            port = port * 10 + Int(bytes[index] &- 0x30)
            guard port <= 65535 else { return false }
        }
        return !requiresPort || hostEnd + 1 < range.upperBound
    }

    /// Where the host ends; nil where it is malformed.
    private static func hostEnd(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
        guard let first = range.first else { return nil }
        if bytes[first] == 0x5B { return literalEnd(bytes, range) }
        var index = first
        while index < range.upperBound {
            if Octet.isRegisteredName(bytes[index]) {
                index &+= 1
            } else if bytes[index] == 0x25 {
                guard range.upperBound - index > 2, Octet.hexadecimal(bytes[index + 1]) != nil,
                    Octet.hexadecimal(bytes[index + 2]) != nil
                else { return nil }
                index &+= 3
            } else {
                break
            }
        }
        return index
    }

    /// The end of `"[" ( IPv6address / IPvFuture ) "]"`.
    private static func literalEnd(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
        let start = range.lowerBound + 1
        guard let close = (start..<range.upperBound).first(where: { bytes[$0] == 0x5D }) else { return nil }
        let literal = start..<close
        return isIPv6(bytes, literal) || isFutureAddress(bytes, literal) ? close + 1 : nil
    }

    /// `"v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )`
    private static func isFutureAddress(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        guard let first = range.first, bytes[first] | 0x20 == 0x76 else { return false }
        var index = first + 1
        while index < range.upperBound, Octet.hexadecimal(bytes[index]) != nil { index += 1 }
        guard index > first + 1, index + 1 < range.upperBound, bytes[index] == 0x2E else { return false }
        return (index + 1..<range.upperBound).allSatisfy {
            Octet.isRegisteredName(bytes[$0]) || bytes[$0] == 0x3A
        }
    }

    /// Eight groups of up to four hexadecimal digits, the last two also as an IPv4 address, one run of zeros as `::`.
    private static func isIPv6(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        var groups = 0
        var isCompressed = false
        if range.count >= 2, bytes[index] == 0x3A {
            guard bytes[index + 1] == 0x3A else { return false }
            isCompressed = true
            index += 2
            if index == range.upperBound { return true }
        }
        while true {
            let start = index
            while index < range.upperBound, index - start < 5, Octet.hexadecimal(bytes[index]) != nil { index += 1 }
            if index < range.upperBound, bytes[index] == 0x2E {
                guard isIPv4(bytes, start..<range.upperBound) else { return false }
                groups += 2
                break
            }
            guard 1...4 ~= index - start else { return false }
            groups += 1
            guard index < range.upperBound else { break }
            guard groups < 8, bytes[index] == 0x3A else { return false }
            index += 1
            if index < range.upperBound, bytes[index] == 0x3A {
                guard !isCompressed else { return false }
                isCompressed = true
                index += 1
                if index == range.upperBound { break }
            }
        }
        return isCompressed ? groups < 8 : groups == 8
    }

    /// Four numbers from 0 to 255 without leading zeros.
    private static func isIPv4(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        for part in 0..<4 {
            if part > 0 {
                guard index < range.upperBound, bytes[index] == 0x2E else { return false }
                index += 1
            }
            let start = index
            var number = 0
            while index < range.upperBound, index - start < 3, Octet.isDigit(bytes[index]) {
                number = number * 10 + Int(bytes[index] &- 0x30)
                index += 1
            }
            guard index > start, number < 256, index - start == 1 || bytes[start] != 0x30 else { return false }
        }
        return index == range.upperBound
    }
}
