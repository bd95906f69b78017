/// What the grammars of the header fields have in common (RFC 9110 §5.6), on bytes.
enum FieldSyntax {
    /// The spaces between the parts of a field, and what a lenient sender puts there.
    @inline(__always)
    static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte &- 0x09 < 5
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10
    }

    @inline(__always)
    static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }

    /// ASCII letters in lower case; every other byte stays as it is (`lowercased()` would map U+212A to `k`).
    static func lowercased(_ text: some Sequence<UInt8>) -> String {
        String(decoding: text.map { lowercased($0) }, as: UTF8.self)
    }

    /// Whether both are the same bytes; `==` on strings is canonical equivalence.
    static func same(_ one: String, _ other: String) -> Bool {
        let (one, other) = (one.utf8, other.utf8)
        return one.count == other.count && one.elementsEqual(other)
    }

    /// Whether both are the same bytes but for the case of ASCII letters.
    static func sameIgnoringCase(_ one: some Collection<UInt8>, _ other: some Collection<UInt8>) -> Bool {
        one.count == other.count && one.elementsEqual(other) { lowercased($0) == lowercased($1) }
    }

    static func sameIgnoringCase(_ one: String, _ other: String) -> Bool {
        sameIgnoringCase(one.utf8, other.utf8)
    }

    /// Whether `text` is a token (RFC 9110 §5.6.2): at least one character, and no other than a token's.
    static func isToken(_ text: String) -> Bool {
        let token = ByteSet.token
        return !text.utf8.isEmpty && text.utf8.allSatisfy { token.contains($0) }
    }

    /// Whether a control character (C0, DEL, C1) or a Unicode line break is in `text`: nothing that may be written
    /// into a parameter, whatever its quotes.
    static func hasControls(_ text: String) -> Bool {
        text.unicodeScalars.contains {
            $0.value < 0x20 || 0x7F...0x9F ~= $0.value || 0x2028...0x2029 ~= $0.value
        }
    }

    /// The part of `range` without the white space at its ends.
    static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isWhitespace(bytes[start]) { start += 1 }
        while end > start, isWhitespace(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    static func trimmed(_ bytes: [UInt8]) -> Range<Int> {
        trimmed(bytes, bytes.startIndex..<bytes.endIndex)
    }

    static func string(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// A number of ASCII digits and nothing else; one that is too large for `Int` is `Int.max`.
    ///
    /// `Int(_:)` would take `+5` and `-0`.
    static func decimal(_ digits: some Collection<UInt8>) -> Int? {
        guard !digits.isEmpty else { return nil }
        var result = 0
        for digit in digits {
            guard isDigit(digit) else { return nil }
            let (shifted, tooLarge) = result.multipliedReportingOverflow(by: 10)
            let (sum, stillTooLarge) = shifted.addingReportingOverflow(Int(digit &- 0x30))
            result = tooLarge || stillTooLarge || result == Int.max ? Int.max : sum
        }
        return result
    }
}
