/// Writes lists, tuples and dictionaries as Python's `repr` does, without recursion.
struct ContainerPrinter {
    private struct Frame {
        let container: TemplateValue
        let identity: ObjectIdentifier
        /// Where its text starts, and how often a container was repeated before.
        let start: Int
        let repetitions: Int
        var rest: ArraySlice<TemplateValue>
        /// How the values after the first are separated; a dictionary's keys and values alternate.
        let isDict: Bool
        let end: StaticString
        var position = 0
    }

    private var output: [UInt8] = []
    private var frames: [Frame] = []
    private var written = WrittenParts<ObjectIdentifier>()
    private let state = ThreadState.current

    /// Python stops near this depth too.
    private static let maximumDepth = 1000
    private let maximumSize: Int

    /// - Parameter maximumSize: how many bytes the text may have
    init(maximumSize: Int = TemplateLimits().valueSize) { self.maximumSize = maximumSize }

    /// The text of `value`.
    mutating func print(_ value: TemplateValue) throws -> String {
        // What was entered is left, also by an error.
        let outside = state.printed.count
        defer { state.printed.removeLast(state.printed.count - outside) }
        try write(value)
        while !frames.isEmpty { try writeNext() }
        return String(decoding: output, as: UTF8.self)
    }

    private mutating func writeNext() throws {
        let last = frames.count - 1
        guard let value = frames[last].rest.popFirst() else {
            return close()
        }
        let position = frames[last].position
        frames[last].position += 1
        if frames[last].isDict && position & 1 == 1 {
            append(": ")
        } else if position > 0 {
            append(", ")
        }
        try write(value)
        if output.count > maximumSize {
            throw TemplateError(.limit, "the text of a container is longer than \(maximumSize) bytes")
        }
    }

    private mutating func close() {
        let frame = frames.removeLast()
        append(frame.end)
        state.printed.removeLast()
        // What has a container repeated in it looks different elsewhere.
        guard frame.repetitions == state.repetitions else { return }
        written.remember(frame.identity, frame.container, from: frame.start, in: output)
    }

    private mutating func write(_ value: TemplateValue) throws {
        switch value {
        case .list(let list):
            try enter(value, list, list.elements[...], isDict: false, "[", "]", again: "[...]")
        case .tuple(let tuple):
            let end: StaticString = tuple.count == 1 ? ",)" : ")"
            try enter(value, tuple, tuple.elements[...], isDict: false, "(", end, again: "(...)")
        case .dict(let dict):
            var values: [TemplateValue] = []
            for entry in dict.storage.entries {
                values.append(entry.key)
                values.append(entry.value)
            }
            try enter(value, dict, values[...], isDict: true, "{", "}", again: "{...}")
        case .string(let text): TextRepresentation.append(text, to: &output)
        default: output += try value.representation.utf8
        }
    }

    private mutating func enter(
        _ container: TemplateValue, _ object: AnyObject, _ values: ArraySlice<TemplateValue>, isDict: Bool,
        _ start: StaticString, _ end: StaticString, again: StaticString
    ) throws {
        let identity = ObjectIdentifier(object)
        if state.printed.contains(identity) {
            state.repetitions &+= 1
            return append(again)
        }
        if written.append(identity, to: &output) { return }
        guard frames.count < Self.maximumDepth else {
            throw ThreadState.recursionError(" while getting the repr of an object")
        }
        state.printed.append(identity)
        frames.append(
            Frame(
                container: container, identity: identity, start: output.count, repetitions: state.repetitions,
                rest: values, isDict: isDict, end: end))
        append(start)
    }

    private mutating func append(_ text: StaticString) {
        output += UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }
}
