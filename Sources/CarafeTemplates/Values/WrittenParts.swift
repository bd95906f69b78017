/// Where in an output the text of containers stands.
///
/// A container may be in others many times, and they in others: its text is copied then. Otherwise sixty pairs of pairs
/// would be written step by step until the text is too large.
struct WrittenParts<Key: Hashable> {
    /// Containers, kept so that no others come to be where they were, and their texts.
    private var parts: [Key: (container: TemplateValue, text: Range<Int>)] = [:]

    /// Shorter text is written again: to remember it would cost more.
    private static var shortest: Int { 256 }

    /// Remembers that the end of `output`, from `start` on, is the text of `container`.
    @inline(__always)
    mutating func remember(
        _ key: Key, _ container: TemplateValue, from start: Int, in output: [UInt8]
    ) {
        if output.count - start >= Self.shortest { parts[key] = (container, start..<output.count) }
    }

    /// Appends the text that is known for `key`.
    ///
    /// - Returns: false where none is
    @inline(__always)
    func append(_ key: Key, to output: inout [UInt8]) -> Bool {
        guard !parts.isEmpty, let part = parts[key] else { return false }
        output += output[part.text]
        return true
    }
}
