import Synchronization

/// A dictionary with an identity that keeps the order of insertion, as Python's.
///
/// Like ``TemplateList`` it is read without a lock until it first changes.
public final class TemplateDict: Sendable {
    private let initial: TemplateDictStorage
    private let isChanged = Atomic(false)
    private let changed = Mutex(TemplateDictStorage())

    init(_ storage: TemplateDictStorage = TemplateDictStorage()) {
        initial = storage
    }

    /// The entries as they are now.
    @inline(__always)
    var storage: TemplateDictStorage {
        isChanged.load(ordering: .acquiring) ? changed.withLock { $0 } : initial
    }

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
