/// A template's text as the parser understood it: Jinja's abstract syntax tree, with Jinja's names for its nodes.
///
/// Extensions that add tags build these (``TemplateExtension/parse(_:)``).
public enum TemplateSyntax {
    /// An expression and the line on which it starts, counted from 1.
    public struct Expression: Sendable {
        public var kind: Kind
        public var line: Int

        public init(_ kind: Kind, line: Int) {
            self.kind = kind
            self.line = line
        }

        public indirect enum Kind: Sendable {
            /// The value of a variable.
            case name(String)
            /// A literal; also a value that an extension put there, like a function to call.
            case constant(TemplateValue)
            /// Text between tags, which is never escaped.
            case templateData(String)
            case tuple([Expression])
            case list([Expression])
            case dict([(key: Expression, value: Expression)])
            /// `value if test else alternative`
            case conditional(test: Expression, value: Expression, alternative: Expression?)
            /// `input|name(arguments)`; no input: the body of the filter block or block assignment.
            case filter(Expression?, name: String, Arguments)
            /// `input is name(arguments)`
            case test(Expression, name: String, Arguments)
            case call(Expression, Arguments)
            /// `object[key]`
            case getItem(Expression, key: Expression)
            /// `start:stop:step`, only as the key of ``getItem(_:key:)`` (or in a tuple there).
            case slice(start: Expression?, stop: Expression?, step: Expression?)
            /// `object.name`
            case getAttribute(Expression, name: String)
            /// `a ~ b ~ c`
            case concatenation([Expression])
            /// `a < b <= c`
            case comparison(Expression, [(comparison: Comparison, operand: Expression)])
            case and(Expression, Expression)
            case or(Expression, Expression)
            case not(Expression)
            case negative(Expression)
            case positive(Expression)
            case binary(BinaryOperator, Expression, Expression)
        }
    }

    /// `+ - * / // % **`
    public enum BinaryOperator: String, Sendable {
        case add = "+"
        case subtract = "-"
        case multiply = "*"
        case divide = "/"
        case floorDivide = "//"
        case modulo = "%"
        case power = "**"
    }

    /// `== != < <= > >= in not in`
    public enum Comparison: String, Sendable {
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case `in` = "in"
        case notIn = "notin"
    }

    /// The arguments of a call, filter or test: `(1, name=2, *more, **named)`.
    public struct Arguments: Sendable {
        public var positional: [Expression] = []
        public var named: [(name: String, value: Expression)] = []
        public var unpackedPositional: Expression?
        public var unpackedNamed: Expression?

        public init(_ positional: [Expression] = [], named: [(name: String, value: Expression)] = []) {
            self.positional = positional
            self.named = named
        }
    }

    /// What is assigned to.
    public indirect enum Target: Sendable {
        case name(String)
        case tuple([Target])
        /// `namespace.attribute`
        case namespace(name: String, attribute: String)
    }

    /// The parameters of a macro or call block, in order; those without a default come first.
    public struct Signature: Sendable {
        public var parameters: [String]
        /// The defaults of the last `defaults.count` parameters.
        public var defaults: [Expression]

        public init(parameters: [String] = [], defaults: [Expression] = []) {
            self.parameters = parameters
            self.defaults = defaults
        }
    }

    /// A tag or a run of output, and the line on which it starts.
    public struct Statement: Sendable {
        public var kind: Kind
        public var line: Int

        public init(_ kind: Kind, line: Int) {
            self.kind = kind
            self.line = line
        }

        public indirect enum Kind: Sendable {
            /// Text and `{{ … }}`, printed one after another.
            case output([Expression])
            case extends(Expression)
            case `for`(ForLoop)
            /// The first branch whose test is true, else `alternative`.
            case `if`(branches: [(test: Expression, body: [Statement])], alternative: [Statement])
            case macro(name: String, Signature, body: [Statement])
            /// `{% call(parameters) macro(…) %}`; `call` is a ``Expression/Kind/call(_:_:)``.
            case callBlock(call: Expression, Signature, body: [Statement])
            /// `filter` is a chain of filters whose innermost has no input.
            case filterBlock(filter: Expression, body: [Statement])
            case with(targets: [Target], values: [Expression], body: [Statement])
            case block(Block)
            case include(template: Expression, withContext: Bool, ignoreMissing: Bool)
            case importTemplate(template: Expression, target: String, withContext: Bool)
            case fromImport(template: Expression, names: [(name: String, alias: String?)], withContext: Bool)
            /// An expression whose value is thrown away: `{% do … %}`.
            case expression(Expression)
            case assign(Target, Expression)
            /// `{% set name | filter %}…{% endset %}`
            case assignBlock(Target, filter: Expression?, body: [Statement])
            case autoescape(Expression, body: [Statement])
            /// Statements with a scope of their own.
            case scope(body: [Statement])
            case `break`
            case `continue`
        }
    }

    /// `{% for target in iterable if filter recursive %} … {% else %} … {% endfor %}`
    public struct ForLoop: Sendable {
        public var target: Target
        public var iterable: Expression
        public var body: [Statement]
        public var alternative: [Statement]
        public var filter: Expression?
        public var isRecursive: Bool

        public init(
            target: Target, iterable: Expression, body: [Statement], alternative: [Statement] = [],
            filter: Expression? = nil, isRecursive: Bool = false
        ) {
            self.target = target
            self.iterable = iterable
            self.body = body
            self.alternative = alternative
            self.filter = filter
            self.isRecursive = isRecursive
        }
    }

    /// `{% block name scoped required %} … {% endblock %}`
    public struct Block: Sendable {
        public var name: String
        public var body: [Statement]
        public var isScoped: Bool
        public var isRequired: Bool

        public init(name: String, body: [Statement], isScoped: Bool = false, isRequired: Bool = false) {
            self.name = name
            self.body = body
            self.isScoped = isScoped
            self.isRequired = isRequired
        }
    }
}
