/// The tag `{% do expression %}`, which prints nothing: Jinja's `jinja2.ext.do`.
public struct DoExtension: TemplateExtension {
    /// The extension.
    public init() {}

    /// `jinja2.ext.do`, as Jinja names it.
    public var identifier: String { "jinja2.ext.do" }
    /// The tag.
    public var tags: [String] { ["do"] }

    /// Parses the tag.
    public func parse(_ parser: inout TemplateParser) throws -> [TemplateSyntax.Statement] {
        let line = try parser.next().line
        return [TemplateSyntax.Statement(.expression(try parser.parseTuple()), line: line)]
    }
}
