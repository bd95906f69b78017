import Synchronization

/// A list with an identity, as Python's: templates append to it, and whoever holds it sees that.
///
/// Most lists never change after they were made. Those are read without a lock; the first change copies the elements behind
/// one. So a list may be shared between renders on several threads, like a list of the environment's globals.
public final class TemplateList: Sendable, ValueHolder {
    // Written only by deinit, when nobody else can see it any more: neither a lock nor exclusivity checks are needed.
    @exclusivity(unchecked) private nonisolated(unsafe) var initial: [TemplateValue]
    private let isChanged = Atomic(false)
    private let changed = Mutex<[TemplateValue]>([])

    /// A list of `elements`.
    public init(_ elements: [TemplateValue] = []) {
        initial = elements
    }

    deinit {
        var last: [TemplateValue] = []
        swap(&last, &initial)
        DeferredRelease.release(consume last)
        guard isChanged.load(ordering: .acquiring) else { return }
        DeferredRelease.release(
            changed.withLock { elements in
                defer { elements = [] }
                return elements
            })
    }

    /// The elements as they are now.
    @inline(__always)
    public var elements: [TemplateValue] {
        isChanged.load(ordering: .acquiring) ? changed.withLock { $0 } : initial
    }

    /// The element at `index`, if there are so many. Nothing of the list is held on to, so that it can change meanwhile without
    /// being copied.
    @inline(__always)
    func element(at index: Int) -> TemplateValue? {
        if isChanged.load(ordering: .acquiring) {
            return changed.withLock { index < $0.count ? $0[index] : Optional.none }
        }
        return index < initial.count ? initial[index] : Optional.none
    }

    /// What it was made with, which is kept, and what it holds now.
    var held: HeldValues { HeldValues(arrays: hasChanged ? [initial, elements] : [initial]) }

    /// Whether the list has been changed since it was made.
    @inline(__always)
    var hasChanged: Bool { isChanged.load(ordering: .acquiring) }

    /// Changes the elements in one step that no other reader or writer sees half of.
    ///
    /// `body` must not touch this list by another way than its parameter.
    public func mutate<Result>(
        _ body: (inout sending [TemplateValue]) throws -> sending Result
    ) rethrows -> sending Result {
        try changed.withLock { elements in
            if !isChanged.load(ordering: .relaxed) {
                elements = initial
                isChanged.store(true, ordering: .releasing)
            }
            return try body(&elements)
        }
    }
}
