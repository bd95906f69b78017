/// The entries of a dictionary in the order of insertion, found by Python's equality of keys.
///
/// Up to eight entries are found by looking at each; more of them by hash. Hashes are Swift's, which nobody outside the
/// process can foresee.
struct TemplateDictStorage: Sendable {
    typealias Entry = (key: TemplateValue, value: TemplateValue)

    /// The entries, and with an index the gaps that removed ones left.
    private var slots: [Entry] = []
    /// None while the entries are few, else one: an array copies itself when one of its holders writes, and a storage of two
    /// references is cheaper to read than one of three.
    private var index: [Index] = []

    /// Where entries are, by hash.
    private struct Index {
        /// The hash of each slot, 0 for gaps.
        var hashes: [Int]
        /// The number of a slot and 1, or 0. Probed one after another.
        var table: [UInt32] = []
        /// How many places of the table are taken, also by slots that are gone.
        var taken = 0
        var gaps = 0

        mutating func enter(_ slot: Int) {
            let mask = table.count - 1
            var place = (hashes[slot] >> 1) & mask
            while table[place] != 0 { place = (place + 1) & mask }
            table[place] = UInt32(truncatingIfNeeded: slot + 1)
            taken += 1
        }
    }

    /// No entries.
    init() {}

    /// The entries of `pairs`; later ones with the same key replace the value of earlier ones.
    init(_ pairs: some Sequence<(TemplateKey, TemplateValue)>) {
        slots.reserveCapacity(pairs.underestimatedCount)
        for (key, value) in pairs { self[key] = value }
    }

    /// The entries of `pairs`; later ones with the same name replace the value of earlier ones.
    init(named pairs: some Sequence<(String, TemplateValue)>) {
        slots.reserveCapacity(pairs.underestimatedCount)
        for (name, value) in pairs { self[name: name] = value }
    }

    /// How many entries there are.
    var count: Int { index.isEmpty ? slots.count : slots.count - index[0].gaps }

    /// The entries in the order of insertion.
    var entries: [Entry] {
        if index.isEmpty || index[0].gaps == 0 { return slots }
        return zip(slots, index[0].hashes).lazy.filter { $0.1 != 0 }.map(\.0)
    }

    /// The slots as they are kept, gaps too.
    var sharedSlots: [Entry] { slots }

    /// The value of `key`; nil: none, and to remove it.
    subscript(key: TemplateKey) -> TemplateValue? {
        get {
            if index.isEmpty { return fewSlot(of: key.value).map { slots[$0].value } }
            return slot(of: key.value, hash: Self.hash(of: key)).map { slots[$0].value }
        }
        set { set(key.value, newValue) { Self.hash(of: key) } }
    }

    /// The value of the key `name`; nil: none, and to remove it.
    subscript(name name: String) -> TemplateValue? {
        get {
            if index.isEmpty { return fewSlot(of: name).map { slots[$0].value } }
            return slot(of: .string(name), hash: Self.hash(ofName: name)).map { slots[$0].value }
        }
        set { set(.string(name), newValue) { Self.hash(ofName: name) } }
    }

    /// The value of the key `name`, whose ``hash(ofName:)`` is known.
    @inline(__always)
    func value(forName name: String, hash: Int) -> TemplateValue? {
        if index.isEmpty { return fewSlot(of: name).map { slots[$0].value } }
        return slot(ofName: name, hash: hash).map { slots[$0].value }
    }

    /// What ``value(forName:hash:)`` takes. The same throughout a process, never 0.
    static func hash(ofName name: String) -> Int {
        var hasher = Hasher()
        TemplateKey.hash(text: name, into: &hasher)
        return hasher.finalize() | 1
    }

    private static func hash(of key: TemplateKey) -> Int {
        var hasher = Hasher()
        key.hash(into: &hasher)
        return hasher.finalize() | 1
    }
}

// MARK: - Looking up

extension TemplateDictStorage {
    /// Up to how many entries are looked at one by one.
    private static let few = 8

