/// A word of a template's source, as the lexer read it: what tags and expressions are made of.
public struct TemplateToken: Sendable {
    /// What it is.
    public var kind: Kind
    /// What it says: the name, the text of data, the contents of a string with its escapes resolved, the digits of a number.
    /// Empty where the kind says it all.
    public var value: String
    /// The line on which it starts, counted from 1.
    public var line: Int
    /// Where it starts, in bytes from the start of the source whose newlines are all `\n`; nil for one that an extension made.
    public var position: Int?

    /// A token that an extension makes.
    public init(_ kind: Kind, _ value: String = "", line: Int) {
        self.init(kind, value, line: line, position: nil)
    }

    init(_ kind: Kind, _ value: String, line: Int, position: Int?) {
        self.kind = kind
        self.value = value
        self.line = line
        self.position = position
    }

    /// The kinds of tokens. Their raw values are Jinja's names for them.
    public enum Kind: String, Sendable {
        case data
        case variableBegin = "variable_begin"
        case variableEnd = "variable_end"
        case blockBegin = "block_begin"
        case blockEnd = "block_end"
        case name
        case string
        case integer
        case float
        case add
        case assign
        case colon
        case comma
        case divide = "div"
        case dot
        case equal = "eq"
        case floorDivide = "floordiv"
        case greater = "gt"
        case greaterOrEqual = "gteq"
        case leftBrace = "lbrace"
        case leftBracket = "lbracket"
        case leftParenthesis = "lparen"
        case less = "lt"
        case lessOrEqual = "lteq"
        case modulo = "mod"
        case multiply = "mul"
        case notEqual = "ne"
        case pipe
        case power = "pow"
        case rightBrace = "rbrace"
        case rightBracket = "rbracket"
        case rightParenthesis = "rparen"
        case semicolon
        case subtract = "sub"
        case tilde
        /// The end of the template, again and again.
        case end = "eof"
        /// What a comment says; the parser never sees one.
        case comment
    }

    /// Whether this is the name `name`, code point by code point.
    public func isName(_ name: String) -> Bool {
        kind == .name && value.utf8.count == name.utf8.count && value.utf8.elementsEqual(name.utf8)
    }

    /// The token as messages show it.
    var description: String { kind == .name ? value : kind.description }
}

extension TemplateToken.Kind {
    /// What messages call a token of this kind.
    var description: String {
        switch self {
        case .data: "template data / text"
        case .variableBegin: "begin of print statement"
        case .variableEnd: "end of print statement"
        case .blockBegin: "begin of statement block"
        case .blockEnd: "end of statement block"
        case .end: "end of template"
        case .name, .string, .integer, .float, .comment: rawValue
        default: sign
        }
    }

    /// How an operator is written.
    private var sign: String {
        switch self {
        case .add: "+"
        case .assign: "="
        case .colon: ":"
        case .comma: ","
        case .divide: "/"
        case .dot: "."
        case .equal: "=="
        case .floorDivide: "//"
        case .greater: ">"
        case .greaterOrEqual: ">="
        case .leftBrace: "{"
        case .leftBracket: "["
        case .leftParenthesis: "("
        case .less: "<"
        case .lessOrEqual: "<="
        case .modulo: "%"
        case .multiply: "*"
        case .notEqual: "!="
        case .pipe: "|"
        case .power: "**"
        case .rightBrace: "}"
        case .rightBracket: "]"
        case .rightParenthesis: ")"
        case .semicolon: ";"
        case .subtract: "-"
        case .tilde: "~"
        default: rawValue
        }
    }
}
