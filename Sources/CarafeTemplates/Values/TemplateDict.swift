import Synchronization

/// A dictionary with an identity that keeps the order of insertion, as Python's.
///
/// Like ``TemplateList`` it is read without a lock until it first changes.
public final class TemplateDict: Sendable, ValueHolder {
    // Written only by deinit, when nobody else can see it any more: neither a lock nor exclusivity checks are needed.
    @exclusivity(unchecked) private nonisolated(unsafe) var initial: TemplateDictStorage
    private let isChanged = Atomic(false)
    private let changed = Mutex(TemplateDictStorage())

    init(_ storage: TemplateDictStorage = TemplateDictStorage()) {
        initial = storage
    }

    deinit {
        DeferredRelease.release(initial.removeValues())
        guard isChanged.load(ordering: .acquiring) else { return }
        DeferredRelease.release(changed.withLock { $0.removeValues() })
    }

    /// The entries as they are now.
    @inline(__always)
    var storage: TemplateDictStorage {
        isChanged.load(ordering: .acquiring) ? changed.withLock { $0 } : initial
    }

    /// Asks the entries for something. Where they never changed that costs no copy of the storage, which is three counts of
    /// references up and down.
    @inline(__always)
    func read<Result>(_ body: (borrowing TemplateDictStorage) -> Result) -> Result {
        if isChanged.load(ordering: .acquiring) { return body(storage) }
        return body(initial)
    }

    /// The value of the key `name`, whose ``TemplateDictStorage/hash(ofName:)`` is known.
    @inline(__always)
    func value(forName name: String, hash: Int) -> TemplateValue? { read { $0.value(forName: name, hash: hash) } }

    /// What it was made with, which is kept, and what it holds now.
    var held: HeldValues {
        HeldValues(entries: hasChanged ? [initial.sharedSlots, storage.sharedSlots] : [initial.sharedSlots])
    }

    /// Whether the dictionary has been changed since it was made.
    @inline(__always)
    var hasChanged: Bool { isChanged.load(ordering: .acquiring) }

    /// Changes the entries in one step that no other reader or writer sees half of.
    func mutate<Result>(
        _ body: (inout sending TemplateDictStorage) throws -> sending Result
    ) rethrows -> sending Result {
        try changed.withLock { storage in
            if !isChanged.load(ordering: .relaxed) {
                storage = initial
                isChanged.store(true, ordering: .releasing)
            }
            return try body(&storage)
        }
    }
}

extension TemplateDict {
    /// A dictionary of `entries`, in their order.
    public convenience init(_ entries: KeyValuePairs<String, TemplateValue>) {
        self.init(TemplateDictStorage(named: entries.lazy.map { ($0.key, $0.value) }))
    }

    /// A dictionary of `entries`, ordered by key, for Swift's dictionaries have no order.
    public convenience init(_ entries: [String: TemplateValue]) {
        let sorted = entries.sorted { compareText($0.key, $1.key) < 0 }
        self.init(TemplateDictStorage(named: sorted.lazy.map { ($0.key, $0.value) }))
    }

    /// How many entries there are.
    public var count: Int { read { $0.count } }

    /// The entries in the order of insertion.
    public var entries: [(key: TemplateValue, value: TemplateValue)] { storage.entries }

    /// The value of the key `name`, or nil; setting nil removes it.
    public subscript(name: String) -> TemplateValue? {
        get { read { $0[name: name] } }
        set { mutate { $0[name: name] = newValue } }
    }
}
