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
        let places = Self.places(in: text)
        // `reachable[step][place]`: whether the steps from this one on can match from this place on.
        var reachable = [[Bool]](repeating: [], count: steps.count + 1)
        reachable[steps.count] = places.indices.map { $0 == places.count - 1 }
        for index in steps.indices.reversed() {
            reachable[index] = Self.reachable(steps[index], text, places, then: reachable[index + 1])
        }
        guard reachable[0].first == true else { return .noMatch }

        var place = 0
        var begin = 0
        var endsWithSlash = false
        for (index, step) in steps.enumerated() {
            switch step {
            case .begin:
                begin = place
            case .end(let variable):
                let value = Text(rebasing: text[places[begin]..<places[place]])
                guard converters[variable].accepts(value) else { return .noMatch }
                captures[first + variable] = value
            case .slashIfAny:
                endsWithSlash = place < places.count - 1
                place = places.count - 1
            default:
                place = Self.next(after: step, from: place, text, places, then: reachable[index + 1])
            }
        }
        return endsWithSlash ? .matchBeforeSlash : .match
    }

    /// Where the Unicode scalars of a text begin, and its end.
    private static func places(in text: Text) -> [Int] {
        guard text.contains(where: { $0 >= 0x80 }) else { return Array(0...text.count) }
        var places = [0]
        while let place = places.last, place < text.count { places.append(place + scalarLength(text, at: place)) }
        return places
    }

    /// From which places a step and what follows it can match.
    private static func reachable(_ step: Step, _ text: Text, _ places: [Int], then after: [Bool]) -> [Bool] {
        let end = places.count - 1
        switch step {
        case .begin, .end:
            return after
        case .literal(let literal, let scalars):
            return places.indices.map { place in
                place + scalars <= end && after[place + scalars] && begins(text, places, place, literal, scalars)
            }
        case .oneOf(let items):
            return places.indices.map { place in
                items.contains { item in
                    place + item.scalars <= end && after[place + item.scalars]
                        && begins(text, places, place, item.text, item.scalars)
                }
            }
        case .slashIfAny:
            return places.indices.map { isSlashIfAny(at: $0, text, places) }
        case .run(let characters, let minimum, let maximum, _):
            // For each place, the last place up to it from which the rest can match.
            var lastReachable = [Int](repeating: -1, count: places.count)
            for place in places.indices {
                lastReachable[place] = after[place] ? place : place > 0 ? lastReachable[place - 1] : -1
            }
            var result = after
            var runEnd = end
            for place in places.indices.reversed() {
                if place == end || !contains(characters, text, places, place) { runEnd = place }
                let furthest = maximum < runEnd - place ? place + maximum : runEnd
                result[place] = minimum <= furthest - place && lastReachable[furthest] >= place + minimum
            }
            return result
        }
    }

    /// Where a step that can match ends.
    private static func next(
        after step: Step, from place: Int, _ text: Text, _ places: [Int], then after: [Bool]
    ) -> Int {
        let end = places.count - 1
        switch step {
        case .begin, .end, .slashIfAny:
            return place
        case .literal(_, let scalars):
            return place + scalars
        case .oneOf(let items):
            let item = items.first { item in
                place + item.scalars <= end && after[place + item.scalars]
                    && begins(text, places, place, item.text, item.scalars)
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
                guard furthest < end, furthest - place < maximum, contains(characters, text, places, furthest) else {
                    return best
                }
                furthest += 1
            }
        }
    }

    private static func begins(
        _ text: Text, _ places: [Int], _ place: Int, _ literal: [UInt8], _ scalars: Int
    ) -> Bool {
        text[places[place]..<places[place + scalars]].elementsEqual(literal)
    }

    private static func isSlashIfAny(at place: Int, _ text: Text, _ places: [Int]) -> Bool {
        let rest = text[places[place]...]
        guard rest.isEmpty || rest.elementsEqual(CollectionOfOne(UInt8(ascii: "/"))) else { return false }
        return place == 0 || text[places[place] - 1] != UInt8(ascii: "/")
    }

    private static func contains(_ characters: CharacterClass, _ text: Text, _ places: [Int], _ place: Int) -> Bool {
        let first = text[places[place]]
        switch characters {
        case .noSlash: return first != UInt8(ascii: "/")
        case .noLineFeed: return first != UInt8(ascii: "\n")
        case .hexadecimalDigit: return hexadecimalValue(first) != nil
        case .decimalDigit where first < 0x80: return isDigit(first)
        case .decimalDigit:
            let scalar = String(decoding: text[places[place]..<places[place + 1]], as: UTF8.self).unicodeScalars.first
            return scalar.flatMap(CarafeRouting.decimalDigit) != nil
        }
    }
}
