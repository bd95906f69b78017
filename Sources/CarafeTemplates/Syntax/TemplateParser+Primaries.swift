extension TemplateParser {
    /// Parses a name, a literal or what stands in brackets.
    public mutating func parsePrimary() throws -> TemplateSyntax.Expression {
        switch kind {
        case .leftParenthesis: return try parseParentheses()
        case .leftBracket: return try parseList()
        case .leftBrace: return try parseDict()
        default:
            height = 1
            return try parseWord()
        }
    }

    /// A name, constant, string or number.
    private mutating func parseWord() throws -> Expression {
        let token = current
        switch token.kind {
        case .name:
            try next()
            return Expression(
                Self.constant(named: token.value).map { .constant($0) } ?? .name(token.value), line: token.line)
        case .string:
            var text = try next().value
            while kind == .string { text += try next().value }
            return Expression(.constant(.string(text)), line: token.line)
        case .integer:
            try next()
            return Expression(.constant(NumberLiteral.integer(token.value)), line: token.line)
        case .float:
            try next()
            return Expression(.constant(NumberLiteral.float(token.value)), line: token.line)
        default:
            throw failure("unexpected \(quoted(token.description))", at: token)
        }
    }

    private static func constant(named name: String) -> TemplateValue? {
        let bytes = name.utf8
        guard bytes.count == 4 || bytes.count == 5 else { return nil }
        if bytes.elementsEqual("true".utf8) || bytes.elementsEqual("True".utf8) { return .bool(true) }
        if bytes.elementsEqual("false".utf8) || bytes.elementsEqual("False".utf8) { return .bool(false) }
        if bytes.elementsEqual("none".utf8) || bytes.elementsEqual("None".utf8) { return TemplateValue.none }
        return nil
    }

    private mutating func parseParentheses() throws -> Expression {
        try next()
        let content = try parseTuple(isInParentheses: true)
        try expect(.rightParenthesis)
        return content
    }

    /// Parses one expression, or several with commas between or behind them, which make a tuple.
    ///
    /// - Parameters:
    ///   - withConditional: whether an expression may be `value if test`.
    ///   - isInParentheses: whether there may be nothing at all.
    public mutating func parseTuple(
        withConditional: Bool = true, isInParentheses: Bool = false
    ) throws -> TemplateSyntax.Expression {
        let start = line
        if isTupleEnd {
            if !isInParentheses { throw failure("Expected an expression, got \(quoted(current.description))") }
            height = 1
            return Expression(.tuple([]), line: start)
        }
        let first = try parseExpression(withConditional: withConditional)
        return kind == .comma ? try parseTuple(after: first, withConditional: withConditional) : first
    }

    /// Parses what follows the first element of a tuple. Its line is that of its last comma.
    private mutating func parseTuple(after first: Expression, withConditional: Bool) throws -> Expression {
        var items = [first]
        var (below, start) = (height, line)
        while kind == .comma {
            start = line
            try next()
            if isTupleEnd { break }
            items.append(try parseExpression(withConditional: withConditional))
            below = max(below, height)
        }
        try raise(above: below)
        return Expression(.tuple(items), line: start)
    }

    /// Whether a tuple ends here, so that a comma may have been its last sign. Jinja means `in` and `recursive` to end one,
    /// too, but never does.
    var isTupleEnd: Bool {
        kind == .variableEnd || kind == .blockEnd || kind == .rightParenthesis
    }

    private mutating func parseList() throws -> Expression {
        let line = try next().line
        var items: [Expression] = []
        var below = 0
        while kind != .rightBracket {
            if !items.isEmpty {
                try expect(.comma)
                if kind == .rightBracket { break }
            }
            items.append(try parseExpression())
            below = max(below, height)
        }
        try expect(.rightBracket)
        try raise(above: below)
        return Expression(.list(items), line: line)
    }

    private mutating func parseDict() throws -> Expression {
        let line = try next().line
        var entries: [(key: Expression, value: Expression)] = []
        var below = 0
        while kind != .rightBrace {
            if !entries.isEmpty {
                try expect(.comma)
                if kind == .rightBrace { break }
            }
            let key = try parseExpression()
            below = max(below, height)
            try expect(.colon)
            entries.append((key, try parseExpression()))
            below = max(below, height)
        }
        try expect(.rightBrace)
        try raise(above: below)
        return Expression(.dict(entries), line: line)
    }
}
