extension TemplateParser {
    /// Parses what is assigned to: a name, or several with commas between them.
    ///
    /// - Parameters:
    ///   - withNamespace: whether `namespace.attribute` is one.
    ///   - withTuple: whether there may be several.
    public mutating func parseAssignTarget(
        withNamespace: Bool = false, withTuple: Bool = true
    ) throws -> TemplateSyntax.Target {
        guard withTuple else {
            let part = try parsePart(withNamespace)
            return try assignable(part.target, part.kind, at: part.start)
        }
        var parts: [TargetPart] = []
        var (isTuple, start) = (false, current)
        while true {
            if !parts.isEmpty { try expect(.comma) }
            if isTupleEnd { break }
            parts.append(try parsePart(withNamespace))
            guard kind == .comma else { break }
            isTuple = true
            start = current
        }
        if !isTuple {
            guard let only = parts.first else {
                throw failure("Expected an expression, got \(quoted(current.description))")
            }
            return try assignable(only.target, only.kind, at: only.start)
        }
        let targets = parts.compactMap(\.target)
        return try assignable(targets.count == parts.count ? .tuple(targets) : nil, "tuple", at: start)
    }

    /// Parses a single name to assign to; its line comes with it.
    public mutating func parseAssignName() throws -> (name: String, line: Int) {
        let token = try parseAssignToken()
        return (token.value, token.line)
    }

    /// Parses a single name to assign to.
    mutating func parseAssignToken() throws -> TemplateToken {
        let token = try expect(.name)
        if ["true", "false", "none", "True", "False", "None"].contains(where: { token.isName($0) }) {
            throw failure("can't assign to 'name'", at: token)
        }
        return token
    }

    /// One of several targets. What cannot be assigned to is told once all of them have been read.
    private struct TargetPart {
        let target: TemplateSyntax.Target?
        /// What Jinja calls the expression.
        let kind: String
        /// Where it starts. Its line is that of what stands in parentheses.
        let start: TemplateToken
    }

    private mutating func parsePart(_ withNamespace: Bool) throws -> TargetPart {
        var start = current
        let expression = try parsePrimary()
        if start.line != expression.line { start = TemplateToken(start.kind, line: expression.line) }
        if withNamespace, case .name(let name) = expression.kind, try skip(if: .dot) {
            let attribute = try expect(.name).value
            return TargetPart(
                target: .namespace(name: name, attribute: attribute), kind: "nsref", start: start)
        }
        return TargetPart(target: Self.target(expression), kind: Self.kindName(expression), start: start)
    }

    private func assignable(
        _ target: TemplateSyntax.Target?, _ kind: String, at token: TemplateToken
    ) throws -> TemplateSyntax.Target {
        guard let target else { throw failure("can't assign to \(quoted(kind))", at: token) }
        return target
    }

    /// The target that an expression in parentheses is, if it is one.
    private static func target(_ expression: Expression) -> TemplateSyntax.Target? {
        switch expression.kind {
        case .name(let name): return .name(name)
        case .tuple(let items):
            let targets = items.compactMap(target)
            return targets.count == items.count ? .tuple(targets) : nil
        default: return nil
        }
    }

    /// What Jinja calls an expression that cannot be assigned to.
    private static func kindName(_ expression: Expression) -> String {
        switch expression.kind {
        case .name: "name"
        case .constant: "const"
        case .templateData: "templatedata"
        case .tuple: "tuple"
        case .list: "list"
        case .dict: "dict"
        case .conditional: "condexpr"
        case .filter: "filter"
        case .test: "test"
        case .call: "call"
        case .getItem: "getitem"
        case .slice: "slice"
        case .getAttribute: "getattr"
        case .concatenation: "concat"
        case .comparison: "compare"
        case .and: "and"
        case .or: "or"
        case .not: "not"
        case .negative: "neg"
        case .positive: "pos"
        case .binary(let operation, _, _):
            switch operation {
            case .add: "add"
            case .subtract: "sub"
            case .multiply: "mul"
            case .divide: "div"
            case .floorDivide: "floordiv"
            case .modulo: "mod"
            case .power: "pow"
            }
        }
    }
}
