import Synchronization

/// A filter: `value|name(arguments)`.
public typealias TemplateFilter =
    @Sendable (_ value: TemplateValue, _ arguments: TemplateArguments, _ context: TemplateContext) throws ->
    TemplateValue

/// A test: `value is name(arguments)`.
public typealias TemplateTest =
    @Sendable (_ value: TemplateValue, _ arguments: TemplateArguments, _ context: TemplateContext) throws -> Bool

/// Where templates come from and what they can use: Jinja's `Environment`.
public final class TemplateEnvironment: Sendable {
    public let options: TemplateOptions

    public init(options: TemplateOptions = TemplateOptions()) {
        self.options = options
    }

    /// The undefined value of ``TemplateOptions/undefined`` for what was not found.
    public func undefined(_ subject: TemplateUndefined.Subject) -> TemplateValue {
        .undefined(TemplateUndefined(subject, kind: options.undefined, log: options.undefinedLog))
    }
}
