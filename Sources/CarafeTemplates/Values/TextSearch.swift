import Glibc

/// Finds bytes in bytes, in linear time.
enum TextSearch {
    /// Whether `part` is somewhere in `text`.
    static func contains(_ text: String, _ part: String) -> Bool {
        var (text, part) = (text, part)
        return text.withUTF8 { text in part.withUTF8 { part in firstIndex(of: part, in: text) != nil } }
    }

    /// Where `part` first is in `text`, from `start` on.
    static func firstIndex(
        of part: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, from start: Int = 0
    ) -> Int? {
        guard let first = part.baseAddress, !part.isEmpty else { return start <= text.count ? start : nil }
        guard let base = text.baseAddress else { return nil }
        var index = start
        var compared = 0
        while index + part.count <= text.count {
            guard let found = memchr(base + index, Int32(first[0]), text.count - part.count - index + 1) else {
                return nil
            }
            index = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            if memcmp(found, first, part.count) == 0 { return index }
            index += 1
            // Quick on all but texts that repeat themselves, on which it would be quadratic.
            compared += part.count
            if compared > 4 * (text.count + 64) { return linearFirstIndex(of: part, in: text, from: index) }
        }
        return nil
    }

    /// The way of Knuth, Morris and Pratt, which never looks back in the text.
    private static func linearFirstIndex(
        of part: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> Int? {
        // How much of the part's start is also the end of what matched up to each place.
        var borders = [Int](repeating: 0, count: part.count)
        var matched = 0
        for place in 1..<max(1, part.count) {
            while matched > 0 && part[place] != part[matched] { matched = borders[matched - 1] }
            if part[place] == part[matched] { matched += 1 }
            borders[place] = matched
        }
        matched = 0
        for index in start..<max(start, text.count) {
            while matched > 0 && text[index] != part[matched] { matched = borders[matched - 1] }
            if text[index] == part[matched] { matched += 1 }
            if matched == part.count { return index - part.count + 1 }
        }
        return nil
    }
}
