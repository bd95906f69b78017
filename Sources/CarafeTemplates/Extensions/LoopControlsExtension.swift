/// The tags `{% break %}` and `{% continue %}`: Jinja's `jinja2.ext.loopcontrols`.
public struct LoopControlsExtension: TemplateExtension {
    /// The extension.
    public init() {}

    /// `jinja2.ext.loopcontrols`, as Jinja names it.
    public var identifier: String { "jinja2.ext.loopcontrols" }
    /// The tags.
    public var tags: [String] { ["break", "continue"] }

    /// Outside of a loop's own body Python's complaint about the compiled template is thrown.
    public func parse(_ parser: inout TemplateParser) throws -> [TemplateSyntax.Statement] {
        let tag = try parser.next()
        let isBreak = tag.isName("break")
        guard parser.isInLoop else {
            let message = isBreak ? "'break' outside loop" : "'continue' not properly in loop"
            throw parser.failure(message, line: tag.line, kind: TemplateError.Kind("SyntaxError"))
        }
        return [TemplateSyntax.Statement(isBreak ? .break : .continue, line: tag.line)]
    }
}
