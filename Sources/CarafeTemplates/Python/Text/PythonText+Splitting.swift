/// Taking text apart: `strip`, `split`, `splitlines`, `partition` of Python's `str`.
extension PythonText {
    enum Side {
        case start, end, both
    }

    /// `text` without the code points at its ends that are in `characters`; nil for blanks.
    static func strip(_ text: String, _ characters: String? = nil, _ side: Side = .both) -> String {
        guard let characters else {
            return withBytes(text) { bytes in
                let range = withoutBlanks(bytes, side)
                return range.count == bytes.count ? text : string(bytes, range)
            }
        }
        let set = Set(characters.unicodeScalars)
        let scalars = text.unicodeScalars
        var (start, end) = (scalars.startIndex, scalars.endIndex)
        if side != .end {
            while start < end, set.contains(scalars[start]) { scalars.formIndex(after: &start) }
        }
        if side != .start {
            while start < end {
                let last = scalars.index(before: end)
                guard set.contains(scalars[last]) else { break }
                end = last
            }
        }
        return start == scalars.startIndex && end == scalars.endIndex ? text : String(scalars[start..<end])
    }

    /// The words between blanks; after `limit` separations (none where it is negative) the rest is the last word.
    static func split(_ text: String, limit: Int = -1) -> [String] {
        withBytes(text) { bytes -> [String] in
            var words: [String] = []
            var offset = 0
            let limit = limit < 0 ? Int.max : limit
            while true {
                while offset < bytes.count {
                    let width = blankWidth(bytes, at: offset)
                    if width == 0 { break }
                    offset += width
                }
                guard offset < bytes.count else { return words }
                guard words.count < limit else { break }
                let start = offset
                while offset < bytes.count, blankWidth(bytes, at: offset) == 0 { offset += 1 }
                words.append(string(bytes, start..<offset))
            }
            words.append(string(bytes, offset..<bytes.count))
            return words
        }
    }

    /// As ``split(_:limit:)``, separating from the end.
    static func splitFromEnd(_ text: String, limit: Int = -1) -> [String] {
        withBytes(text) { bytes -> [String] in
            var words: [String] = []
            var offset = bytes.count
            let limit = limit < 0 ? Int.max : limit
            while true {
                while offset > 0 {
                    let width = blankWidth(bytes, before: offset)
                    if width == 0 { break }
                    offset -= width
                }
                guard offset > 0 else { break }
                guard words.count < limit else {
                    words.append(string(bytes, 0..<offset))
                    break
                }
                let end = offset
                while offset > 0, blankWidth(bytes, before: offset) == 0 { offset -= 1 }
                words.append(string(bytes, offset..<end))
            }
            return words.reversed()
        }
    }

    /// The parts between the places of `separator`, which is not empty.
    static func split(_ text: String, by separator: String, limit: Int = -1) -> [String] {
        withBytes(text) { bytes -> [String] in
            let search = SearchPattern(separator)
            let limit = limit < 0 ? Int.max : limit
            var parts: [String] = []
            var offset = 0
            while parts.count < limit, let found = search.first(in: bytes, offset..<bytes.count) {
                parts.append(string(bytes, offset..<found))
                offset = found + search.pattern.count
            }
            parts.append(string(bytes, offset..<bytes.count))
            return parts
        }
    }

    /// As ``split(_:by:limit:)``, separating from the end.
    static func splitFromEnd(_ text: String, by separator: String, limit: Int = -1) -> [String] {
        withBytes(text) { bytes -> [String] in
            let search = SearchPattern(separator, backwards: true)
            let limit = limit < 0 ? Int.max : limit
            var parts: [String] = []
            var end = bytes.count
            while parts.count < limit, let found = search.last(in: bytes, 0..<end) {
                parts.append(string(bytes, (found + search.pattern.count)..<end))
                end = found
            }
            parts.append(string(bytes, 0..<end))
            return parts.reversed()
        }
    }

    /// The lines, with their ends where `keepsEnds` is true. Text that ends with a line's end has no empty line after it.
    static func splitLines(_ text: String, keepsEnds: Bool = false) -> [String] {
        let scalars = text.unicodeScalars
        var lines: [String] = []
        var start = scalars.startIndex
        while start < scalars.endIndex {
            let end = scalars[start...].firstIndex(where: isLineBoundary) ?? scalars.endIndex
            var next = end
            if end < scalars.endIndex {
                scalars.formIndex(after: &next)
                if scalars[end] == "\r", next < scalars.endIndex, scalars[next] == "\n" {
                    scalars.formIndex(after: &next)
                }
            }
            lines.append(String(scalars[start..<(keepsEnds ? next : end)]))
            start = next
        }
        return lines
    }

    /// What is before and after the first place of `separator`, or the last one when searched `backwards`; nil where it is
    /// not found.
    static func partition(_ text: String, _ separator: String, backwards: Bool) -> (before: String, after: String)? {
        withBytes(text) { bytes -> (before: String, after: String)? in
            let found =
                backwards
                ? SearchPattern(separator, backwards: true).last(in: bytes, 0..<bytes.count)
                : SearchPattern(separator).first(in: bytes, 0..<bytes.count)
            return found.map {
                (string(bytes, 0..<$0), string(bytes, ($0 + separator.utf8.count)..<bytes.count))
            }
        }
    }

    /// The part of `text` before, or after, a number of bytes that ends between code points.
    static func dropping(_ text: String, first: Int = 0, last: Int = 0) -> String {
        withBytes(text) { string($0, first..<($0.count - last)) }
    }
}
