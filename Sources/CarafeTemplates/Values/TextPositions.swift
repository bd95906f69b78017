/// Where in a long text that is not ASCII its code points begin, so that a template can take them one by one, in any order,
/// without walking from the start of the text each time.
final class TextPositions {
    /// How many code points the text has.
    let count: Int
    /// Kept so that no other text comes to be where this one is.
    private let text: String
    /// Where every 64th code point begins.
    private let marks: [Int]

    private static let distance = 64
    /// In shorter text the walk takes no longer than what remembers it.
    private static let shortest = 512
    /// For how many texts a thread remembers it: a template may compare some with each other.
    private static let kept = 4

    /// The positions of `text`; nil where it is short.
    static func of(_ text: String) -> TextPositions? {
        guard text.utf8.count >= shortest else { return nil }
        return text.utf8.withContiguousStorageIfAvailable { bytes in
            let state = ThreadState.current
            if let known = state.textPositions.first(where: { $0.isOf(bytes) }) { return known }
            let positions = TextPositions(text, bytes)
            if state.textPositions.count == kept { state.textPositions.removeLast() }
            state.textPositions.insert(positions, at: 0)
            return positions
        }
    }

    private init(_ text: String, _ bytes: UnsafeBufferPointer<UInt8>) {
        self.text = text
        var marks: [Int] = []
        var count = 0
        for offset in bytes.indices where bytes[offset] & 0xC0 != 0x80 {
            if count % Self.distance == 0 { marks.append(offset) }
            count += 1
        }
        self.marks = marks
        self.count = count
    }

    private func isOf(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        text.utf8.count == bytes.count
            && text.utf8.withContiguousStorageIfAvailable { $0.baseAddress == bytes.baseAddress } == true
    }

    /// Where in the text the code point `index` begins; its end for ``count``.
    func position(of index: Int) -> String.Index {
        guard index < count else { return text.endIndex }
        let mark = text.utf8.index(text.startIndex, offsetBy: marks[index / Self.distance])
        return text.unicodeScalars.index(mark, offsetBy: index % Self.distance)
    }
}
