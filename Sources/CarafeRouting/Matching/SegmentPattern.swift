/// A `Pattern` made ready to match.
final class SegmentPattern: Sendable {
    /// What a text gives.
    enum Outcome {
        case noMatch
        case match
        /// It matches, with a slash after it that the pattern leaves over.
        case matchBeforeSlash
    }

    /// How many variables it captures.
    let variableCount: Int

    private let endsWithSlash: Bool
    /// One variable between two texts: where it stands is known at once.
    private let prefix: FixedStorage<UInt8>
    private let suffix: FixedStorage<UInt8>
    private let plain: PlainConverter?
    private let other: VariableConverter?
    /// Several variables: which takes how much has to be found out.
    private let several: SplitPattern?

    init(_ pattern: Pattern) {
        variableCount = pattern.variableCount
        endsWithSlash = pattern.endsWithSlash
        guard let (prefix, converter, suffix) = Self.single(pattern.elements) else {
            (self.prefix, self.suffix, plain, other) = (FixedStorage([]), FixedStorage([]), nil, nil)
            several = SplitPattern(pattern)
            return
        }
        self.prefix = FixedStorage(prefix)
        self.suffix = FixedStorage(suffix)
        if case .plain(let converter) = converter {
            (plain, other) = (converter, nil)
        } else {
            (plain, other) = (nil, converter)
        }
        several = nil
    }

    deinit {
        prefix.free()
        suffix.free()
    }

    private static func single(_ elements: [Pattern.Element]) -> ([UInt8], VariableConverter, [UInt8])? {
        var prefix: [UInt8] = []
        var suffix: [UInt8] = []
        var variable: VariableConverter?
        for element in elements {
            switch element {
            case .literal(let text) where variable == nil: prefix = text
            case .literal(let text): suffix = text
            case .variable(let converter) where variable == nil: variable = converter
            case .variable: return nil
            }
        }
        return variable.map { (prefix, $0, suffix) }
    }

    /// Whether the whole text matches; if so, the texts of the variables are stored among the captures from an index on.
    func match(_ text: Text, _ captures: UnsafeMutableBufferPointer<Text>, from first: Int) -> Outcome {
        if let several { return several.match(text, captures, from: first) }
        let hasSlash = endsWithSlash && text.last == UInt8(ascii: "/")
        let body = hasSlash ? Text(rebasing: text.dropLast()) : text
        if endsWithSlash, body.last == UInt8(ascii: "/") { return .noMatch }
        guard body.count >= prefix.count + suffix.count, body.starts(with: prefix.buffer),
            body.suffix(suffix.count).elementsEqual(suffix.buffer)
        else { return .noMatch }
        let value = Text(rebasing: body[prefix.count..<(body.count - suffix.count)])
        guard plain?.accepts(value) ?? other?.accepts(value) ?? false else { return .noMatch }
        captures[first] = value
        return hasSlash ? .matchBeforeSlash : .match
    }
}
