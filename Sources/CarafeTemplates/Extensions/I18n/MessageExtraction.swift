/// A text for translators that a template contains.
public struct ExtractedMessage: Sendable, Equatable {
    /// The line of the call or tag, counted from 1.
    public var line: Int
    /// The function that translates it: `gettext`, `ngettext` …
    public var function: String
    /// The function's arguments; nil for each that is no string.
    public var messages: [String?]
    /// The comment for translators before it, if there is one.
    public var comments: [String]

    /// A message that was found at `line` as the arguments of `function`.
    public init(line: Int, function: String, messages: [String?], comments: [String] = []) {
        self.line = line
        self.function = function
        self.messages = messages
        self.comments = comments
    }
}

extension I18nExtension {
    /// The functions whose arguments are messages.
    public static let gettextFunctions = ["_", "gettext", "ngettext", "pgettext", "npgettext"]

    /// Finds the messages of a template, as `pybabel extract` does for Jinja.
    ///
    /// - Parameters:
    ///   - source: the template.
    ///   - functions: the names of the functions that translate.
    ///   - commentTags: the words that comments for translators begin with, like `NOTE:`. Without any none are looked for.
    ///   - options: the options that the template is read with.
    ///   - extensions: further extensions that the template needs.
    /// - Returns: the messages in the order of the template.
    /// - Throws: a ``TemplateError`` for a template that is not correct.
    public func extractMessages(
        source: String, functions: [String] = gettextFunctions, commentTags: [String] = [],
        options: TemplateOptions = TemplateOptions(), extensions: [any TemplateExtension] = []
    ) throws -> [ExtractedMessage] {
        var parser = TemplateParser(source: source, options: options, extensions: extensions + [self])
        let statements = try parser.parse()
        var comments = CommentFinder(source: source, options: options, tags: commentTags)
        var found: [ExtractedMessage] = []
        TemplateSyntax.visit(statements) { expression in
            guard case .call(let callee, let arguments) = expression.kind, case .name(let name) = callee.kind,
                functions.contains(where: { $0.utf8.elementsEqual(name.utf8) })
            else { return }
            found.append(
                ExtractedMessage(
                    line: expression.line, function: name, messages: Self.messages(arguments),
                    comments: comments.comments(for: expression.line)))
        }
        return found
    }

    /// The strings among the arguments, and nil for each of the rest.
    private static func messages(_ arguments: TemplateSyntax.Arguments) -> [String?] {
        var messages: [String?] = arguments.positional.map { argument in
            if case .constant(.string(let text)) = argument.kind { text } else { nil }
        }
        let others = arguments.named.count + (arguments.unpackedPositional == nil ? 0 : 1)
        messages += [String?](repeating: nil, count: others + (arguments.unpackedNamed == nil ? 0 : 1))
        return messages
    }
}

/// Finds the comment for translators before a line, going through the template once.
private struct CommentFinder {
    private let tokens: [TemplateToken]
    private let tags: [String]
    private var offset = 0

    init(source: String, options: TemplateOptions, tags: [String]) {
        self.tags = tags
        guard !tags.isEmpty else {
            tokens = []
            return
        }
        let text = SourceText(source, name: nil, filename: nil, keepTrailingNewline: options.keepTrailingNewline)
        var lexer = Lexer(text, options: options, keepsComments: true)
        lexer.run()
        tokens = lexer.tokens
    }

    /// The last comment with one of the tags that stands behind the message before this one, on this line or before it.
    mutating func comments(for line: Int) -> [String] {
        var end = offset
        while end < tokens.count, tokens[end].line <= line { end += 1 }
        defer { offset = end }
        for token in tokens[offset..<end].reversed() where token.kind == .comment {
            if let comment = comment(in: token.value) { return [comment] }
        }
        return []
    }

    /// What a comment says behind its tag, if it has one.
    private func comment(in text: String) -> String? {
        let bytes = Array(text.utf8)
        let start = bytes.endOfWhitespace(from: 0)
        var end = start
        while end < bytes.count, bytes.whitespaceLength(at: end) == 0 { end += 1 }
        let messageStart = bytes.endOfWhitespace(from: end)
        guard messageStart < bytes.count, tags.contains(where: { $0.utf8.elementsEqual(bytes[start..<end]) }) else {
            return nil
        }
        let messageEnd = bytes.startOfWhitespace(before: bytes.count, from: messageStart)
        return String(decoding: bytes[messageStart..<messageEnd], as: UTF8.self)
    }
}
