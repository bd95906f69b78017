/// How templates are read and rendered: the options of Jinja's `Environment`, under its names, with its defaults.
public struct TemplateOptions: Sendable {
    /// Starts a tag.
    public var blockStartString = "{%"
    /// Ends a tag.
    public var blockEndString = "%}"
    /// Starts an expression to print.
    public var variableStartString = "{{"
    /// Ends an expression to print.
    public var variableEndString = "}}"
    /// Starts a comment.
    public var commentStartString = "{#"
    /// Ends a comment.
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
    /// The defaults of some filters.
    public var policies = TemplatePolicies()
    /// What a template may use at most.
    public var limits = TemplateLimits()
    /// Whether errors keep the variables that could be seen where they happened, for a developer to look at.
    package var keepsScopes = false

    /// Jinja's defaults.
    public init() {}

    /// How far templates are trusted.
    public enum Sandbox: Sendable, Equatable {
        /// As the program's own code.
        case none
        /// Names that start with an underscore and functions marked unsafe are refused.
        case sandboxed
        /// As ``sandboxed``, and lists and dictionaries cannot be changed.
        case immutable
        /// As ``immutable``, and of functions only those of the language can be called, none of the program's.
        case inspecting
    }
}

/// Which templates have their output escaped.
public enum Autoescape: Sendable {
    /// None.
    case never
    /// All of them.
    case always
    /// Decided by the template's name; nil for one made from a string.
    case by(@Sendable (_ name: String?) -> Bool)
}

extension Autoescape {
    /// Decides by the extension of the name, whatever its case: Jinja's `select_autoescape`.
    ///
    /// - Parameters:
    ///   - enabled: the extensions of templates that are escaped, without the dot
    ///   - disabled: those of templates that are not
    ///   - strings: whether templates made from strings are escaped
    ///   - others: whether all others are escaped
    public static func select(
        enabled: [String] = ["html", "htm", "xml"], disabled: [String] = [], strings: Bool = true, others: Bool = false
    ) -> Autoescape {
        let enabled = enabled.map { PythonText.lowercase("." + Self.withoutDot($0)) }
        let disabled = disabled.map { PythonText.lowercase("." + Self.withoutDot($0)) }
        return .by { name in
            guard let name = name.map(PythonText.lowercase) else { return strings }
            if enabled.contains(where: { PythonText.hasSuffix(name, $0) }) { return true }
            if disabled.contains(where: { PythonText.hasSuffix(name, $0) }) { return false }
            return others
        }
    }

    private static func withoutDot(_ text: String) -> String {
        text.utf8.first == UInt8(ascii: ".") ? String(text.dropFirst()) : text
    }
}
