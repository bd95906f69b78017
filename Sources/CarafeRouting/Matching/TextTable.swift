/// Finds the child of a tree's node by a segment's text, over the bytes as they were received.
///
/// One table serves the whole tree. What is in it was fixed when the rules were declared, so no client can crowd it.
struct TextTable: Sendable {
    private struct Entry {
        var hash: UInt64 = 0
        var node: Int32 = -1
        var child: Int32 = -1
        var start: Int32 = 0
        var count: Int32 = 0
    }

    private let entries: FixedStorage<Entry>
    private let texts: FixedStorage<UInt8>
    private let mask: Int

    /// Fills the table with the children of nodes.
    init(_ children: [(node: Int, text: [UInt8], child: Int)]) {
        var capacity = 8
        while capacity < children.count * 2 { capacity *= 2 }
        mask = capacity - 1
        var entries = [Entry](repeating: Entry(), count: capacity)
        var texts: [UInt8] = []
        for (node, text, child) in children {
            let hash = text.withUnsafeBufferPointer { Self.hash($0[...]) }
            var slot = Self.slot(hash, node) & mask
            while entries[slot].node >= 0 { slot = (slot + 1) & mask }
            entries[slot] = Entry(
                hash: hash, node: Int32(node), child: Int32(child), start: Int32(texts.count),
                count: Int32(text.count))
            texts += text
        }
        self.entries = FixedStorage(entries)
        self.texts = FixedStorage(texts)
    }

    func free() {
        entries.free()
        texts.free()
    }

    /// The child of a node for a text whose hash is known.
    func child(of node: Int, _ text: Text, hash: UInt64) -> Int? {
        var slot = Self.slot(hash, node) & mask
        while true {
            let entry = entries[slot]
            if entry.node < 0 { return nil }
            if entry.hash == hash, Int(entry.node) == node, Int(entry.count) == text.count, holds(entry, text) {
                return Int(entry.child)
            }
            slot = (slot + 1) & mask
        }
    }

    /// The hash of a text (FNV-1a).
    static func hash(_ text: Text.SubSequence) -> UInt64 {
        text.reduce(startingHash) { hash($0, adding: $1) }
    }

    /// The hash of no text.
    static let startingHash: UInt64 = 0xCBF2_9CE4_8422_2325

    /// The hash of a text that goes on with a byte.
    static func hash(_ hash: UInt64, adding byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    private static func slot(_ hash: UInt64, _ node: Int) -> Int {
        let mixed = (hash ^ UInt64(truncatingIfNeeded: node)) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> 32)
    }

    private func holds(_ entry: Entry, _ text: Text) -> Bool {
        let start = Int(entry.start)
        for index in 0..<text.count where texts[start + index] != text[index] { return false }
        return true
    }
}
