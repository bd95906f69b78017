/// Keys and values in the order in which the keys were first set, found in constant time.
///
/// Keys are told apart by their Unicode scalars, not by canonical equivalence as `Dictionary` does.
struct JSONMembers<Value: Sendable>: Sendable {
    private struct Key: Hashable {
        let text: String

        static func == (left: Key, right: Key) -> Bool {
            left.text.utf8.count == right.text.utf8.count && left.text.utf8.elementsEqual(right.text.utf8)
        }

        func hash(into hasher: inout Hasher) {
            var text = text
            text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }

    private(set) var all: [(key: String, value: Value)] = []
    /// Where each key stands; empty while there are few, which a search finds sooner.
    private var places: [Key: Int] = [:]

    private static var few: Int { 8 }

    func value(of key: String) -> Value? {
        place(of: key).map { all[$0].value }
    }

    mutating func set(_ key: String, to value: Value) {
        if let place = place(of: key) {
            all[place].value = value
        } else {
            all.append((key, value))
            if places.isEmpty { findPlaces() } else { places[Key(text: key)] = all.count - 1 }
        }
    }

    mutating func remove(_ key: String) {
        guard let place = place(of: key) else { return }
        all.remove(at: place)
        findPlaces()
    }

    private func place(of key: String) -> Int? {
        guard places.isEmpty else { return places[Key(text: key)] }
        let key = Key(text: key)
        for index in all.indices where Key(text: all[index].key) == key { return index }
        return nil
    }

    private mutating func findPlaces() {
        places.removeAll(keepingCapacity: true)
        guard all.count > Self.few else { return }
        for (index, member) in all.enumerated() { places[Key(text: member.key)] = index }
    }
}
