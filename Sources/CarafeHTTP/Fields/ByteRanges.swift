/// The ranges of a `Range` field in bytes (RFC 9110 §14.2).
///
/// ```swift
/// ByteRanges(parsing: "bytes=0-499")?.resolved(length: 1000)   // .ranges([0..<500])
/// ByteRanges(parsing: "bytes=-500")?.resolved(length: 1000)    // .ranges([500..<1000])
/// ```
public struct ByteRanges: Sendable, Hashable {
    /// One range as the client wrote it.
    public enum Specifier: Sendable, Hashable {
        /// `first-last`, both included.
        case closed(first: Int, last: Int)
        /// `first-`, to the end.
        case from(first: Int)
        /// `-length`, the last bytes.
        case suffix(length: Int)
    }

    /// What the ranges are in content of a known length.
    public enum Resolution: Sendable, Hashable {
        /// The ranges that lie in the content, at least one, in order.
        case ranges([Range<Int>])
        /// None lies in the content: answer 416 with `ContentRange.unsatisfiable(length:)`.
        case unsatisfiable
    }

    /// The ranges, in ascending order and without overlap.
    public let specifiers: [Specifier]

    /// The ranges of a field; nil, so that the field is to be ignored, where it is malformed, not in bytes, out of
    /// order, overlapping (only the last may be open), or of more than `limit` ranges. Numbers that are too large
    /// for `Int` count as `Int.max`.
    public init?(parsing value: String, limit: Int = 16) {
        let bytes = Array(value.utf8)
        guard let equals = bytes.firstIndex(of: 0x3D) else { return nil }
        let unit = bytes[FieldSyntax.trimmed(bytes, 0..<equals)]
        guard FieldSyntax.sameIgnoringCase(unit, Array("bytes".utf8)) else { return nil }
        var specifiers: [Specifier] = []
        // The first byte that the next range may begin with; nil after an open range.
        var next: Int? = 0
        var start = equals + 1
        while start <= bytes.count {
            let end = bytes[start...].firstIndex(of: 0x2C) ?? bytes.count
            guard specifiers.count < limit, let bound = next,
                let specifier = Self.specifier(bytes, FieldSyntax.trimmed(bytes, start..<end))
            else { return nil }
            switch specifier {
            case .closed(let first, let last):
                guard first >= bound, first <= last else { return nil }
                next = last == Int.max ? last : last + 1
            case .from(let first):
                guard first >= bound else { return nil }
                next = nil
            case .suffix:
                next = nil
            }
            specifiers.append(specifier)
            start = end + 1
        }
        self.specifiers = specifiers
    }

    /// The ranges within content of `length` bytes. Ends beyond it are cut, a suffix longer than it is all of it,
    /// and ranges that begin beyond it fall away.
    public func resolved(length: Int) -> Resolution {
        let ranges: [Range<Int>] = specifiers.compactMap { specifier in
            switch specifier {
            case .closed(let first, let last):
                first < length ? first..<(last < length ? last + 1 : length) : nil
            case .from(let first):
                first < length ? first..<length : nil
            case .suffix(let count):
                count > 0 && length > 0 ? max(0, length - count)..<length : nil
            }
        }
        return ranges.isEmpty ? .unsatisfiable : .ranges(ranges)
    }

    private static func specifier(_ bytes: [UInt8], _ range: Range<Int>) -> Specifier? {
        guard let hyphen = bytes[range].firstIndex(of: 0x2D) else { return nil }
        let before = FieldSyntax.trimmed(bytes, range.lowerBound..<hyphen)
        let after = FieldSyntax.trimmed(bytes, hyphen + 1..<range.upperBound)
        if before.isEmpty { return FieldSyntax.decimal(bytes[after]).map { .suffix(length: $0) } }
        guard let first = FieldSyntax.decimal(bytes[before]) else { return nil }
        if after.isEmpty { return .from(first: first) }
        return FieldSyntax.decimal(bytes[after]).map { .closed(first: first, last: $0) }
    }
}

extension ByteRanges: CustomStringConvertible {
    /// The field's value, such as `bytes=0-499,-20`.
    public var description: String {
        "bytes="
            + specifiers.map { specifier in
                switch specifier {
                case .closed(let first, let last): "\(first)-\(last)"
                case .from(let first): "\(first)-"
                case .suffix(let length): "-\(length)"
                }
            }.joined(separator: ",")
    }
}
