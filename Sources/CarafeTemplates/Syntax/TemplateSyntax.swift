/// A template's text as the parser understood it: Jinja's abstract syntax tree, with Jinja's names for its nodes.
///
/// Extensions that add tags build these (``TemplateExtension/parse(_:)``).
public enum TemplateSyntax {
    /// An expression and the line on which it starts, counted from 1.
    public struct Expression: Sendable {
        /// What it is.
        public var kind: Kind
        /// The line.
        public var line: Int

        /// An expression at `line`.
        public init(_ kind: Kind, line: Int) {
            self.kind = kind
            self.line = line
        }

        /// What an expression is.
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
        /// Those by position.
        public var positional: [Expression] = []
        /// Those by name, in their order.
        public var named: [(name: String, value: Expression)] = []
        /// `*more`
        public var unpackedPositional: Expression?
        /// `**named`
        public var unpackedNamed: Expression?

        /// Arguments by position and by name.
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
        /// The names.
        public var parameters: [String]
        /// The defaults of the last `defaults.count` parameters.
        public var defaults: [Expression]

        /// A signature.
        public init(parameters: [String] = [], defaults: [Expression] = []) {
            self.parameters = parameters
            self.defaults = defaults
        }
    }

    /// A tag or a run of output, and the line on which it starts.
    public struct Statement: Sendable {
        /// What it is.
        public var kind: Kind
        /// The line.
        public var line: Int

        /// A statement at `line`.
        public init(_ kind: Kind, line: Int) {
            self.kind = kind
            self.line = line
        }

        /// What a statement is.
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
        /// What each element is assigned to.
        public var target: Target
        /// What is looped over.
        public var iterable: Expression
        /// What is done with each element.
        public var body: [Statement]
        /// What is done where there is no element: `{% else %}`.
        public var alternative: [Statement]
        /// Which elements are taken: `if …`.
        public var filter: Expression?
        /// Whether `loop(…)` runs the body for other values.
        public var isRecursive: Bool

        /// A loop.
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
        /// The name by which a template that extends this one replaces the block.
        public var name: String
        /// What is printed unless the block is replaced.
        public var body: [Statement]
        /// Whether the variables around it are seen inside.
        public var isScoped: Bool
        /// Whether it has to be replaced.
        public var isRequired: Bool

        /// A block.
        public init(name: String, body: [Statement], isScoped: Bool = false, isRequired: Bool = false) {
            self.name = name
            self.body = body
            self.isScoped = isScoped
            self.isRequired = isRequired
        }
    }
}
