/// A pattern with several variables: finds out which of them takes how much of a text.
///
/// It gives what Werkzeug's regular expression gives, each variable in turn taking the most (a `path`: the least) that
/// lets the rest match, but in time that grows with the text's length and not with a power of it: for each place in
/// the text it is worked out once, from the end, which steps can match from there on.
struct SplitPattern {
    private let steps: [Step]
    private let converters: [VariableConverter]

    /// One step of a regular expression.
    private enum Step {
        /// `text`
        case literal([UInt8], scalars: Int)
        /// `[class]{minimum,maximum}`, greedy or not
        case run(CharacterClass, minimum: Int, maximum: Int, isGreedy: Bool)
        /// `(?:one|other)`
        case oneOf([(text: [UInt8], scalars: Int)])
        /// `(?<!/)(/?)`
        case slashIfAny
        /// Where a variable begins and ends.
        case begin(variable: Int)
        case end(variable: Int)
    }

    private enum CharacterClass {
        case noSlash, noLineFeed, decimalDigit, hexadecimalDigit
    }

    init(_ pattern: Pattern) {
        var steps: [Step] = []
        var converters: [VariableConverter] = []
        for element in pattern.elements {
            switch element {
            case .literal(let text):
                steps.append(Self.literal(text))
            case .variable(let converter):
                steps.append(.begin(variable: converters.count))
                steps += Self.steps(of: converter)
                steps.append(.end(variable: converters.count))
                converters.append(converter)
            }
        }
        if pattern.endsWithSlash { steps.append(.slashIfAny) }
        self.steps = steps
        self.converters = converters
    }

    private static func steps(of converter: VariableConverter) -> [Step] {
        let digits = Step.run(.decimalDigit, minimum: 1, maximum: .max, isGreedy: true)
        let minus = Step.oneOf([([UInt8(ascii: "-")], 1), ([], 0)])
        switch converter {
        case .plain(.string(let length)):
            return [.run(.noSlash, minimum: length.minimum, maximum: length.maximum ?? .max, isGreedy: true)]
        case .any(let items):
            return [.oneOf(items.map { ($0, String(decoding: $0, as: UTF8.self).unicodeScalars.count) })]
        case .plain(.int(let format)):
            return (format.isSigned ? [minus] : []) + [digits]
        case .plain(.float(let format)):
            return (format.isSigned ? [minus] : []) + [digits, literal([UInt8(ascii: ".")]), digits]
        case .plain(.uuid):
            let groups = [8, 4, 4, 4, 12].map {
                [Step.run(.hexadecimalDigit, minimum: $0, maximum: $0, isGreedy: true)]
            }
            return Array(groups.joined(separator: [literal([UInt8(ascii: "-")])]))
        case .custom(let custom) where !custom.converter.spansSegments:
            return [.run(.noSlash, minimum: 1, maximum: .max, isGreedy: true)]
        case .plain(.path), .custom:
            return [
                .run(.noSlash, minimum: 1, maximum: 1, isGreedy: true),
                .run(.noLineFeed, minimum: 0, maximum: .max, isGreedy: false),
            ]
        }
    }

    private static func literal(_ text: [UInt8]) -> Step {
        .literal(text, scalars: String(decoding: text, as: UTF8.self).unicodeScalars.count)
    }

    /// Whether the whole text matches; if so, the texts of the variables are stored among the captures from an index on.
    func match(_ text: Text, _ captures: UnsafeMutableBufferPointer<Text>, from first: Int) -> SegmentPattern.Outcome {
        guard hasLiterals(text) else { return .noMatch }
        let places = Places(text)
        return withUnsafeTemporaryAllocation(of: Bool.self, capacity: (steps.count + 1) * places.count) { cells in
            // `row(step)[place]`: whether the steps from this one on can match from this place on.
            func row(_ step: Int) -> Row { Row(rebasing: cells[(step * places.count)..<((step + 1) * places.count)]) }
            row(steps.count).initialize(repeating: false)
            row(steps.count)[places.end] = true
            for index in steps.indices.reversed() {
                Self.fill(row(index), steps[index], places, then: row(index + 1))
            }
            guard row(0)[0] else { return .noMatch }
            return take(places, captures, from: first, row)
        }
    }

    /// For each place in a text whether something can match from there on.
    private typealias Row = UnsafeMutableBufferPointer<Bool>

    /// Whether the text has the pattern's literals one after another: without them nothing need be worked out.
    private func hasLiterals(_ text: Text) -> Bool {
        var rest = text[...]
        for case .literal(let literal, _) in steps {
            guard let first = literal.first else { continue }
            while true {
                guard let start = rest.firstIndex(of: first) else { return false }
                rest = rest[start...]
                if rest.starts(with: literal) { break }
                rest = rest.dropFirst()
            }
            rest = rest.dropFirst(literal.count)
        }
        return true
    }

    /// Goes through the steps, each of which can match, and stores what the variables take.
    private func take(
        _ places: Places, _ captures: UnsafeMutableBufferPointer<Text>, from first: Int, _ row: (Int) -> Row
    ) -> SegmentPattern.Outcome {
        var place = 0
        var begin = 0
        var endsWithSlash = false
        for (index, step) in steps.enumerated() {
            switch step {
            case .begin:
                begin = place
            case .end(let variable):
                let value = places.text(from: begin, to: place)
                guard converters[variable].accepts(value) else { return .noMatch }
                captures[first + variable] = value
            case .slashIfAny:
                endsWithSlash = place < places.end
                place = places.end
            default:
                place = Self.next(after: step, from: place, places, then: row(index + 1))
            }
        }
        return endsWithSlash ? .matchBeforeSlash : .match
    }

