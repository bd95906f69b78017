/// A `Content-Range` field in bytes (RFC 9110 §14.4): which part of how much a response holds.
public struct ContentRange: Sendable, Hashable {
    /// The part; nil in an answer that no part could be given (416).
    public let range: Range<Int>?

    /// The length of the whole, in bytes; nil where it is not known (`*`).
    public let length: Int?

    /// The part `range` of content of `length` bytes; nil where the range is empty or does not lie in it.
    public init?(_ range: Range<Int>, length: Int?) {
        guard !range.isEmpty, range.lowerBound >= 0, range.upperBound <= length ?? Int.max else { return nil }
        self.range = range
        self.length = length
    }

    /// What belongs to status 416: `bytes */length`.
    public static func unsatisfiable(length: Int) -> ContentRange {
        ContentRange(unsatisfiedOf: max(0, length))
    }

    private init(unsatisfiedOf length: Int) {
        range = nil
        self.length = length
    }

    /// A field's value; nil where it is malformed or not in bytes.
    public init?(parsing value: String) {
        let bytes = Array(value.utf8)
        let whole = FieldSyntax.trimmed(bytes)
        guard let space = bytes[whole].firstIndex(where: FieldSyntax.isWhitespace),
            FieldSyntax.sameIgnoringCase(bytes[whole.lowerBound..<space], Array("bytes".utf8)),
            let slash = bytes[space..<whole.upperBound].firstIndex(of: 0x2F)
        else { return nil }
        let lengthBytes = bytes[FieldSyntax.trimmed(bytes, slash + 1..<whole.upperBound)]
        let length = FieldSyntax.decimal(lengthBytes)
        guard length != nil || lengthBytes.elementsEqual([0x2A]) else { return nil }
        let part = FieldSyntax.trimmed(bytes, space..<slash)
        if bytes[part].elementsEqual([0x2A]) {
            guard let length else { return nil }
            self.init(unsatisfiedOf: length)
            return
        }
        guard let hyphen = bytes[part].firstIndex(of: 0x2D),
            let first = FieldSyntax.decimal(bytes[FieldSyntax.trimmed(bytes, part.lowerBound..<hyphen)]),
            let last = FieldSyntax.decimal(bytes[FieldSyntax.trimmed(bytes, hyphen + 1..<part.upperBound)]),
            first <= last, last < Int.max
        else { return nil }
        self.init(first..<last + 1, length: length)
    }
}

extension ContentRange: CustomStringConvertible {
    /// The field's value, such as `bytes 0-499/1234`.
    public var description: String {
        let part = range.map { "\($0.lowerBound)-\($0.upperBound - 1)" } ?? "*"
        return "bytes \(part)/\(length.map { String($0) } ?? "*")"
    }
}
