/// How templates are read and rendered: the options of Jinja's `Environment`, under its names, with its defaults.
public struct TemplateOptions: Sendable {
    public var blockStartString = "{%"
    public var blockEndString = "%}"
    public var variableStartString = "{{"
    public var variableEndString = "}}"
    public var commentStartString = "{#"
    public var commentEndString = "#}"
    /// Starts a line that is a tag as a whole (`# for item in items`).
    public var lineStatementPrefix: String?
    /// Starts a comment that ends with its line.
    public var lineCommentPrefix: String?
    /// Removes the first newline after a tag or comment.
    public var trimBlocks = false
    /// Removes the blanks before a tag or comment that is the first of its line.
    public var lstripBlocks = false
    /// `"\n"`, `"\r\n"` or `"\r"`.
    public var newlineSequence = "\n"
    /// Keeps the one newline at the end of the source that is removed otherwise.
    public var keepTrailingNewline = false
    /// What a name that does not exist evaluates to.
    public var undefined = TemplateUndefined.Kind.lenient
    /// Told when an undefined value is used (`make_logging_undefined`).
    public var undefinedLog: (@Sendable (_ message: String) -> Void)?
    /// Called for the value of each `{{ … }}` before it is printed.
    public var finalize: (@Sendable (TemplateValue, TemplateContext) throws -> TemplateValue)?
    /// Whether the output of a template is escaped.
    public var autoescape = Autoescape.never
    /// How many compiled templates are kept: 0 for none, -1 for all of them.
    public var cacheSize = 400
    /// Whether the loader is asked at each use if a template has changed.
    public var autoReload = true
    /// Whether a template's result is a value, not text (Jinja's `NativeEnvironment`): ``Template/renderValue(values:)``.
    public var nativeTypes = false
    /// Whether templates are not trusted: Jinja's `SandboxedEnvironment` and `ImmutableSandboxedEnvironment`.
    public var sandbox = Sandbox.none
    public var policies = TemplatePolicies()
    public var limits = TemplateLimits()

    public init() {}

    public enum Sandbox: Sendable, Equatable {
        case none
        /// Names that start with an underscore and functions marked unsafe are refused.
        case sandboxed
        /// As ``sandboxed``, and lists and dictionaries cannot be changed.
        case immutable
    }
}

/// Which templates have their output escaped.
public enum Autoescape: Sendable {
    case never
    case always
    /// Decided by the template's name; nil for one made from a string.
    case by(@Sendable (_ name: String?) -> Bool)
}

/// Jinja's `policies`: the defaults of some filters.
public struct TemplatePolicies: Sendable {
    public var truncateLeeway = 5
    public var urlizeRel = "noopener"
    public var urlizeTarget: String?
    public var urlizeExtraSchemes: [String] = []
    /// Whether `tojson` sorts the keys.
    public var jsonSortsKeys = true
    /// Whether `trans` blocks are trimmed unless they say `notrimmed`.
    public var i18nTrimmed = false

    public init() {}
}

/// What a template may use at most; past it comes a ``TemplateError``. Python has no such limits; a server needs them.
public struct TemplateLimits: Sendable {
    /// Includes, macro calls, parents and recursive loops inside one another.
    public var nestingDepth = 200
    /// Expressions or tags inside one another in the source.
    public var syntaxDepth = 200
    /// Bytes that one render writes, captured output counted too.
    public var outputSize = 64 << 20
    /// Turns of all loops of one render together.
    public var loopIterations = 10_000_000
    /// Values of one `range`. Jinja's sandbox has the same limit.
    public var rangeLength = 100_000
    /// Bytes or elements of one string or list that repetition, padding, formatting or joining makes, and digits of one
    /// integer.
    public var valueSize = 16 << 20

    public init() {}
}
