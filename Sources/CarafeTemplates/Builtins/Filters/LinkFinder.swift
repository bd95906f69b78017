/// Makes links of the addresses in escaped text, as Jinja's `urlize` does.
struct LinkFinder {
    /// The attributes of links to pages: ` rel="noopener"`.
    let attributes: String
    /// Beginnings of further addresses: `tel:`.
    let schemes: [String]
    /// How many code points of an address are shown; nothing for Python's `None`.
    let displayLimit: TemplateValue
    let limits: TemplateLimits

    /// `text` with links.
    func linked(_ text: String) throws -> String {
        let scalars = text.unicodeScalars
        var result = ""
        result.reserveCapacity(text.utf8.count)
        var start = scalars.startIndex
        while start < scalars.endIndex {
            let blank = scalars[start...].firstIndex(where: PythonText.isSpace) ?? scalars.endIndex
            let next = scalars[blank...].firstIndex { !PythonText.isSpace($0) } ?? scalars.endIndex
            result += try linked(word: text[start..<blank])
            result += text[blank..<next]
            try PythonText.check(size: result.utf8.count, limits)
            start = next
        }
        return result
    }

    private func linked(word: Substring) throws -> String {
        // Each kind of address has one of these in it.
        guard word.utf8.contains(where: { $0 == 0x2E || $0 == 0x40 || $0 == 0x3A }) else { return String(word) }
        let parts = WordParts(String(word))
        return try parts.head + (link(to: parts.address) ?? parts.address) + parts.tail
    }

    /// The link to an address, or nil where it is none.
    private func link(to address: String) throws -> String? {
        let scalars = Array(address.unicodeScalars)
        if AddressPatterns.isPage(scalars) {
            let isComplete = PythonText.hasPrefix(address, "https://") || PythonText.hasPrefix(address, "http://")
            return "<a href=\"\(isComplete ? "" : "https://")\(address)\"\(attributes)>\(try shown(address))</a>"
        }
        if PythonText.hasPrefix(address, "mailto:"), AddressPatterns.isMailbox(scalars[7...]) {
            return "<a href=\"\(address)\">\(PythonText.dropping(address, first: 7))</a>"
        }
        if !scalars.contains(":"), !PythonText.hasPrefix(address, "www."), AddressPatterns.isMailbox(scalars[...]),
            scalars.first != "@"
        {
            return "<a href=\"mailto:\(address)\">\(address)</a>"
        }
        for scheme in schemes where PythonText.hasPrefix(address, scheme) && !isSameText(address, scheme) {
            return "<a href=\"\(address)\"\(attributes)>\(address)</a>"
        }
        return nil
    }

    private func shown(_ address: String) throws -> String {
        if displayLimit.isNone { return address }
        let length = TemplateValue.int(PythonText.length(address))
        guard try length.compare(.greater, displayLimit) else { return address }
        return try TemplateValue.string(address).slice(.none, displayLimit, .none).text + "..."
    }
}

/// A word without the punctuation around it, which is no part of an address.
private struct WordParts {
    private(set) var head: String
    private(set) var address: String
    private(set) var tail: String

    init(_ word: String) {
        (head, address, tail) = PythonText.withBytes(word) { bytes in
            let start = Self.endOfHead(bytes)
            let end = Self.startOfTail(bytes, from: start)
            return (
                PythonText.string(bytes, 0..<start), PythonText.string(bytes, start..<end),
                PythonText.string(bytes, end..<bytes.count)
            )
        }
        // A bracket that closes one within the address belongs to it.
        for (opening, closing) in [("(", ")"), ("<", ">"), ("&lt;", "&gt;")] { balance(opening, closing) }
    }

    private static func endOfHead(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var offset = 0
        while offset < bytes.count {
            if bytes[offset] == UInt8(ascii: "(") || bytes[offset] == UInt8(ascii: "<") {
                offset += 1
            } else if bytes[offset...].starts(with: "&lt;".utf8) {
                offset += 4
            } else {
                break
            }
        }
        return offset
    }

    private static func startOfTail(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var offset = bytes.count
        while offset > start {
            switch bytes[offset - 1] {
            case UInt8(ascii: ")"), UInt8(ascii: ">"), UInt8(ascii: "."), UInt8(ascii: ","): offset -= 1
            default:
                guard offset - start >= 4, bytes[(offset - 4)..<offset].elementsEqual("&gt;".utf8) else {
                    return offset
                }
                offset -= 4
            }
        }
        return offset
    }

    private mutating func balance(_ opening: String, _ closing: String) {
        let opened = PythonText.count(opening, in: address)
        guard opened > PythonText.count(closing, in: address) else { return }
        let parts = PythonText.split(tail, by: closing, limit: opened)
        guard parts.count > 1 else { return }
        for part in parts.dropLast() { address += part + closing }
        tail = parts.last ?? ""
    }
}

