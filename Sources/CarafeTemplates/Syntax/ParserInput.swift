/// What a parser reads: the tokens of a source, and what went wrong behind them.
///
/// An object of its own, so that the parser stays small: its methods call one another many levels deep.
final class ParserInput: Sendable {
    let options: TemplateOptions
    let source: SourceText
    let tokens: [TemplateToken]
    /// What went wrong behind the last token. It is thrown when the parser comes to it, not before.
    let failure: TemplateError?
    private let extensions: [any TemplateExtension]

    init(
        _ text: String, _ name: String?, _ filename: String?, _ options: TemplateOptions,
        _ extensions: [any TemplateExtension], from start: Lexer.Start
    ) {
        self.options = options
        // A stable order, as Jinja's: the lowest number comes first, then who was named first.
        self.extensions = extensions.enumerated()
            .sorted { ($0.element.priority, $0.offset) < ($1.element.priority, $1.offset) }.map(\.element)
        (source, tokens, failure) = Self.read(text, name, filename, options, self.extensions, from: start)
    }

    /// Puts the source through the extensions and the lexer. An error of one of them stands behind the tokens.
    private static func read(
        _ text: String, _ name: String?, _ filename: String?, _ options: TemplateOptions,
        _ extensions: [any TemplateExtension], from start: Lexer.Start
    ) -> (SourceText, [TemplateToken], TemplateError?) {
        var source = SourceText(text, name: name, filename: filename, keepTrailingNewline: options.keepTrailingNewline)
        do {
            if !extensions.isEmpty {
                var text = text
                for one in extensions { text = try one.preprocess(text, name: name, filename: filename) }
                source = SourceText(
                    text, name: name, filename: filename, keepTrailingNewline: options.keepTrailingNewline)
            }
            var lexer = Lexer(source, options: options)
            lexer.run(from: start)
            var tokens = lexer.tokens
            for one in extensions { tokens = try one.filterTokens(tokens, name: name, filename: filename) }
            return (source, tokens, lexer.failure)
        } catch let error as TemplateError {
            return (source, [], error)
        } catch {
            var failure = source.error("\(error)", line: 1)
            failure.underlying = error
            return (source, [], failure)
        }
    }

    /// How many expressions and tags there may be inside one another.
    var maximumDepth: Int { options.limits.syntaxDepth }

    /// The extension that a tag belongs to; of several that know it, the last.
    func `extension`(forTag tag: String) -> (any TemplateExtension)? {
        extensions.last { $0.tags.contains { $0.utf8.elementsEqual(tag.utf8) } }
    }
}
