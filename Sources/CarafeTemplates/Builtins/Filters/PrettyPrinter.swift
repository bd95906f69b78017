/// Values as Python's `pprint.pformat` lays them out: on one line where 80 columns suffice, else an element a line, and long
/// text in pieces.
struct PrettyPrinter {
    private static let width = 80
    /// Python gives up a little later.
    private static let maximumDepth = 200

    private let limits: TemplateLimits
    private var output: [UInt8] = []
    private var written = WrittenParts<Part>()
    /// How many times a container was named within itself.
    private var recursions = 0
    /// The containers that are being written, from the outside in.
    private var open: [ObjectIdentifier] = []

    static func text(of value: TemplateValue, limits: TemplateLimits) throws -> String {
        var printer = PrettyPrinter(limits: limits)
        try printer.format(value, Place(indent: 0, allowance: 0, level: 0))
        return String(decoding: printer.output, as: UTF8.self)
    }

    private init(limits: TemplateLimits) { self.limits = limits }

    /// Where a value is written: after so many columns, so many of which are needed behind it, in so many containers.
    private struct Place: Hashable {
        var indent: Int
        var allowance: Int
        var level: Int
    }

    private struct Part: Hashable {
        let identity: ObjectIdentifier
        let place: Place
    }

    private mutating func write(_ text: String) throws {
        output += text.utf8
        try PythonText.check(size: output.count, limits)
    }

    private mutating func startLine(_ indent: Int) throws {
        try PythonText.check(size: indent, limits)
        try write("\n" + String(repeating: " ", count: indent))
    }

    private mutating func format(_ value: TemplateValue, _ place: Place) throws {
        let value = try value.plain
        guard let identity = value.containerIdentity else { return try layOut(value, place) }
        if open.contains(identity) {
            recursions += 1
            return try write(PlainRepresentation.recursion(value))
        }
        if written.append(Part(identity: identity, place: place), to: &output) { return try write("") }
        let (start, recursions) = (output.count, recursions)
        try layOut(value, place)
        guard recursions == self.recursions else { return }
        written.remember(Part(identity: identity, place: place), value, from: start, in: output)
    }

    private mutating func layOut(_ value: TemplateValue, _ place: Place) throws {
        var plain = PlainRepresentation(open: open, width: Self.width - place.indent - place.allowance)
        guard value.isLaidOut else { return try write(value.representation) }
        if try plain.append(value) {
            recursions += plain.recursions
            return try write(plain.text)
        }
        guard place.level < Self.maximumDepth else {
            throw TemplateError(.recursion, "maximum recursion depth exceeded")
        }
        var place = place
        place.level += 1
        if let identity = value.containerIdentity { open.append(identity) }
        defer { if value.containerIdentity != nil { open.removeLast() } }
        switch value {
        case .dict(let dict): try format(PlainRepresentation.sorted(dict), place)
        case .list(let list): try format(list.elements, "[", "]", place)
        case .tuple(let tuple): try format(tuple.elements, "(", tuple.elements.count == 1 ? ",)" : ")", place)
        case .string(let text): try format(text, place)
        default: break
        }
    }

    private mutating func format(
        _ items: [(key: TemplateValue, value: TemplateValue)], _ place: Place
    ) throws {
        try write("{")
        for (number, item) in items.enumerated() {
            if number > 0 {
                try write(",")
                try startLine(place.indent + 1)
            }
            var key = PlainRepresentation(open: open, width: limits.valueSize)
            guard try key.append(item.key) else { throw PythonText.tooLarge(limits) }
            try write(key.text + ": ")
            let isLast = number == items.count - 1
            try format(
                item.value,
                Place(
                    indent: place.indent + 1 + key.length + 2, allowance: isLast ? place.allowance + 1 : 1,
                    level: place.level))
        }
        try write("}")
    }

    private mutating func format(
        _ elements: [TemplateValue], _ start: String, _ end: String, _ place: Place
    ) throws {
        try write(start)
        for (number, element) in elements.enumerated() {
            if number > 0 {
                try write(",")
                try startLine(place.indent + 1)
            }
            let isLast = number == elements.count - 1
            try format(
                element,
                Place(
                    indent: place.indent + 1, allowance: isLast ? place.allowance + end.utf8.count : 1,
                    level: place.level))
        }
        try write(end)
    }

    /// Text in pieces, one below the other: its lines, and the words of those that are too long.
    private mutating func format(_ text: String, _ place: Place) throws {
        let isAlone = place.level == 1
        let indent = place.indent + (isAlone ? 1 : 0)
        let allowance = place.allowance + (isAlone ? 1 : 0)
        let width = Self.width - indent
        var pieces: [String] = []
        let lines = PythonText.splitLines(text, keepsEnds: true)
        for (number, line) in lines.enumerated() {
            let isLast = number == lines.count - 1
            let whole = TextRepresentation.of(line)
            if PythonText.length(whole) <= width - (isLast ? allowance : 0) {
                pieces.append(whole)
            } else {
                pieces += Self.pieces(of: line, width: width, lastWidth: isLast ? width - allowance : width)
            }
        }
        if pieces.count == 1 { return try write(TextRepresentation.of(lines[0])) }
        if isAlone { try write("(") }
        for (number, piece) in pieces.enumerated() {
            if number > 0 { try startLine(indent) }
            try write(piece)
        }
        if isAlone { try write(")") }
    }

    private static func pieces(of line: String, width: Int, lastWidth: Int) -> [String] {
        var pieces: [String] = []
        var (piece, shown) = ("", "")
        let words = words(of: line)
        for (number, word) in words.enumerated() {
            let candidate = piece + word
            let representation = TextRepresentation.of(candidate)
            if PythonText.length(representation) > (number == words.count - 1 ? lastWidth : width) {
                if !piece.utf8.isEmpty { pieces.append(shown) }
                (piece, shown) = (word, TextRepresentation.of(word))
            } else {
                (piece, shown) = (candidate, representation)
            }
        }
        if !piece.utf8.isEmpty { pieces.append(shown) }
        return pieces
    }

    /// The words, each with the blanks after it.
    private static func words(of line: String) -> [String] {
        let scalars = line.unicodeScalars
        var words: [String] = []
        var start = scalars.startIndex
        while start < scalars.endIndex {
            let blank = scalars[start...].firstIndex(where: PythonText.isSpace) ?? scalars.endIndex
            let end = scalars[blank...].firstIndex { !PythonText.isSpace($0) } ?? scalars.endIndex
            words.append(String(scalars[start..<end]))
            start = end
        }
        return words
    }
}

extension TemplateValue {
    /// Whether `pprint` spreads the value over lines where it is long.
    fileprivate var isLaidOut: Bool {
        switch self {
        case .list, .tuple, .dict, .string: true
        default: false
        }
    }
}
