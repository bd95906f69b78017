/// The operators between expressions, from the loosest to the tightest. The unusual place of `~`, and that `**` groups to the
/// left, are Jinja's.
private enum Precedence: Int {
    case or = 1
    case and
    case not
    case comparison
    case sum
    case concatenation
    case product
    case power
    /// What operators stand between.
    case operand
}

extension TemplateParser {
    typealias Expression = TemplateSyntax.Expression

    /// Parses an expression: `value if test else alternative`, or without `if` when `withConditional` is false.
    public mutating func parseExpression(withConditional: Bool = true) throws -> TemplateSyntax.Expression {
        guard withConditional else { return try parseOperators(.or) }
        var start = line
        var value = try parseOperators(.or)
        while try skip(ifName: "if") {
            value = try parseConditional(value, line: start)
            start = line
        }
        return value
    }

    /// Parses `test else alternative`, the rest of a conditional. The alternative takes in all conditionals that follow.
    private mutating func parseConditional(_ value: Expression, line: Int) throws -> Expression {
        var below = height
        let test = try parseOperators(.or)
        below = max(below, height)
        var alternative: Expression?
        if try skip(ifName: "else") {
            try enter()
            alternative = try parseExpression()
            leave()
            below = max(below, height)
        }
        try raise(above: below)
        return Expression(.conditional(test: test, value: value, alternative: alternative), line: line)
    }

    /// Parses a chain of operators that bind at least as tightly as `minimum`.
    ///
    /// The line of the first operation of a kind is that of its start, the line of each that follows that of its operator.
    private mutating func parseOperators(_ minimum: Precedence) throws -> Expression {
        try enter()
        let start = line
        var left = try parseOperand(minimum)
        var last: Precedence?
        while let precedence = try operatorPrecedence(), precedence.rawValue >= minimum.rawValue {
            left = try parseOperation(left, precedence, line: precedence == last ? line : start)
            last = precedence
        }
        leave()
        return left
    }

    /// `not` is an operator only where a comparison may stand; elsewhere it is a name.
    private mutating func parseOperand(_ minimum: Precedence) throws -> Expression {
        guard minimum.rawValue <= Precedence.not.rawValue, isName("not") else { return try parseUnary() }
        let line = try next().line
        let operand = try parseOperators(.not)
        try raise(above: height)
        return Expression(.not(operand), line: line)
    }

    /// How tightly the operator binds that ``current`` is; nil if it is none.
    private func operatorPrecedence() throws -> Precedence? {
        switch kind {
        case .add, .subtract: .sum
        case .tilde: .concatenation
        case .multiply, .divide, .floorDivide, .modulo: .product
        case .power: .power
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: .comparison
        case .name: try namedPrecedence()
        default: nil
        }
    }

    private func namedPrecedence() throws -> Precedence? {
        if isName("or") { return .or }
        if isName("and") { return .and }
        if isName("in") { return .comparison }
        if isName("not"), try look().isName("in") { return .comparison }
        return nil
    }

    /// Parses an operator and what stands right of it.
    private mutating func parseOperation(
        _ left: Expression, _ precedence: Precedence, line: Int
    ) throws -> Expression {
        switch precedence {
        case .comparison: return try parseComparisons(left)
        case .concatenation: return try parseConcatenation(left, line: line)
        default: break
        }
        let below = height
        let sign = try next().kind
        let right = try parseOperators(Precedence(rawValue: precedence.rawValue + 1) ?? .operand)
        try raise(above: max(below, height))
        return Expression(Self.operation(sign, precedence, left, right), line: line)
    }

    private static func operation(
        _ sign: TemplateToken.Kind, _ precedence: Precedence, _ left: Expression, _ right: Expression
    ) -> Expression.Kind {
        switch sign {
        case .add: .binary(.add, left, right)
        case .subtract: .binary(.subtract, left, right)
        case .multiply: .binary(.multiply, left, right)
        case .divide: .binary(.divide, left, right)
        case .floorDivide: .binary(.floorDivide, left, right)
        case .modulo: .binary(.modulo, left, right)
        case .power: .binary(.power, left, right)
        default: precedence == .or ? .or(left, right) : .and(left, right)
        }
    }

    /// `left < a <= b in c`, as one expression. Its line is that of what follows it.
    private mutating func parseComparisons(_ left: Expression) throws -> Expression {
        var below = height
        var operands: [(comparison: TemplateSyntax.Comparison, operand: Expression)] = []
        while let comparison = try skipComparison() {
            operands.append((comparison, try parseOperators(.sum)))
            below = max(below, height)
        }
        try raise(above: below)
        return Expression(.comparison(left, operands), line: line)
    }

    private mutating func skipComparison() throws -> TemplateSyntax.Comparison? {
        let comparison: TemplateSyntax.Comparison
        switch kind {
        case .equal: comparison = .equal
        case .notEqual: comparison = .notEqual
        case .less: comparison = .less
        case .lessOrEqual: comparison = .lessOrEqual
        case .greater: comparison = .greater
        case .greaterOrEqual: comparison = .greaterOrEqual
        case .name where isName("in"): comparison = .in
        case .name where isName("not"):
            guard try look().isName("in") else { return nil }
            try next()
            comparison = .notIn
        default: return nil
        }
        try next()
        return comparison
    }

    /// `left ~ a ~ b`, as one expression.
    private mutating func parseConcatenation(_ left: Expression, line: Int) throws -> Expression {
        var below = height
        var parts = [left]
        while try skip(if: .tilde) {
            parts.append(try parseOperators(.product))
            below = max(below, height)
        }
        try raise(above: below)
        return Expression(.concatenation(parts), line: line)
    }

    /// Parses an operand with its signs, its subscripts and calls, and (under a sign: after it) its filters and tests.
    private mutating func parseUnary(withFilters: Bool = true) throws -> Expression {
        var operand: Expression
        if kind == .subtract || kind == .add {
            operand = try parseSigned()
        } else {
            operand = try parsePrimary()
        }
        operand = try parsePostfix(operand)
        return withFilters ? try parseFiltersAndTests(operand) : operand
    }

    private mutating func parseSigned() throws -> Expression {
        try enter()
        let sign = try next()
        let operand = try parseUnary(withFilters: false)
        leave()
        try raise(above: height)
        return Expression(sign.kind == .subtract ? .negative(operand) : .positive(operand), line: sign.line)
    }
}
