/// The cases of text, with Unicode's full mappings as Python's `str` does them: `ß` becomes `SS`, and `Σ` `ς` at the end of a word.
extension PythonText {
    enum LetterCase {
        case lower, upper, title
    }

    /// The case of a letter; nil for what has none.
    @inline(__always)
    static func letterCase(of scalar: Unicode.Scalar) -> LetterCase? {
        switch scalar.value {
        case 0x41...0x5A: return .upper
        case 0x61...0x7A: return .lower
        case 0..<0x80: return nil
        default:
            let properties = scalar.properties
            if properties.isLowercase { return .lower }
            if properties.isUppercase { return .upper }
            return properties.generalCategory == .titlecaseLetter ? .title : nil
        }
    }

    static func lowercase(_ text: String) -> String {
        CaseMappings.lower.map(text)
            ?? map(text) { scalar, context, result in context.appendLowercase(of: scalar, to: &result) }
    }

    static func uppercase(_ text: String) -> String {
        CaseMappings.upper.map(text) ?? text
    }

    /// The first code point in title case, the rest in lower case.
    static func capitalize(_ text: String) -> String {
        var isStart = true
        let ascii = mapASCII(text) { byte in
            defer { isStart = false }
            return isStart ? upper(byte) : lower(byte)
        }
        if let ascii { return ascii }
        var isFirst = true
        return map(text) { scalar, context, result in
            if isFirst {
                CaseMappings.title.append(scalar, to: &result)
                isFirst = false
            } else {
                context.appendLowercase(of: scalar, to: &result)
            }
        }
    }

    /// Each first letter after something that has no case in title case, the others in lower case.
    static func title(_ text: String) -> String {
        var followsLetter = false
        let ascii = mapASCII(text) { byte in
            defer { followsLetter = (0x61...0x7A).contains(byte | 0x20) }
            return followsLetter ? lower(byte) : upper(byte)
        }
        if let ascii { return ascii }
        var isInWord = false
        return map(text) { scalar, context, result in
            if isInWord {
                context.appendLowercase(of: scalar, to: &result)
            } else {
                CaseMappings.title.append(scalar, to: &result)
            }
            isInWord = letterCase(of: scalar) != nil
        }
    }

    static func swapCase(_ text: String) -> String {
        map(text) { scalar, context, result in
            switch letterCase(of: scalar) {
            case .upper: context.appendLowercase(of: scalar, to: &result)
            case .lower: CaseMappings.upper.append(scalar, to: &result)
            case .title, nil: result.append(scalar)
            }
        }
    }

    /// The form that texts which differ in case alone have in common.
    static func caseFold(_ text: String) -> String {
        mapASCII(text, lower)
            ?? map(text) { scalar, _, result in appendCaseFolding(of: scalar, to: &result) }
    }

    /// Unicode's full case folding. The standard library has no table of it; it is the lower case of the upper case of the
    /// lower case but for these.
    private static func appendCaseFolding(of scalar: Unicode.Scalar, to result: inout String.UnicodeScalarView) {
        switch scalar.value {
        case 0x130: result += "i\u{307}".unicodeScalars
        case 0x131: result.append(scalar)
        // Cherokee folds to the upper case, which was there first.
        case 0x13A0...0x13F5: result.append(scalar)
        case 0x13F8...0x13FD, 0xAB70...0xABBF: CaseMappings.upper.append(scalar, to: &result)
        default:
            for lower in scalar.properties.lowercaseMapping.unicodeScalars {
                for upper in lower.properties.uppercaseMapping.unicodeScalars {
                    result += upper.properties.lowercaseMapping.unicodeScalars
                }
            }
        }
    }

    /// What stands around the code point that is being mapped.
    private struct CaseContext {
        let scalars: String.UnicodeScalarView
        var index: String.UnicodeScalarView.Index
        /// Whether the last code point before this one that case does not ignore has a case.
        var followsCased = false

        func appendLowercase(of scalar: Unicode.Scalar, to result: inout String.UnicodeScalarView) {
            if scalar.value == 0x3A3 {
                result.append(followsCased && !precedesCased ? "\u{3C2}" : "\u{3C3}")
            } else {
                CaseMappings.lower.append(scalar, to: &result)
            }
        }

        private var precedesCased: Bool {
            let next = scalars[index...].dropFirst().first { !$0.properties.isCaseIgnorable }
            return next.map { letterCase(of: $0) != nil } ?? false
        }

        mutating func pass(_ scalar: Unicode.Scalar) {
            if !scalar.properties.isCaseIgnorable { followsCased = letterCase(of: scalar) != nil }
        }
    }

    private static func map(
        _ text: String, _ append: (Unicode.Scalar, CaseContext, inout String.UnicodeScalarView) -> Void
    ) -> String {
        let scalars = text.unicodeScalars
        var result = String.UnicodeScalarView()
        result.reserveCapacity(text.utf8.count)
        var context = CaseContext(scalars: scalars, index: scalars.startIndex)
        // Only the case of a sigma depends on what is around it.
        let hasSigma = contains("\u{3A3}", in: text)
        while context.index < scalars.endIndex {
            let scalar = scalars[context.index]
            append(scalar, context, &result)
            if hasSigma { context.pass(scalar) }
            scalars.formIndex(after: &context.index)
        }
        return String(result)
    }

    @inline(__always)
    private static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    @inline(__always)
    private static func upper(_ byte: UInt8) -> UInt8 { (0x61...0x7A).contains(byte) ? byte & 0xDF : byte }

    /// `text` with each byte mapped, or nil where it is not ASCII alone.
    @inline(__always)
    private static func mapASCII(_ text: String, _ transform: (UInt8) -> UInt8) -> String? {
        withBytes(text) { bytes -> String? in
            guard isASCII(bytes) else { return nil }
            guard let source = bytes.baseAddress else { return text }
            return String(unsafeUninitializedCapacity: bytes.count) { result in
                guard let target = result.baseAddress else { return 0 }
                for offset in 0..<bytes.count { target[offset] = transform(source[offset]) }
                return bytes.count
            }
        }
    }
}