/// What Jinja's regular expressions for addresses match, letter case aside.
private enum AddressPatterns {
    private static let protocols = ["http://", "https://"].map { Array($0.unicodeScalars) }
    private static let www = Array("www.".unicodeScalars)
    private static let commonDomains = ["com", "net", "int", "edu", "gov", "org", "info", "mil"]
        .map { Array($0.unicodeScalars) }

    /// The address of a page: with a protocol or `www.`, or a host under a common domain; then a port and a path.
    static func isPage(_ address: [Unicode.Scalar]) -> Bool {
        let prefix = protocols.first { hasPrefix(address[...], $0) }
        if let prefix {
            let rest = address[prefix.count...]
            if rest.first == "[" { return isAfterHost(rest, count: lengthOfIPv6(rest)) }
        }
        let isWWW = prefix == nil && hasPrefix(address[...], www)
        let start = prefix?.count ?? (isWWW ? www.count : 0)
        let host = hostCharacters(address[start...])
        guard endsOrGoesOn(address[host.endIndex...]) else { return false }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard let last = labels.last else { return false }
        if prefix != nil || isWWW, labels.dropLast().allSatisfy({ !$0.isEmpty }), isTopLevel(last) { return true }
        if prefix != nil {
            return labels.count == 4
                && labels.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy(PythonText.isDecimal) }
        }
        // A host without a protocol: `www` is a label like others here.
        let all = hostCharacters(address[...]).split(separator: ".", omittingEmptySubsequences: false)
        return all.count >= 2 && all.dropLast().allSatisfy { (2...63).contains($0.count) }
            && commonDomains.contains { $0.count == last.count && hasPrefix(last, $0) }
    }

    private static func hostCharacters(_ address: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
        address.prefix { $0 == "." || isLabel($0) }
    }

    private static func isLabel(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "%" || scalar == "-" || PythonText.isWordCharacter(scalar)
    }

    /// `[a-z]{2,63}`, or `xn--` and two to 59 more.
    private static func isTopLevel(_ label: ArraySlice<Unicode.Scalar>) -> Bool {
        if (2...63).contains(label.count), label.allSatisfy({ (0x61...0x7A).contains(folded($0).value) }) {
            return true
        }
        return (6...63).contains(label.count) && hasPrefix(label, Array("xn--".unicodeScalars))
            && label.dropFirst(4).allSatisfy { $0 == "%" || PythonText.isWordCharacter($0) }
    }

    /// What may stand behind a host: a port, a path, a query, a fragment or nothing.
    private static func endsOrGoesOn(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        var rest = rest
        if rest.first == ":" {
            let digits = rest.dropFirst().prefix(while: PythonText.isDecimal)
            guard (1...5).contains(digits.count) else { return false }
            rest = rest[digits.endIndex...]
        }
        return rest.isEmpty || rest.first == "/" || rest.first == "?" || rest.first == "#"
    }

    private static func isAfterHost(_ rest: ArraySlice<Unicode.Scalar>, count: Int?) -> Bool {
        count.map { endsOrGoesOn(rest.dropFirst($0)) } ?? false
    }

    /// The length of `[2001:db8::1]`: two groups, then up to six whose colon may lack.
    private static func lengthOfIPv6(_ address: ArraySlice<Unicode.Scalar>) -> Int? {
        var rest = address.dropFirst()
        for group in 0..<8 {
            for _ in 0..<4 {
                guard let next = rest.first, isHexadecimal(next) else { break }
                rest.removeFirst()
            }
            if rest.first == ":" { rest.removeFirst() } else if group < 2 { return nil }
            if group >= 1, rest.first == "]" { return address.count - rest.count + 1 }
        }
        return nil
    }

    private static func isHexadecimal(_ scalar: Unicode.Scalar) -> Bool {
        (0x61...0x66).contains(folded(scalar).value) || PythonText.isDecimal(scalar)
    }

    private static func hasPrefix(_ text: ArraySlice<Unicode.Scalar>, _ prefix: [Unicode.Scalar]) -> Bool {
        text.prefix(prefix.count).lazy.map(folded).elementsEqual(prefix)
    }

    /// The lower case of a letter, where Python's `re.IGNORECASE` makes an ASCII one of it.
    private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x41...0x5A: Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value) | 0x20)
        case 0x130, 0x131: "i"
        case 0x17F: "s"
        case 0x212A: "k"
        default: scalar
        }
    }

    /// Python's `\S+@\w[\w.-]*\.\w+`.
    static func isMailbox(_ address: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let at = address.lastIndex(of: "@"), at > address.startIndex else { return false }
        let domain = address[(at + 1)...]
        guard let first = domain.first, PythonText.isWordCharacter(first), let dot = domain.lastIndex(of: "."),
            dot + 1 < domain.endIndex
        else { return false }
        return domain[..<dot].allSatisfy { $0 == "." || $0 == "-" || PythonText.isWordCharacter($0) }
            && domain[(dot + 1)...].allSatisfy(PythonText.isWordCharacter)
    }
}
