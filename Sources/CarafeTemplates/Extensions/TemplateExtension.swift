/// Adds tags, filters, tests and globals to templates: Jinja's `Extension`.
///
/// Each requirement has a default that adds nothing.
public protocol TemplateExtension: Sendable {
    /// The name by which settings name the extension; Jinja's own have theirs (`jinja2.ext.do`).
    var identifier: String { get }

    /// The tags that ``parse(_:)`` understands.
    var tags: [String] { get }

    /// Where the extension comes among several: the lower, the earlier it sees the source. 100 unless it says otherwise.
    var priority: Int { get }

    /// Changes the source before it is read.
    func preprocess(_ source: String, name: String?, filename: String?) throws -> String

    /// Changes the tokens before they are parsed.
    func filterTokens(_ tokens: [TemplateToken], name: String?, filename: String?) throws -> [TemplateToken]

    /// Parses one of ``tags``. The parser's current token is the name of the tag; it is left at the end of the tag, or of the
    /// last one that belongs to it.
    func parse(_ parser: inout TemplateParser) throws -> [TemplateSyntax.Statement]

    /// Filters that the extension brings, by name.
    var filters: [String: TemplateFilter] { get }

    /// Tests that the extension brings, by name.
    var tests: [String: TemplateTest] { get }

    /// Global variables that the extension brings, by name.
    var globals: [String: TemplateValue] { get }
}

extension TemplateExtension {
    /// None.
    public var tags: [String] { [] }
    /// In the middle.
    public var priority: Int { 100 }
    /// The source as it is.
    public func preprocess(_ source: String, name: String?, filename: String?) throws -> String { source }
    /// The tokens as they are.
    public func filterTokens(_ tokens: [TemplateToken], name: String?, filename: String?) throws -> [TemplateToken] {
        tokens
    }
    /// An error: there are no tags.
    public func parse(_ parser: inout TemplateParser) throws -> [TemplateSyntax.Statement] {
        throw parser.failure("extension '\(identifier)' does not parse tags")
    }
    /// None.
    public var filters: [String: TemplateFilter] { [:] }
    /// None.
    public var tests: [String: TemplateTest] { [:] }
    /// None.
    public var globals: [String: TemplateValue] { [:] }
}
