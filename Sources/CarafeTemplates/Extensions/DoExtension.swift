/// The tag `{% do expression %}`, which prints nothing: Jinja's `jinja2.ext.do`.
public struct DoExtension: TemplateExtension {
    public init() {}

    public var identifier: String { "jinja2.ext.do" }
    public var tags: [String] { ["do"] }

    public func parse(_ parser: inout TemplateParser) throws -> [TemplateSyntax.Statement] {
        let line = try parser.next().line
        return [TemplateSyntax.Statement(.expression(try parser.parseTuple()), line: line)]
    }
}
