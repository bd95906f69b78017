/// The tags that make one template of several: blocks, parents, includes and imports.
extension TemplateParser {
    mutating func parseBlock() throws -> Statement {
        let line = try next().line
        let name = try expect(.name).value
        let isScoped = try skip(ifName: "scoped")
        let isRequired = try skip(ifName: "required")
        if kind == .subtract {
            throw failure(
                "Block names in Jinja have to be valid Python identifiers and may not contain hyphens, "
                    + "use an underscore instead.")
        }
        let body = try parseBody(inLoop: false, until: ["endblock"], dropsLast: true)
        if isRequired, !body.allSatisfy(Self.isBlank) {
            throw failure("Required blocks can only contain comments or whitespace")
        }
        if try skip(ifName: name) {}
        let block = TemplateSyntax.Block(name: name, body: body, isScoped: isScoped, isRequired: isRequired)
        return Statement(.block(block), line: line)
    }

    /// Whether a statement prints nothing but white space that stands in the template.
    private static func isBlank(_ statement: Statement) -> Bool {
        guard case .output(let parts) = statement.kind else { return false }
        return parts.allSatisfy { part in
            guard case .templateData(let text) = part.kind else { return false }
            let bytes = Array(text.utf8)
            return bytes.endOfWhitespace(from: 0) == bytes.count
        }
    }

    mutating func parseExtends() throws -> Statement {
        let line = try next().line
        return Statement(.extends(try parseExpression()), line: line)
    }

    mutating func parseInclude() throws -> Statement {
        let line = try next().line
        let template = try parseExpression()
        var ignoreMissing = false
        if isName("ignore"), try look().isName("missing") {
            ignoreMissing = true
            try skip(2)
        }
        let withContext = try parseContext() ?? true
        return Statement(
            .include(template: template, withContext: withContext, ignoreMissing: ignoreMissing), line: line)
    }

    mutating func parseImport() throws -> Statement {
        let line = try next().line
        let template = try parseExpression()
        try expect(name: "as")
        let target = try parseAssignName().name
        let withContext = try parseContext() ?? false
        return Statement(.importTemplate(template: template, target: target, withContext: withContext), line: line)
    }

    /// Parses `with context` or `without context`, if that stands here.
    private mutating func parseContext() throws -> Bool? {
        let isWith = isName("with")
        guard isWith || isName("without"), try look().isName("context") else { return nil }
        try skip(2)
        return isWith
    }

    mutating func parseFrom() throws -> Statement {
        let line = try next().line
        let template = try parseExpression()
        try expect(name: "import")
        var names: [(name: String, alias: String?)] = []
        var withContext: Bool?
        repeat {
            if !names.isEmpty { try expect(.comma) }
            guard kind == .name else { throw unexpectedToken(insteadOf: "name") }
            withContext = try parseContext()
            if withContext != nil { break }
            names.append(try parseImportedName())
            withContext = try parseContext()
        } while withContext == nil && kind == .comma
        let statement = Statement.Kind.fromImport(template: template, names: names, withContext: withContext ?? false)
        return Statement(statement, line: line)
    }

    private mutating func parseImportedName() throws -> (name: String, alias: String?) {
        let token = try parseAssignToken()
        if token.value.utf8.first == UInt8(ascii: "_") {
            throw failure("names starting with an underline can not be imported", at: token, kind: .assertion)
        }
        return (token.value, try skip(ifName: "as") ? try parseAssignName().name : nil)
    }
}
