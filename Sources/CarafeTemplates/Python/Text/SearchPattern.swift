#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Finds the places of one text in others, in time that grows with their lengths only.
///
/// UTF-8 keeps code points apart, so a search for bytes finds code points. Short patterns are compared at each place; long
/// ones by Knuth, Morris and Pratt's algorithm, which never looks at a byte twice.
struct SearchPattern {
    let pattern: [UInt8]
    /// For each length of a part of the pattern that matched: the longest other beginning that is its end.
    private let borders: [Int]
    private static let longestCompared = 8

    init(_ pattern: String, backwards: Bool = false) {
        self.init(backwards ? pattern.utf8.reversed() : Array(pattern.utf8))
    }

    init(_ pattern: [UInt8]) {
        self.pattern = pattern
        var borders: [Int] = []
        if pattern.count > Self.longestCompared {
            borders = [0]
            borders.reserveCapacity(pattern.count)
            for offset in 1..<pattern.count {
                var border = borders[offset - 1]
                while border > 0, pattern[offset] != pattern[border] { border = borders[border - 1] }
                borders.append(pattern[offset] == pattern[border] ? border + 1 : 0)
            }
        }
        self.borders = borders
    }

    /// The first place of the pattern, which is not empty, in `bytes` within `range`.
    func first(in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
        guard let first = pattern.first, range.count >= pattern.count, let base = bytes.baseAddress else { return nil }
        if !borders.isEmpty {
            return match(count: range.count) { bytes[range.lowerBound + $0] }.map {
                range.lowerBound + $0 - pattern.count
            }
        }
        var offset = range.lowerBound
        let last = range.upperBound - pattern.count
        while offset <= last {
            guard let found = memchr(base + offset, Int32(first), last + 1 - offset) else { return nil }
            offset = base.distance(to: found.assumingMemoryBound(to: UInt8.self))
            if matches(bytes, at: offset) { return offset }
            offset += 1
        }
        return nil
    }

    /// The last place in `bytes` within `range`, for a pattern that was given to be searched backwards.
    func last(in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
        guard !pattern.isEmpty, range.count >= pattern.count else { return nil }
        if !borders.isEmpty {
            return match(count: range.count) { bytes[range.upperBound - 1 - $0] }.map { range.upperBound - $0 }
        }
        var offset = range.upperBound - pattern.count
        while offset >= range.lowerBound {
            if matchesBackwards(bytes, at: offset) { return offset }
            offset -= 1
        }
        return nil
    }

    private func matches(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
        for index in 0..<pattern.count where bytes[offset + index] != pattern[index] { return false }
        return true
    }

    private func matchesBackwards(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
        for index in 0..<pattern.count where bytes[offset + pattern.count - 1 - index] != pattern[index] {
            return false
        }
        return true
    }

    /// After how many of `count` bytes the pattern is complete.
    private func match(count: Int, _ byte: (Int) -> UInt8) -> Int? {
        var matched = 0
        for offset in 0..<count {
            let next = byte(offset)
            while matched > 0, next != pattern[matched] { matched = borders[matched - 1] }
            if next == pattern[matched] { matched += 1 }
            if matched == pattern.count { return offset + 1 }
        }
        return nil
    }
}
