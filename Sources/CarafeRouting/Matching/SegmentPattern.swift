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

    private let method: Method
    private let endsWithSlash: Bool

    private enum Method {
        /// One variable between two texts: where it stands is known at once.
        case single(prefix: [UInt8], VariableConverter, suffix: [UInt8])
        /// Several variables: which takes how much has to be found out.
        case several(SplitPattern)
    }

    init(_ pattern: Pattern) {
        variableCount = pattern.variableCount
        endsWithSlash = pattern.endsWithSlash
        method = Self.single(pattern.elements) ?? .several(SplitPattern(pattern))
    }

    private static func single(_ elements: [Pattern.Element]) -> Method? {
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
        return variable.map { .single(prefix: prefix, $0, suffix: suffix) }
    }

    /// Whether the whole text matches; if so, the texts of the variables are stored among the captures from an index on.
    func match(_ text: Text, _ captures: UnsafeMutableBufferPointer<Text>, from first: Int) -> Outcome {
        switch method {
        case .single(let prefix, let converter, let suffix):
            let hasSlash = endsWithSlash && text.last == UInt8(ascii: "/")
            let body = hasSlash ? Text(rebasing: text.dropLast()) : text
            if endsWithSlash, body.last == UInt8(ascii: "/") { return .noMatch }
            guard body.count >= prefix.count + suffix.count, body.starts(with: prefix),
                body.suffix(suffix.count).elementsEqual(suffix)
            else { return .noMatch }
            let value = Text(rebasing: body[prefix.count..<(body.count - suffix.count)])
            guard converter.accepts(value) else { return .noMatch }
            captures[first] = value
            return hasSlash ? .matchBeforeSlash : .match
        case .several(let pattern):
            return pattern.match(text, captures, from: first)
        }
    }
}
