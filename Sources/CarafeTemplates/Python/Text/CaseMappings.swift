/// Unicode's mapping of code points to one case.
///
/// ASCII is mapped by many bytes at a time, Latin, Greek, Cyrillic and Armenian by a table: the standard library makes a string
/// for each code point that it is asked for, which takes a hundred times as long.
struct CaseMappings: Sendable {
    static let lower = CaseMappings(changed: 0x41, sigma: false) { $0.lowercaseMapping }
    static let upper = CaseMappings(changed: 0x61, sigma: true) { $0.uppercaseMapping }
    static let title = CaseMappings(changed: 0x61, sigma: true) { $0.titlecaseMapping }

    /// The first of the 26 letters of ASCII that become others.
    private let changed: UInt8
    /// Whether a capital sigma becomes the same wherever it stands.
    private let mapsSigma: Bool
    private let mapping: @Sendable (Unicode.Scalar.Properties) -> String
    /// For each of the first code points what it becomes, or nil where that is more than one.
    private let first: [Unicode.Scalar?]

    private init(changed: UInt8, sigma: Bool, _ mapping: @escaping @Sendable (Unicode.Scalar.Properties) -> String) {
        self.changed = changed
        mapsSigma = sigma
        self.mapping = mapping
        first = (0..<0x590).map { (number: UInt32) in
            guard let mapped = Unicode.Scalar(number).map({ mapping($0.properties).unicodeScalars }) else { return nil }
            return mapped.count == 1 ? mapped.first : nil
        }
    }

    /// Appends what `scalar` becomes.
    func append(_ scalar: Unicode.Scalar, to result: inout String.UnicodeScalarView) {
        if let mapped = single(scalar) {
            result.append(mapped)
        } else {
            result += mapping(scalar.properties).unicodeScalars
        }
    }

    /// What `scalar` becomes where that is known to be one code point.
    @inline(__always)
    private func single(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0..<0x590: first[Int(scalar.value)]
        // Scripts of East Asia have no case, and punctuation has none.
        case 0x2000..<0x2100, 0x2E80..<0xA640, 0xAC00..<0xD800: scalar
        default: nil
        }
    }

    /// `text` with each code point mapped; nil where the place of a sigma decides about it.
    func map(_ text: String) -> String? {
        PythonText.withBytes(text) { bytes -> String? in
            guard let source = bytes.baseAddress else { return text }
            // Loops without branches, which the compiler makes work on many bytes at a time.
            var (all, changes): (UInt8, UInt8) = (0, 0)
            for offset in 0..<bytes.count {
                all |= source[offset]
                changes |= source[offset] &- changed < 26 ? 1 : 0
            }
            if all >= 0x80 { return mapUnicode(text) }
            if changes == 0 { return text }
            return String(unsafeUninitializedCapacity: bytes.count) { result in
                guard let target = result.baseAddress else { return 0 }
                for offset in 0..<bytes.count {
                    let byte = source[offset]
                    target[offset] = byte &- changed < 26 ? byte ^ 0x20 : byte
                }
                return bytes.count
            }
        }
    }

    private func mapUnicode(_ text: String) -> String? {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + 8)
        for scalar in text.unicodeScalars {
            if scalar.value == 0x3A3, !mapsSigma { return nil }
            append(scalar, to: &result)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Appends what `scalar` becomes, in UTF-8.
    @inline(__always)
    func append(_ scalar: Unicode.Scalar, to result: inout [UInt8]) {
        guard let mapped = single(scalar) else {
            result += mapping(scalar.properties).utf8
            return
        }
        if mapped.value < 0x80 {
            result.append(UInt8(truncatingIfNeeded: mapped.value))
        } else if mapped.value < 0x800 {
            result.append(0xC0 | UInt8(truncatingIfNeeded: mapped.value >> 6))
            result.append(0x80 | UInt8(truncatingIfNeeded: mapped.value & 0x3F))
        } else {
            result += UTF8.encode(mapped) ?? UTF8.encodedReplacementCharacter
        }
    }
}
