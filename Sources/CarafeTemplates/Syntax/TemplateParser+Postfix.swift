extension TemplateParser {
    /// Parses the subscripts and calls behind `operand`.
    mutating func parsePostfix(_ operand: Expression) throws -> Expression {
        var operand = operand
        while true {
            switch kind {
            case .dot: operand = try parseAttribute(of: operand)
            case .leftBracket: operand = try parseSubscript(of: operand)
            case .leftParenthesis: operand = try parseCall(of: operand)
            default: return operand
            }
        }
    }

    /// Parses the filters and tests behind `operand`, and calls of what they give.
    mutating func parseFiltersAndTests(_ operand: Expression) throws -> Expression {
        var operand = operand
        while true {
            switch kind {
            case .pipe: operand = try parseFilter(of: operand)
            case .name where isName("is"): operand = try parseTest(of: operand)
            case .leftParenthesis: operand = try parseCall(of: operand)
            default: return operand
            }
        }
    }

    /// `operand.name` or `operand.0`
    private mutating func parseAttribute(of operand: Expression) throws -> Expression {
        let line = try next().line
        let token = try next()
        try raise(above: height)
        switch token.kind {
        case .name: return Expression(.getAttribute(operand, name: token.value), line: line)
        case .integer:
            let key = Expression(.constant(NumberLiteral.integer(token.value)), line: token.line)
            return Expression(.getItem(operand, key: key), line: line)
        default: throw failure("expected name or number", at: token)
        }
    }

    /// `operand[key]`; several keys are a tuple.
    private mutating func parseSubscript(of operand: Expression) throws -> Expression {
        var below = height
        let line = try next().line
        var keys: [Expression] = []
        while kind != .rightBracket {
            if !keys.isEmpty { try expect(.comma) }
            keys.append(try parseKey())
            below = max(below, height)
        }
        try expect(.rightBracket)
        try raise(above: below)
        if let only = keys.first, keys.count == 1 { return Expression(.getItem(operand, key: only), line: line) }
        try raise(above: height)
        return Expression(.getItem(operand, key: Expression(.tuple(keys), line: line)), line: line)
    }

    /// A key: an expression, or a slice `start:stop:step`.
    private mutating func parseKey() throws -> Expression {
        let line = line
        height = 0
        var (start, below): (Expression?, Int) = (nil, 0)
        if kind != .colon {
            let expression = try parseExpression()
            guard kind == .colon else { return expression }
            (start, below) = (expression, height)
        }
        try next()
        let stop = kind == .colon ? nil : try parseBound()
        below = max(below, height)
        var step: Expression?
        if try skip(if: .colon) { step = try parseBound() }
        try raise(above: max(below, height))
        return Expression(.slice(start: start, stop: stop, step: step), line: line)
    }

    /// A bound of a slice, which may be left out.
    private mutating func parseBound() throws -> Expression? {
        switch kind {
        case .rightBracket, .comma: return nil
        default: return try parseExpression()
        }
    }

    private mutating func parseCall(of operand: Expression) throws -> Expression {
        let (below, line) = (height, line)
        let arguments = try parseArguments()
        try raise(above: max(below, height))
        return Expression(.call(operand, arguments), line: line)
    }

    /// Parses the arguments of a call, with the parentheses around them.
    public mutating func parseArguments() throws -> TemplateSyntax.Arguments {
        let start = try expect(.leftParenthesis)
        var arguments = TemplateSyntax.Arguments()
        var (below, isFirst) = (0, true)
        while kind != .rightParenthesis {
            if !isFirst {
                try expect(.comma)
                if kind == .rightParenthesis { break }
            }
            isFirst = false
            try parseArgument(into: &arguments, start)
            below = max(below, height)
        }
        try expect(.rightParenthesis)
        height = below
        return arguments
    }

    /// `*more`, `**named`, `name=value` or `value`, in this order from the last to the first.
    private mutating func parseArgument(
        into arguments: inout TemplateSyntax.Arguments, _ start: TemplateToken
    ) throws {
        let hasUnpacked = arguments.unpackedPositional != nil || arguments.unpackedNamed != nil
        if kind == .multiply {
            try require(!hasUnpacked, start)
            try next()
            arguments.unpackedPositional = try parseExpression()
        } else if kind == .power {
            try require(arguments.unpackedNamed == nil, start)
            try next()
            arguments.unpackedNamed = try parseExpression()
        } else if kind == .name, try look().kind == .assign {
            try require(arguments.unpackedNamed == nil, start)
            let name = try next().value
            try next()
            arguments.named.append((name, try parseExpression()))
        } else {
            try require(!hasUnpacked && arguments.named.isEmpty, start)
            arguments.positional.append(try parseExpression())
        }
    }

    private func require(_ isInOrder: Bool, _ start: TemplateToken) throws {
        if !isInOrder { throw failure("invalid syntax for function call expression", at: start) }
    }

    /// `operand|name(arguments)`
    private mutating func parseFilter(of operand: Expression) throws -> Expression {
        let below = height
        try next()
        return try parseNamedFilter(of: operand, height: below)
    }

    /// Parses a chain of filters without a value before it: what a filter block or block assignment is put through.
    ///
    /// - Parameter startsInline: whether the first filter has no `|` before it.
    /// - Returns: the last filter of the chain, nil if there is none.
    public mutating func parseFilters(startsInline: Bool = false) throws -> TemplateSyntax.Expression? {
        height = 0
        var filter: Expression?
        if startsInline { filter = try parseNamedFilter(of: nil, height: 0) }
        while kind == .pipe {
            let below = height
            try next()
            filter = try parseNamedFilter(of: filter, height: below)
        }
        return filter
    }

    private mutating func parseNamedFilter(of operand: Expression?, height below: Int) throws -> Expression {
        let line = line
        let name = try parseDottedName()
        var arguments = TemplateSyntax.Arguments()
        height = 0
        if kind == .leftParenthesis { arguments = try parseArguments() }
        try raise(above: max(below, height))
        return Expression(.filter(operand, name: name, arguments), line: line)
    }

    /// The name of a filter or test: `name` or `package.name`.
    private mutating func parseDottedName() throws -> String {
        var name = try expect(.name).value
        while try skip(if: .dot) {
            name += "."
            name += try expect(.name).value
        }
        return name
    }

    /// `operand is name`, `is not name`, `is name(arguments)` or `is name argument`
    private mutating func parseTest(of operand: Expression) throws -> Expression {
        let below = height
        let line = try next().line
        let isNegated = try skip(ifName: "not")
        let name = try parseDottedName()
        let arguments = try parseTestArguments()
        try raise(above: max(below, height))
        let test = Expression(.test(operand, name: name, arguments), line: line)
        guard isNegated else { return test }
        try raise(above: height)
        return Expression(.not(test), line: line)
    }

    private mutating func parseTestArguments() throws -> TemplateSyntax.Arguments {
        height = 0
        switch kind {
        case .leftParenthesis: return try parseArguments()
        case .name where isName("else") || isName("or") || isName("and"): break
        case .name where isName("is"): throw failure("You cannot chain multiple tests with is")
        case .name, .string, .integer, .float, .leftBracket, .leftBrace:
            try enter()
            let argument = try parsePostfix(parsePrimary())
            leave()
            return TemplateSyntax.Arguments([argument])
        default: break
        }
        return TemplateSyntax.Arguments()
    }
}
