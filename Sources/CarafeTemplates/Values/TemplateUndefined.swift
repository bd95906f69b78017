/// What a name, attribute or item that does not exist evaluates to (Jinja's `Undefined` and its siblings).
///
/// The kind says what may be done with it; ``message`` is what the error says when something else is done.
public final class TemplateUndefined: Sendable {
    /// The five kinds of undefined values that Jinja has.
    public enum Kind: Sendable, Equatable {
        /// Prints as nothing, is false and empty; attributes, arithmetic and calls are errors. Jinja's `Undefined`.
        case lenient
        /// As ``lenient``, and its attributes and items are undefined too. `ChainableUndefined`.
        case chainable
        /// As ``lenient``, and prints the expression that was undefined: `{{ name }}`. `DebugUndefined`.
        case debug
        /// Everything but `is defined` and `default` is an error. `StrictUndefined`.
        case strict
    }

    /// What was looked for.
    public enum Subject: Sendable {
        /// A variable.
        case name(String)
        /// An attribute or item `name` of a value whose type Python calls `typeName`.
        case element(of: String, isNone: Bool, name: TemplateValue)
        /// Something else, which the hint tells in words.
        case hint(String)
    }

    /// What may be done with it.
    public let kind: Kind
    // Written only by deinit, when nobody else can see it any more.
    /// What was looked for.
    @exclusivity(unchecked) public private(set) nonisolated(unsafe) var subject: Subject
    /// The class of the error that its use throws: `UndefinedError`, or `SecurityError` for what the sandbox refuses.
    public let errorKind: TemplateError.Kind
    /// Told each time the value is used as if it were defined: Jinja's `make_logging_undefined`.
    public let log: (@Sendable (_ message: String) -> Void)?

    /// The value for what was not found.
    public init(
        _ subject: Subject, kind: Kind = .lenient, errorKind: TemplateError.Kind = .undefined,
        log: (@Sendable (_ message: String) -> Void)? = nil
    ) {
        self.subject = subject
        self.kind = kind
        self.errorKind = errorKind
        self.log = log
    }

    deinit { DeferredRelease.release(removeValues()) }

    private func removeValues() -> [TemplateValue] {
        guard case .element(_, _, let name) = subject, name.holdsValues else { return [] }
        subject = .hint("")
        return [name]
    }
}
