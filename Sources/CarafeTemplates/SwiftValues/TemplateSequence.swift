/// A sequence of the program that a template reads only as far as it loops.
///
/// ```swift
/// ["rows": TemplateSequence(rows)]                  // any Sequence, asked for one element at a time
/// ["rows": TemplateSequence(async: database.rows)]  // any AsyncSequence, in renders that may wait
/// ```
///
/// Each loop starts anew, as far as the sequence itself can. Like a generator of Python it has no length; arrays, which have
/// one, go into templates as they are.
public final class TemplateSequence: TemplateObject, TemplateValueConvertible {
    private let start: @Sendable () throws -> TemplateIterator

    /// The elements of `sequence`.
    public init<Elements: Sequence & Sendable>(_ sequence: Elements)
    where Elements.Element: Encodable & Sendable {
        start = { PulledElements(sequence.makeIterator()) }
    }

    /// The elements of `sequence`, waited for one at a time on a thread of ``RenderThreads``.
    public init<Elements: AsyncSequence & Sendable>(async sequence: Elements)
    where Elements.Element: Encodable & Sendable, Elements.AsyncIterator: SendableMetatype {
        start = { AwaitedElements(sequence.makeAsyncIterator()) }
    }

    /// The name of the type.
    public var typeName: String { "generator" }
    /// Always true.
    public var isTrue: Bool { true }
    /// What lists that hold it print.
    public var representation: String { "<generator object>" }
    /// Starts anew.
    public func makeIterator() throws -> TemplateIterator? { try start() }
}

private final class PulledElements<Elements: IteratorProtocol>: TemplateIterator
where Elements.Element: Encodable & Sendable {
    private var elements: Elements

    init(_ elements: Elements) { self.elements = elements }

    override func next() throws -> TemplateValue? { try elements.next().map { try TemplateValue(converting: $0) } }
}

private final class AwaitedElements<Elements: AsyncIteratorProtocol & SendableMetatype>: TemplateIterator
where Elements.Element: Encodable & Sendable {
    /// `@unchecked`: the iterator goes to the task that advances it while the render waits, and back.
    private final class Held: @unchecked Sendable {
        var elements: Elements
        init(_ elements: Elements) { self.elements = elements }
    }

    private let held: Held

    init(_ elements: Elements) { held = Held(elements) }

    override func next() throws -> TemplateValue? {
        let element = try TemplateError.wrapping { [held] in
            try AsyncBridge.wait(for: { try await held.elements.next() }, name: "this sequence")
        }
        return try element.map { try TemplateValue(converting: $0) }
    }
}
