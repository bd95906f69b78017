/// Elements that never change, in memory of their own.
///
/// Reading one counts no references, which the arrays of a tree would do dozens of times in each match. The owner frees
/// the memory when it ends.
struct FixedStorage<Element>: @unchecked Sendable where Element: Sendable {
    // Unchecked: the memory is written once, before anyone else can see it.
    private let elements: UnsafeMutableBufferPointer<Element>

    init(_ elements: some Collection<Element>) {
        self.elements = .allocate(capacity: elements.count)
        _ = self.elements.initialize(fromContentsOf: elements)
    }

    var count: Int { elements.count }

    /// An element by its place, which must be there.
    subscript(index: Int) -> Element { elements[index] }

    /// All of them, valid until they are freed.
    var buffer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(elements) }

    func free() {
        elements.deinitialize()
        elements.deallocate()
    }
}
