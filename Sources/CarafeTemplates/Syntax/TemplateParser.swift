/// Reads the source of a template into its syntax tree: Jinja's parser, with its names, its oddities and its words for
/// mistakes.
///
/// An extension's tags are parsed with it (``TemplateExtension/parse(_:)``): look at ``current``, go on with ``next()``,
/// ``skip(_:)`` and ``expect(_:)``, and let it parse what is not the extension's own.
///
/// ```swift
/// // {% cache 300, "key" %} … {% endcache %}
/// func parse(_ parser: inout TemplateParser) throws -> [TemplateSyntax.Statement] {
///     let line = try parser.next().line
///     var arguments = [try parser.parseExpression()]
///     if try parser.skip(if: .comma) { arguments.append(try parser.parseExpression()) }
///     let body = try parser.parseStatements(until: ["endcache"], dropsLast: true)
///     …
/// }
/// ```
public struct TemplateParser {
    /// The name of the template, nil for one made from a string.
    public var name: String? { input.source.name }
    /// The file that the template was read from.
    public var filename: String? { input.source.filename }
    /// The environment's options.
    public var options: TemplateOptions { input.options }
    /// Whether this place is inside the body of a loop, where `break` and `continue` have a meaning.
    public internal(set) var isInLoop = false

    let input: ParserInput
    private var index = 0
    /// The tags that are open here, the outermost first.
    var openTags: [String] = []
    /// What the open tags wait for, the outermost first.
    var awaitedTags: [[String]] = []
    /// How many expressions and tags this place is inside of.
    var depth = 0
    /// How many expressions there are inside one another in the last one that was parsed.
    var height = 0
    private var freeIdentifiers = 0
    /// Debug builds on small stacks may reach their end before ``TemplateLimits/syntaxDepth``.
    var stack = StackBounds.ofThisThread

    /// A parser of `source`. What is wrong with the text is told when it is parsed.
    public init(
        source: String, name: String? = nil, filename: String? = nil, options: TemplateOptions = TemplateOptions(),
        extensions: [any TemplateExtension] = []
    ) {
        input = ParserInput(source, name, filename, options, extensions, from: .text)
    }

    private init(expression source: String, _ options: TemplateOptions, _ extensions: [any TemplateExtension]) {
        input = ParserInput(source, nil, nil, options, extensions, from: .variable)
    }

    /// Parses the whole template.
    ///
    /// - Throws: a ``TemplateError`` of the kind ``TemplateError/Kind/syntax`` or ``TemplateError/Kind/assertion``.
    public mutating func parse() throws -> [TemplateSyntax.Statement] {
        try start()
        return try parseBody(until: nil)
    }

    /// Parses an expression that stands on its own, without a template around it: Jinja's `compile_expression`.
    public static func parseExpression(
        _ source: String, options: TemplateOptions = TemplateOptions(), extensions: [any TemplateExtension] = []
    ) throws -> TemplateSyntax.Expression {
        var parser = TemplateParser(expression: source, options, extensions)
        try parser.start()
        let expression = try parser.parseExpression()
        guard parser.current.kind == .end else { throw parser.failure("chunk after expression") }
        return expression
    }

    /// The first token is looked at only now, where an error in it can be thrown.
    private mutating func start() throws {
        stack = StackBounds.ofThisThread
        if input.tokens.isEmpty, let failure = input.failure { throw failure }
    }

    // MARK: - Tokens

    /// The token that is to be read next.
    public var current: TemplateToken {
        index < input.tokens.count ? input.tokens[index] : TemplateToken(.end, line: input.tokens.last?.line ?? 1)
    }

    /// The kind of ``current``.
    var kind: TemplateToken.Kind {
        @inline(__always) get { index < input.tokens.count ? input.tokens[index].kind : .end }
    }

    /// The line of ``current``.
    var line: Int {
        @inline(__always) get { index < input.tokens.count ? input.tokens[index].line : input.tokens.last?.line ?? 1 }
    }

    /// Whether ``current`` is the name `name`.
    func isName(_ name: String) -> Bool {
        index < input.tokens.count && input.tokens[index].isName(name)
    }

    /// Whether ``current`` is one of `names`.
    func isName(amongst names: [String]) -> Bool {
        guard kind == .name else { return false }
        for name in names where isName(name) { return true }
        return false
    }

    /// Goes on by one token and returns the one that was ``current``.
    @discardableResult
    public mutating func next() throws -> TemplateToken {
        let token = current
        if index < input.tokens.count {
            if index + 1 == input.tokens.count, let failure = input.failure { throw failure }
            index += 1
        }
        return token
    }

    /// The token after ``current``.
    public func look() throws -> TemplateToken {
        if index + 1 < input.tokens.count { return input.tokens[index + 1] }
        if index + 1 == input.tokens.count, let failure = input.failure { throw failure }
        return TemplateToken(.end, line: line)
    }

    /// Goes on by `count` tokens.
    public mutating func skip(_ count: Int = 1) throws {
        for _ in 0..<count { try next() }
    }

    /// Goes on if ``current`` is of `kind`; says whether it was.
    public mutating func skip(if kind: TemplateToken.Kind) throws -> Bool {
        guard self.kind == kind else { return false }
        try next()
        return true
    }

    /// Goes on if ``current`` is the name `name`; says whether it was.
    public mutating func skip(ifName name: String) throws -> Bool {
        guard isName(name) else { return false }
        try next()
        return true
    }

    /// Goes on by a token of `kind`, which has to be there, and returns it.
    @discardableResult
    public mutating func expect(_ kind: TemplateToken.Kind) throws -> TemplateToken {
        guard self.kind == kind else { throw unexpectedToken(insteadOf: kind.description) }
        return try next()
    }

    /// Goes on by the name `name`, which has to be there, and returns it.
    @discardableResult
    public mutating func expect(name: String) throws -> TemplateToken {
        guard isName(name) else { throw unexpectedToken(insteadOf: name) }
        return try next()
    }

    /// A name that no template can contain, for a variable that an extension needs.
    public mutating func freeIdentifier() -> String {
        freeIdentifiers += 1
        return "_ \(freeIdentifiers)"
    }
}
