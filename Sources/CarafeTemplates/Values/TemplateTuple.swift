import Synchronization

/// A tuple: a sequence that cannot change.
///
/// It is a class so that tuples nested deeply are released one after another (see ``TemplateList``), and because Python's
/// tuples have an identity too.
public final class TemplateTuple: Sendable, RandomAccessCollection, ExpressibleByArrayLiteral {
    // Written only by deinit, when nobody else can see it any more: neither a lock nor exclusivity checks are needed.
    @exclusivity(unchecked) private nonisolated(unsafe) var values: [TemplateValue]
    /// The hash of the elements; 0 as long as nobody asked for it.
    private let hash = Atomic(0)

    /// A tuple of `elements`.
    public init(_ elements: [TemplateValue]) { values = elements }

    /// A tuple of the literal's elements.
    public convenience init(arrayLiteral elements: TemplateValue...) { self.init(elements) }

    deinit {
        var last: [TemplateValue] = []
        swap(&last, &values)
        DeferredRelease.release(consume last)
    }

    /// What it holds.
    @inline(__always)
    public var elements: [TemplateValue] { values }

    /// The hash, if ``keep(hash:)`` has been told.
    var knownHash: Int? {
        let hash = hash.load(ordering: .relaxed)
        return hash == 0 ? nil : hash
    }

    /// Keeps the hash of the elements.
    func keep(hash: Int) { self.hash.store(hash | 1, ordering: .relaxed) }

    /// The index of the first element: 0.
    public var startIndex: Int { 0 }
    /// How many elements there are.
    public var endIndex: Int { values.count }
    /// The element at an index of the tuple.
    public subscript(position: Int) -> TemplateValue { values[position] }
}
