/// `find`, `count` and `replace` of Python's `str`.
extension PythonText {
    /// The part of a text from one code point to another that `find` and its siblings look at (`start`, `end`), as offsets of
    /// bytes; nil where it starts after its end, in which not even the empty text is found.
    struct Window {
        let range: Range<Int>
        let isASCII: Bool

        init?(_ bytes: UnsafeBufferPointer<UInt8>, start: Int?, end: Int?) {
            guard start != nil || end != nil else {
                range = 0..<bytes.count
                isASCII = false
                return
            }
            let length = PythonText.length(bytes)
            isASCII = length == bytes.count
            let lower = Self.position(start ?? 0, length: length)
            let upper = min(Self.position(end ?? length, length: length), length)
            guard lower <= upper else { return nil }
            range =
                PythonText.offset(
                    ofIndex: lower, in: bytes, isASCII: isASCII)..<PythonText.offset(
                    ofIndex: upper, in: bytes, isASCII: isASCII)
        }

        /// Counts a negative position from the end.
        private static func position(_ position: Int, length: Int) -> Int {
            position < 0 ? max(position &+ length, 0) : position
        }
    }

    /// The number of the code point where `pattern` is found first, or last when searched `backwards`.
    static func find(
        _ pattern: String, in text: String, start: Int? = nil, end: Int? = nil, backwards: Bool = false
    ) -> Int? {
        withBytes(text) { bytes -> Int? in
            guard let window = Window(bytes, start: start, end: end) else { return nil }
            var found: Int?
            if pattern.utf8.isEmpty {
                found = backwards ? window.range.upperBound : window.range.lowerBound
            } else if backwards {
                found = SearchPattern(pattern, backwards: true).last(in: bytes, window.range)
            } else {
                found = SearchPattern(pattern).first(in: bytes, window.range)
            }
            return found.map { length(UnsafeBufferPointer(rebasing: bytes[..<$0])) }
        }
    }

    /// How often `pattern` is found, one place after the end of the other.
    static func count(_ pattern: String, in text: String, start: Int? = nil, end: Int? = nil) -> Int {
        withBytes(text) { bytes -> Int in
            guard let window = Window(bytes, start: start, end: end) else { return 0 }
            if pattern.utf8.isEmpty { return length(UnsafeBufferPointer(rebasing: bytes[window.range])) + 1 }
            let search = SearchPattern(pattern)
            var (count, offset) = (0, window.range.lowerBound)
            while let found = search.first(in: bytes, offset..<window.range.upperBound) {
                count += 1
                offset = found + search.pattern.count
            }
            return count
        }
    }

    static func contains(_ pattern: String, in text: String) -> Bool {
        pattern.utf8.isEmpty
            || withBytes(text) { SearchPattern(pattern).first(in: $0, 0..<$0.count) != nil }
    }

    /// Whether the part of `text` between two code points begins, or ends, with `affix`.
    static func hasAffix(_ affix: String, _ text: String, start: Int?, end: Int?, atEnd: Bool) -> Bool {
        withBytes(text) { bytes -> Bool in
            guard let window = Window(bytes, start: start, end: end) else { return false }
            return withBytes(affix) { affix -> Bool in
                guard affix.count <= window.range.count else { return false }
                let offset = atEnd ? window.range.upperBound - affix.count : window.range.lowerBound
                return bytes[offset..<(offset + affix.count)].elementsEqual(affix)
            }
        }
    }

    static func hasPrefix(_ text: String, _ prefix: String) -> Bool {
        hasAffix(prefix, text, start: nil, end: nil, atEnd: false)
    }

    static func hasSuffix(_ text: String, _ suffix: String) -> Bool {
        hasAffix(suffix, text, start: nil, end: nil, atEnd: true)
    }

    /// `text` with the first `count` places of `old` replaced by `new`; all of them where `count` is negative.
    static func replace(
        _ old: String, by new: String, in text: String, count: Int = -1, limits: TemplateLimits
    ) throws -> String {
        let limit = count < 0 ? Int.max : count
        guard limit > 0 else { return text }
        return try withBytes(text) { bytes -> String in
            var places: [Int] = []
            if old.utf8.isEmpty {
                for offset in 0...bytes.count where places.count < limit {
                    if offset == bytes.count || bytes[offset] & 0xC0 != 0x80 { places.append(offset) }
                }
            } else {
                let search = SearchPattern(old)
                var offset = 0
                while places.count < limit, let found = search.first(in: bytes, offset..<bytes.count) {
                    places.append(found)
                    offset = found + search.pattern.count
                }
            }
            guard !places.isEmpty else { return text }
            return try replace(places, of: old.utf8.count, by: new, in: bytes, limits)
        }
    }

    private static func replace(
        _ places: [Int], of length: Int, by new: String, in bytes: UnsafeBufferPointer<UInt8>, _ limits: TemplateLimits
    ) throws -> String {
        let (growth, overflow) = places.count.multipliedReportingOverflow(by: new.utf8.count - length)
        guard !overflow, let size = sum(bytes.count, growth) else { throw tooLarge(limits) }
        try check(size: size, limits)
        var result: [UInt8] = []
        result.reserveCapacity(size)
        var offset = 0
        for place in places {
            result += bytes[offset..<place]
            result += new.utf8
            offset = place + length
        }
        result += bytes[offset...]
        return String(decoding: result, as: UTF8.self)
    }

    /// The sum, or nil past what `Int` holds.
    static func sum(_ a: Int, _ b: Int) -> Int? {
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow ? nil : sum
    }
}
