/// Markup without its tags: `Markup.striptags`.
enum TagStripping {
    /// The text of `markup`: no comments and tags, one blank for each run of blanks, character references resolved.
    static func text(of markup: String) -> String {
        var rest = markup
        if PythonText.withBytes(markup, { $0.contains(UInt8(ascii: "<")) }) {
            rest = withoutTags(withoutComments(Array(markup.utf8)))
        }
        return HTMLEntities.unescape(PythonText.split(rest).joined(separator: " "))
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

    private static func withoutTags(_ bytes: [UInt8]) -> String {
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
        return String(decoding: kept, as: UTF8.self)
    }
}
