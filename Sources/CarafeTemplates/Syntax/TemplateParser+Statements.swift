extension TemplateParser {
    typealias Statement = TemplateSyntax.Statement

    /// Parses what stands between a tag and the one that ends it or goes on with it, from the end of the first tag on.
    ///
    /// Afterwards ``current`` is the name of the tag that was met, or what follows that name.
    ///
    /// - Parameters:
    ///   - tags: the names of the tags that end the statements.
    ///   - dropsLast: whether the name of the tag is skipped.
    public mutating func parseStatements(
        until tags: [String], dropsLast: Bool = false
    ) throws -> [TemplateSyntax.Statement] {
        // A colon may stand at the end of any tag that has a body, as in Python.
        if try skip(if: .colon) {}
        try expect(.blockEnd)
        let body = try parseBody(until: tags)
        if kind == .end { throw unexpectedEnd(awaiting: tags) }
        if dropsLast { try next() }
        return body
    }

    /// Parses text and tags up to one of `tags`, or to the end of the template.
    mutating func parseBody(until tags: [String]?) throws -> [Statement] {
        if let tags { awaitedTags.append(tags) }
        var body: [Statement] = []
        var output: [Expression] = []
        func flush() {
            if let first = output.first { body.append(Statement(.output(output), line: first.line)) }
            output = []
        }
        loop: while true {
            switch kind {
            case .data: try parseData(into: &output)
            case .variableBegin:
                try next()
                output.append(try parseTuple())
                try expect(.variableEnd)
            case .blockBegin:
                flush()
                try next()
                if let tags, isName(amongst: tags) { break loop }
                try parseTag(into: &body)
            case .end: break loop
            default: throw failure("internal parsing error")
            }
        }
        flush()
        if tags != nil { awaitedTags.removeLast() }
        return body
    }

    private mutating func parseData(into output: inout [Expression]) throws {
        let token = try next()
        if !token.value.isEmpty { output.append(Expression(.templateData(token.value), line: token.line)) }
    }

    /// Parses a tag from its name to its end.
    private mutating func parseTag(into body: inout [Statement]) throws {
        let tag = current
        guard tag.kind == .name else { throw failure("tag name expected", at: tag) }
        try enter()
        openTags.append(tag.value)
        if let statement = try parseStatement(tag) {
            body.append(statement)
        } else if let owner = input.extension(forTag: tag.value) {
            body += try owner.parse(&self)
        } else {
            openTags.removeLast()
            throw unknownTag(tag)
        }
        openTags.removeLast()
        leave()
        try expect(.blockEnd)
    }

    /// Parses one of Jinja's own tags; nil if `tag` is none.
    private mutating func parseStatement(_ tag: TemplateToken) throws -> Statement? {
        switch tag.value {
        case "for": try parseFor()
        case "if": try parseIf()
        case "block": try parseBlock()
        case "extends": try parseExtends()
        case "print": try parsePrint()
        case "macro": try parseMacro()
        case "include": try parseInclude()
        case "from": try parseFrom()
        case "import": try parseImport()
        case "set": try parseSet()
        case "with": try parseWith()
        case "autoescape": try parseAutoescape()
        case "call": try parseCallBlock()
        case "filter": try parseFilterBlock()
        default: nil
        }
    }

    // MARK: - Control

    private mutating func parseFor() throws -> Statement {
        let line = try next().line
        let target = try parseAssignTarget()
        try expect(name: "in")
        let iterable = try parseTuple(withConditional: false)
        let filter = try skip(ifName: "if") ? try parseExpression() : nil
        let isRecursive = try skip(ifName: "recursive")
        let body = try parseBody(inLoop: true, until: ["endfor", "else"])
        var alternative: [Statement] = []
        if try next().isName("else") { alternative = try parseStatements(until: ["endfor"], dropsLast: true) }
        let loop = TemplateSyntax.ForLoop(
            target: target, iterable: iterable, body: body, alternative: alternative, filter: filter,
            isRecursive: isRecursive)
        return Statement(.for(loop), line: line)
    }

    /// Parses a body that `break` and `continue` may stand in, or one that they may not, though there be a loop around it.
    mutating func parseBody(
        inLoop: Bool, until tags: [String], dropsLast: Bool = false
    ) throws -> [Statement] {
        let wasInLoop = isInLoop
        isInLoop = inLoop
        let body = try parseStatements(until: tags, dropsLast: dropsLast)
        isInLoop = wasInLoop
        return body
    }

    private mutating func parseIf() throws -> Statement {
        let line = try next().line
        var branches: [(test: Expression, body: [Statement])] = []
        while true {
            let test = try parseTuple(withConditional: false)
            branches.append((test, try parseStatements(until: ["elif", "else", "endif"])))
            let end = try next()
            if end.isName("elif") { continue }
            let alternative = end.isName("else") ? try parseStatements(until: ["endif"], dropsLast: true) : []
            return Statement(.if(branches: branches, alternative: alternative), line: line)
        }
    }

    private mutating func parseWith() throws -> Statement {
        let line = try next().line
        var targets: [TemplateSyntax.Target] = []
        var values: [Expression] = []
        while kind != .blockEnd {
            if !targets.isEmpty { try expect(.comma) }
            targets.append(try parseAssignTarget())
            try expect(.assign)
            values.append(try parseExpression())
        }
        let body = try parseStatements(until: ["endwith"], dropsLast: true)
        return Statement(.with(targets: targets, values: values, body: body), line: line)
    }

    private mutating func parseAutoescape() throws -> Statement {
        let line = try next().line
        let setting = try parseExpression()
        let body = try parseStatements(until: ["endautoescape"], dropsLast: true)
        return Statement(.autoescape(setting, body: body), line: line)
    }

    // MARK: - Values and output

    private mutating func parseSet() throws -> Statement {
        let line = try next().line
        let target = try parseAssignTarget(withNamespace: true)
        if try skip(if: .assign) { return Statement(.assign(target, try parseTuple()), line: line) }
        let filter = try parseFilters()
        let body = try parseStatements(until: ["endset"], dropsLast: true)
        return Statement(.assignBlock(target, filter: filter, body: body), line: line)
    }

    private mutating func parsePrint() throws -> Statement {
        let line = try next().line
        var values: [Expression] = []
        while kind != .blockEnd {
            if !values.isEmpty { try expect(.comma) }
            values.append(try parseExpression())
        }
        return Statement(.output(values), line: line)
    }

    private mutating func parseFilterBlock() throws -> Statement {
        let line = try next().line
        guard let filter = try parseFilters(startsInline: true) else { throw unexpectedToken(insteadOf: "name") }
        let body = try parseStatements(until: ["endfilter"], dropsLast: true)
        return Statement(.filterBlock(filter: filter, body: body), line: line)
    }

    // MARK: - Macros

    private mutating func parseMacro() throws -> Statement {
        let line = try next().line
        let name = try parseAssignName().name
        let signature = try parseSignature()
        let body = try parseBody(inLoop: false, until: ["endmacro"], dropsLast: true)
        return Statement(.macro(name: name, signature, body: body), line: line)
    }

    private mutating func parseCallBlock() throws -> Statement {
        let tag = try next()
        let signature = kind == .leftParenthesis ? try parseSignature() : TemplateSyntax.Signature()
        let call = try parseExpression()
        guard case .call = call.kind else { throw failure("expected call", at: tag) }
        let body = try parseBody(inLoop: false, until: ["endcall"], dropsLast: true)
        return Statement(.callBlock(call: call, signature, body: body), line: tag.line)
    }

    private mutating func parseSignature() throws -> TemplateSyntax.Signature {
        var signature = TemplateSyntax.Signature()
        try expect(.leftParenthesis)
        while kind != .rightParenthesis {
            if !signature.parameters.isEmpty { try expect(.comma) }
            let name = try parseAssignName().name
            if try skip(if: .assign) {
                signature.defaults.append(try parseExpression())
            } else if !signature.defaults.isEmpty {
                throw failure("non-default argument follows default argument")
            }
            signature.parameters.append(name)
        }
        try expect(.rightParenthesis)
        return signature
    }
}
