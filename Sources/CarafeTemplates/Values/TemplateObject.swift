/// A value of a kind that templates have no literal for: a function, a range, a date, a loop, a macro, a value of the program.
///
/// Each requirement has a default that says what most objects say: no attributes, no items, not iterable, not callable, true,
/// equal to itself alone.
///
/// An object that keeps values of templates keeps them in a ``TemplateList``, ``TemplateTuple`` or ``TemplateDict``: these
/// are released without recursion, however deeply a template nests such objects in one another.
public protocol TemplateObject: AnyObject, Sendable {
    /// The name of the type as Python's messages show it (`'User' object is not iterable`).
    var typeName: String { get }

    /// The attribute `name` (`object.name`), or nil where there is none. Python's `getattr`.
    func attribute(_ name: String) throws -> TemplateValue?

    /// The item of `key` (`object[key]`), or nil where there is none. Python's `__getitem__`.
    func item(_ key: TemplateValue) throws -> TemplateValue?

    /// Whether ``call(_:in:)`` does something.
    var isCallable: Bool { get }

    /// Calls the object, as in `object(1, name=2)`.
    func call(_ arguments: TemplateArguments, in context: TemplateContext) throws -> TemplateValue

    /// Whether sandboxed templates may call the object: the opposite of Jinja's `unsafe_callable`.
    var isSafeToCall: Bool { get }

    /// Whether a call changes data, which sandboxed templates must not do (`alters_data`).
    var altersData: Bool { get }

    /// The values to iterate over, or nil where the object is not iterable. Python's `__iter__`.
    func makeIterator() throws -> TemplateIterator?

    /// How many values there are (Python's `len`), or nil where the object has no length.
    var length: Int? { get throws }

    /// Whether the object has items by key (`is mapping`).
    var isMapping: Bool { get }

    /// Python's truth value.
    var isTrue: Bool { get throws }

    /// Python's `str()`: what `{{ object }}` prints.
    var text: String { get throws }

    /// Python's `repr()`: what a list that holds the object prints for it.
    var representation: String { get throws }

    /// The object as HTML (`__html__`), which autoescaping prints as it is; nil where ``text`` is to be escaped.
    var html: String? { get throws }

    /// Python's `==`.
    func isEqual(to other: TemplateValue) -> Bool

    /// Feeds what ``isEqual(to:)`` compares; false where the object is not hashable.
    func hash(into hasher: inout Hasher) -> Bool

    /// Python's order (`<`) with another value; nil where there is none.
    func isLess(than other: TemplateValue) throws -> Bool?

    /// Whether `element` is in the object (`element in object`); nil where only its iteration can tell. Python's
    /// `__contains__`.
    func contains(_ element: TemplateValue) throws -> Bool?

    /// The items from `start` up to `stop` by `step`, each of which may be ``TemplateValue/none``
    /// (`object[start:stop:step]`); nil where the object cannot be sliced.
    func slice(_ start: TemplateValue, _ stop: TemplateValue, _ step: TemplateValue) throws -> TemplateValue?

    /// The result of `object + other` and its like, or of `other + object` where `isReflected`; nil where there is none.
    func binary(
        _ operation: TemplateSyntax.BinaryOperator, _ other: TemplateValue, isReflected: Bool
    ) throws -> TemplateValue?

    /// The result of `-object`, or nil where there is none. Python's `__neg__`.
    func negated() throws -> TemplateValue?

    /// The result of `+object`, or nil where there is none. Python's `__pos__`.
    func positive() throws -> TemplateValue?
}

extension TemplateObject {
    /// None.
    public func attribute(_ name: String) throws -> TemplateValue? { nil }
    /// None.
    public func item(_ key: TemplateValue) throws -> TemplateValue? { nil }
    /// False.
    public var isCallable: Bool { false }
    /// Throws: it is not callable.
    public func call(_ arguments: TemplateArguments, in context: TemplateContext) throws -> TemplateValue {
        throw TemplateError(.typeError, "'\(typeName)' object is not callable")
    }
    /// True.
    public var isSafeToCall: Bool { true }
    /// False.
    public var altersData: Bool { false }
    /// None: it is not iterable.
    public func makeIterator() throws -> TemplateIterator? { nil }
    /// None.
    public var length: Int? { get throws { nil } }
    /// False.
    public var isMapping: Bool { false }
    /// True, but for a length of 0.
    public var isTrue: Bool { get throws { try length != 0 } }
    /// Its representation.
    public var text: String { get throws { try representation } }
    /// The name of its type.
    public var representation: String { get throws { "<\(typeName) object>" } }
    /// None: its text is escaped.
    public var html: String? { get throws { nil } }
    /// Whether the other is the same object.
    public func isEqual(to other: TemplateValue) -> Bool {
        if case .object(let other) = other { self === other } else { false }
    }
    /// By its identity.
    public func hash(into hasher: inout Hasher) -> Bool {
        hasher.combine(ObjectIdentifier(self))
        return true
    }
    /// None.
    public func isLess(than other: TemplateValue) throws -> Bool? { nil }
    /// Iteration tells.
    public func contains(_ element: TemplateValue) throws -> Bool? { nil }
    /// None: it cannot be sliced.
    public func slice(
        _ start: TemplateValue, _ stop: TemplateValue, _ step: TemplateValue
    ) throws -> TemplateValue? { nil }
    /// None.
    public func binary(
        _ operation: TemplateSyntax.BinaryOperator, _ other: TemplateValue, isReflected: Bool
    ) throws -> TemplateValue? { nil }
    /// None.
    public func negated() throws -> TemplateValue? { nil }
    /// None.
    public func positive() throws -> TemplateValue? { nil }
}

/// Hands out values one after another, as Python's iterators do: each value once.
open class TemplateIterator {
    /// An iterator without values.
    public init() {}

    /// The next value, or nil after the last one.
    open func next() throws -> TemplateValue? { nil }
}