    /// From which places a step and what follows it can match.
    private static func fill(_ row: Row, _ step: Step, _ places: Places, then after: Row) {
        switch step {
        case .begin, .end:
            _ = row.initialize(from: after)
        case .literal(let literal, let scalars):
            for place in 0...places.end {
                row.initializeElement(
                    at: place,
                    to: place + scalars <= places.end && after[place + scalars]
                        && places.hasText(literal, scalars, at: place))
            }
        case .oneOf(let items):
            for place in 0...places.end {
                let matches = items.contains { item in
                    place + item.scalars <= places.end && after[place + item.scalars]
                        && places.hasText(item.text, item.scalars, at: place)
                }
                row.initializeElement(at: place, to: matches)
            }
        case .slashIfAny:
            for place in 0...places.end { row.initializeElement(at: place, to: places.isSlashIfAny(at: place)) }
        case .run(let characters, let minimum, let maximum, _):
            fillRun(row, characters, minimum, maximum, places, then: after)
        }
    }

    private static func fillRun(
        _ row: Row, _ characters: CharacterClass, _ minimum: Int, _ maximum: Int, _ places: Places, then after: Row
    ) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: places.count) { lastReachable in
            // For each place, the last place up to it from which the rest can match.
            var last = -1
            for place in 0...places.end {
                if after[place] { last = place }
                lastReachable.initializeElement(at: place, to: last)
            }
            var runEnd = places.end
            for place in (0...places.end).reversed() {
                if place == places.end || !contains(characters, places, place) { runEnd = place }
                let furthest = maximum < runEnd - place ? place + maximum : runEnd
                row.initializeElement(
                    at: place, to: minimum <= furthest - place && lastReachable[furthest] >= place + minimum)
            }
        }
    }

    /// Where a step that can match ends.
    private static func next(after step: Step, from place: Int, _ places: Places, then after: Row) -> Int {
        switch step {
        case .begin, .end, .slashIfAny:
            return place
        case .literal(_, let scalars):
            return place + scalars
        case .oneOf(let items):
            let item = items.first { item in
                place + item.scalars <= places.end && after[place + item.scalars]
                    && places.hasText(item.text, item.scalars, at: place)
            }
            return place + (item?.scalars ?? 0)
        case .run(let characters, let minimum, let maximum, let isGreedy):
            var best = place + minimum
            var furthest = place
            while true {
                if furthest >= place + minimum, after[furthest] {
                    best = furthest
                    if !isGreedy { return best }
                }
                guard furthest < places.end, furthest - place < maximum, contains(characters, places, furthest) else {
                    return best
                }
                furthest += 1
            }
        }
    }

    private static func contains(_ characters: CharacterClass, _ places: Places, _ place: Int) -> Bool {
        let first = places.firstByte(at: place)
        switch characters {
        case .noSlash: return first != UInt8(ascii: "/")
        case .noLineFeed: return first != UInt8(ascii: "\n")
        case .hexadecimalDigit: return hexadecimalValue(first) != nil
        case .decimalDigit where first < 0x80: return isDigit(first)
        case .decimalDigit:
            let scalar = String(decoding: places.text(from: place, to: place + 1), as: UTF8.self).unicodeScalars.first
            return scalar.flatMap(CarafeRouting.decimalDigit) != nil
        }
    }
}

/// The places in a text before, between and after its Unicode scalars, numbered from 0.
private struct Places {
    /// The place after the text.
    let end: Int

    private let text: Text
    /// The byte at which each place is; nil where it is the place's own number, which it is in ASCII.
    private let offsets: [Int]?

    init(_ text: Text) {
        self.text = text
        guard text.contains(where: { $0 >= 0x80 }) else {
            (offsets, end) = (nil, text.count)
            return
        }
        var offsets = [0]
        while let offset = offsets.last, offset < text.count {
            offsets.append(offset + scalarLength(text, at: offset))
        }
        self.offsets = offsets
        end = offsets.count - 1
    }

    /// How many places there are.
    var count: Int { end + 1 }

    /// The first byte of the scalar after a place.
    func firstByte(at place: Int) -> UInt8 { text[offset(place)] }

    /// The text between two places.
    func text(from start: Int, to end: Int) -> Text { Text(rebasing: text[offset(start)..<offset(end)]) }

    /// Whether a text of so many scalars follows a place.
    func hasText(_ other: [UInt8], _ scalars: Int, at place: Int) -> Bool {
        text(from: place, to: place + scalars).elementsEqual(other)
    }

    /// Whether nothing or one slash follows a place, and no slash is before it.
    func isSlashIfAny(at place: Int) -> Bool {
        guard place == end || place == end - 1 && firstByte(at: place) == UInt8(ascii: "/") else { return false }
        return place == 0 || text[offset(place) - 1] != UInt8(ascii: "/")
    }

    private func offset(_ place: Int) -> Int { offsets?[place] ?? place }
}
