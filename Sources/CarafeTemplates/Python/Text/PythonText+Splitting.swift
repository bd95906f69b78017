/// Taking text apart: `strip`, `split`, `splitlines`, `partition` of Python's `str`.
extension PythonText {
    enum Side {
        case start, end, both
    }

    /// `text` without the code points at its ends that are in `characters`; nil for blanks.
    static func strip(_ text: String, _ characters: String? = nil, _ side: Side = .both) -> String {
        let set = characters.map { Set($0.unicodeScalars) }
        let scalars = text.unicodeScalars
        var (start, end) = (scalars.startIndex, scalars.endIndex)
        let isRemoved: (Unicode.Scalar) -> Bool = { scalar in set?.contains(scalar) ?? isSpace(scalar) }
        if side != .end {
            while start < end, isRemoved(scalars[start]) { scalars.formIndex(after: &start) }
        }
        if side != .start {
            while start < end {
                let last = scalars.index(before: end)
                guard isRemoved(scalars[last]) else { break }
                end = last
            }
        }
        return start == scalars.startIndex && end == scalars.endIndex ? text : String(scalars[start..<end])
    }

    /// The words between blanks; after `limit` separations (none where it is negative) the rest is the last word.
    static func split(_ text: String, limit: Int = -1) -> [String] {
        let scalars = text.unicodeScalars
        var words: [String] = []
        var index = scalars.startIndex
        let limit = limit < 0 ? Int.max : limit
        while true {
            while index < scalars.endIndex, isSpace(scalars[index]) { scalars.formIndex(after: &index) }
            guard index < scalars.endIndex else { return words }
            guard words.count < limit else { break }
            let start = index
            while index < scalars.endIndex, !isSpace(scalars[index]) { scalars.formIndex(after: &index) }
            words.append(String(scalars[start..<index]))
        }
        words.append(String(scalars[index...]))
        return words
    }

    /// As ``split(_:limit:)``, separating from the end.
    static func splitFromEnd(_ text: String, limit: Int = -1) -> [String] {
        let scalars = text.unicodeScalars
        var words: [String] = []
        var index = scalars.endIndex
        let limit = limit < 0 ? Int.max : limit
        while true {
            while index > scalars.startIndex, isSpace(scalars[scalars.index(before: index)]) {
                scalars.formIndex(before: &index)
            }
            guard index > scalars.startIndex else { break }
            guard words.count < limit else {
                words.append(String(scalars[..<index]))
                break
            }
            let end = index
            while index > scalars.startIndex, !isSpace(scalars[scalars.index(before: index)]) {
                scalars.formIndex(before: &index)
            }
            words.append(String(scalars[index..<end]))
        }
        return words.reversed()
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
