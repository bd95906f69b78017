import CarafeHTTP

extension FuzzEntry {
    /// Range, If-Range and Content-Range: what is served lies within the content.
    static let ranges = FuzzEntry(
        text: "ranges", seeds: ["bytes=0-4", "bytes=-5,9-,0-0", "bytes=9223372036854775807-", "bytes 0-4/*"]
    ) { text in
        _ = IfRange(parsing: text)
        if let range = ContentRange(parsing: text), ContentRange(parsing: range.description) == nil {
            return "does not read its own \(range)"
        }
        guard let ranges = ByteRanges(parsing: text) else { return nil }
        for length in [0, 1, 100, Int.max] {
            guard case .ranges(let resolved) = ranges.resolved(length: length) else { continue }
            guard resolved.allSatisfy({ !$0.isEmpty && 0...length ~= $0.lowerBound && $0.upperBound <= length }) else {
                return "a range beyond \(length) bytes: \(resolved)"
            }
        }
        return nil
    }
}
