/// A value that is computed when a template first needs it, and then only once.
///
/// ```swift
/// ["user": user, "statistics": LazyValue { try Statistics.ofLastWeek() }]
/// ```
///
/// A template that never mentions it never pays for it. It may be shared between renders: the first one computes, others wait.
/// What the function throws is thrown at each use.
public struct LazyValue: TemplateValueConvertible {
    private let object: LazyObject

    /// A value that `compute` gives.
    public init<Value: Encodable & Sendable>(_ compute: @escaping @Sendable () throws -> Value) {
        object = LazyObject { try TemplateValue(converting: try compute()) }
    }

    /// What templates see.
    public var templateValue: TemplateValue { .object(object) }

    /// The value, which is computed if it has not been yet.
    ///
    /// - Throws: what the function throws; a `RecursionError` where it needs its own value
    public var value: TemplateValue { get throws { try object.value } }

    /// Encodes it as text.
    public func encode(to encoder: any Encoder) throws { try object.value.encode(to: encoder) }
}

extension TemplateValue {
    /// The value itself; the computed one if it is a ``LazyValue``.
    ///
    /// The renderer asks for this when it looks up a name, attribute or item, iterates, or is given a result, so that hardly
    /// anything else has to know of lazy values. What compares and calculates looks at what a ``StandIn`` stands for.
    @inline(__always)
    var touched: TemplateValue {
        get throws {
            guard case .object(let object) = self, type(of: object) == LazyObject.self else { return self }
            return try unsafeDowncast(object, to: LazyObject.self).value
        }
    }

    /// Whether ``touched`` is another value.
    @inline(__always)
    var isLazy: Bool {
        if case .object(let object) = self { type(of: object) == LazyObject.self } else { false }
    }
}

/// What stands for a lazy value.
///
/// `@unchecked`: ``computing`` guards the function and what it gave.
final class LazyObject: StandIn, @unchecked Sendable {
    private let computing = RecursiveLock()
    private var compute: (@Sendable () throws -> TemplateValue)?
    private var result: Result<TemplateValue, TemplateError>?

    init(_ compute: @escaping @Sendable () throws -> TemplateValue) { self.compute = compute }

    override func make() throws -> TemplateValue {
        try computing.withLock { isNested in
            if let result { return try result.get() }
            guard !isNested, let compute else {
                throw TemplateError(.recursion, "a lazy value needs itself to be computed")
            }
            do {
                // One that gives another one: what counts is what that gives.
                let value = try TemplateError.wrapping(compute).touched
                result = .success(value)
                self.compute = nil
                return value
            } catch let error as TemplateError {
                result = .failure(error)
                self.compute = nil
                throw error
            }
        }
    }
}