    private func fewSlot(of name: String) -> Int? {
        for index in slots.indices {
            switch slots[index].key {
            case .string(let key), .markup(let key): if isSameText(key, name) { return index }
            default: break
            }
        }
        return nil
    }

    private func fewSlot(of key: TemplateValue) -> Int? {
        switch key {
        case .string(let name), .markup(let name): fewSlot(of: name)
        default: slots.firstIndex { TemplateKey.areSame($0.key, key) }
        }
    }

    private func slot(of key: TemplateValue, hash: Int) -> Int? {
        probe(hash) { TemplateKey.areSame(slots[$0].key, key) }
    }

    private func slot(ofName name: String, hash: Int) -> Int? {
        probe(hash) { index in
            switch slots[index].key {
            case .string(let key), .markup(let key): isSameText(key, name)
            default: false
            }
        }
    }

    @inline(__always)
    private func probe(_ hash: Int, where isSought: (Int) -> Bool) -> Int? {
        // Where they are: as local variables the arrays would be counted up and down, a third of the time of a look-up.
        index.withUnsafeBufferPointer { index in
            index[0].table.withUnsafeBufferPointer { table in
                let mask = table.count - 1
                var place = (hash >> 1) & mask
                while true {
                    let slot = Int(table[place]) - 1
                    if slot < 0 { return nil }
                    if slot < slots.count, index[0].hashes[slot] == hash, isSought(slot) { return slot }
                    place = (place + 1) & mask
                }
            }
        }
    }
}

// MARK: - Changing

extension TemplateDictStorage {
    private mutating func set(_ key: TemplateValue, _ value: TemplateValue?, hash: () -> Int) {
        if index.isEmpty {
            setAmongFew(key, value)
        } else {
            setByHash(key, value, hash: hash())
        }
    }

    private mutating func setAmongFew(_ key: TemplateValue, _ value: TemplateValue?) {
        switch (fewSlot(of: key), value) {
        case (let slot?, let value?): slots[slot].value = value
        case (let slot?, nil): slots.remove(at: slot)
        case (nil, let value?):
            slots.append((key, value))
            if slots.count > Self.few { rebuild() }
        case (nil, nil): break
        }
    }

    private mutating func setByHash(_ key: TemplateValue, _ value: TemplateValue?, hash: Int) {
        switch (slot(of: key, hash: hash), value) {
        case (let slot?, let value?): slots[slot].value = value
        case (let slot?, nil): remove(slot)
        case (nil, let value?):
            slots.append((key, value))
            index[0].hashes.append(hash)
            if index[0].taken * 2 >= index[0].table.count { rebuild() } else { index[0].enter(slots.count - 1) }
        case (nil, nil): break
        }
    }

    /// Leaves a gap, so that the slots after it keep their numbers.
    private mutating func remove(_ slot: Int) {
        slots[slot] = (.none, .none)
        index[0].hashes[slot] = 0
        index[0].gaps += 1
        while index[0].hashes.last == 0 {
            index[0].hashes.removeLast()
            slots.removeLast()
            index[0].gaps -= 1
        }
        if index[0].gaps > count + Self.few { rebuild() }
    }

    /// Leaves nothing.
    ///
    /// - Returns: the keys and values that may hold others, for ``DeferredRelease``.
    mutating func removeValues() -> [TemplateValue] {
        var removed: [TemplateValue] = []
        for entry in slots {
            if entry.key.holdsValues { removed.append(entry.key) }
            if entry.value.holdsValues { removed.append(entry.value) }
        }
        self = TemplateDictStorage()
        return removed
    }

    /// Closes the gaps and makes a table that is at most a quarter full; none where the entries are few.
    private mutating func rebuild() {
        slots = entries
        let hashes =
            index.isEmpty
            ? slots.map { Self.hash(of: TemplateKey(value: $0.key)) } : index[0].hashes.filter { $0 != 0 }
        index = []
        guard slots.count > Self.few else { return }
        var size = 32
        while size < slots.count * 4 { size *= 2 }
        var rebuilt = Index(hashes: hashes, table: Array(repeating: 0, count: size))
        for slot in slots.indices { rebuilt.enter(slot) }
        index = [rebuilt]
    }
}
