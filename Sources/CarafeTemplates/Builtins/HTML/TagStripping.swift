/// Markup without its tags: `Markup.striptags`.
enum TagStripping {
    /// The text of `markup`: no comments and tags, one blank for each run of blanks, character references resolved.
    static func text(of markup: String) -> String {
        var bytes = Array(markup.utf8)
        if bytes.contains(UInt8(ascii: "<")) { bytes = withoutTags(withoutComments(bytes)) }
        return HTMLEntities.unescape(withSingleBlanks(bytes))
    }

    /// One blank for each run of them, and none at the ends.
    private static func withSingleBlanks(_ bytes: [UInt8]) -> String {
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var isAfterBlank = false
        var index = 0
        while index < bytes.count {
            let blank = lengthOfBlank(bytes, at: index)
            if blank > 0 {
                isAfterBlank = true
                index += blank
                continue
            }
            if isAfterBlank && !kept.isEmpty { kept.append(UInt8(ascii: " ")) }
            isAfterBlank = false
            kept.append(bytes[index])
            index += 1
        }
        return String(decoding: kept, as: UTF8.self)
    }

    /// How many bytes the blank at `index` has; 0 where something else is.
    @inline(__always)
    private static func lengthOfBlank(_ bytes: [UInt8], at index: Int) -> Int {
        switch bytes[index] {
        case 0x09...0x0D, 0x1C...0x20: return 1
        // The first bytes of the blanks past ASCII.
        case 0xC2, 0xE1, 0xE2, 0xE3:
            var decoder = UTF8()
            var rest = bytes[index...].makeIterator()
            guard case .scalarValue(let scalar) = decoder.decode(&rest), PythonText.isSpace(scalar) else { return 0 }
            return UTF8.width(scalar)
        default: return 0
        }
    }

    /// MarkupSafe takes the first comment out and looks again from the start, so that what stood around a comment may be
    /// the beginning of another one. Reading on while watching the end of what was kept comes to the same, in one pass.
    private static func withoutComments(_ bytes: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            kept.append(bytes[index])
            index += 1
            guard kept.last == UInt8(ascii: "-"), kept.suffix(4).elementsEqual("<!--".utf8) else { continue }
            // The hyphens of the start may be those of the end: `<!-->`.
            guard let end = endOfComment(bytes, from: index) else {
                kept += bytes[index...]
                break
            }
            kept.removeLast(4)
            index = end
        }
        return kept
    }

    private static func endOfComment(_ bytes: [UInt8], from start: Int) -> Int? {
        var hyphens = 2
        for index in start..<bytes.count {
            if bytes[index] == UInt8(ascii: ">"), hyphens >= 2 { return index + 1 }
            hyphens = bytes[index] == UInt8(ascii: "-") ? hyphens + 1 : 0
        }
        return nil
    }

    private static func withoutTags(_ bytes: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var index = 0
        while let start = bytes[index...].firstIndex(of: UInt8(ascii: "<")),
            let end = bytes[start...].firstIndex(of: UInt8(ascii: ">"))
        {
            kept += bytes[index..<start]
            index = end + 1
        }
        kept += bytes[index...]
        return kept
    }
}
