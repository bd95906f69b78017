/// The `plural=` expression of a catalog: which of a message's forms so many things take.
///
/// It is C's, with `n` for the number. The rule may be a stranger's, so it is bounded in length and depth, and nothing in it
/// can overflow.
struct PluralRule: Sendable {
    private indirect enum Node: Sendable {
        case count
        case number(Int)
        case not(Node)
        case binary(Operator, Node, Node)
        case conditional(Node, Node, Node)
    }

    private enum Operator: Sendable {
        case or, and, equal, notEqual, less, greater, lessOrEqual, greaterOrEqual, add, subtract, multiply, divide,
            modulo
    }

    private let root: Node

    /// English's and German's: one thing, or more of them.
    static let germanic = PluralRule(root: .binary(.notEqual, .count, .number(1)))

    private init(root: Node) {
        self.root = root
    }

    /// - Throws: a ``TemplateError`` in Python's words for an expression that is not one.
    init(_ text: String) throws {
        var reader = Reader(text)
        if reader.tokens.count > 1000 { throw Self.error("plural form expression is too long") }
        root = try reader.readConditional()
        if let rest = reader.current { throw Self.error("unexpected token in plural form: \(rest)") }
    }

    private static func error(_ message: String) -> TemplateError { TemplateError(.valueError, message) }

    /// The number of the form that `count` things take.
    func form(for count: Int) throws -> Int {
        try Self.value(of: root, count)
    }

    private static func value(of node: Node, _ count: Int) throws -> Int {
        switch node {
        case .count: return count
        case .number(let number): return number
        case .not(let operand): return try value(of: operand, count) == 0 ? 1 : 0
        case .conditional(let test, let first, let second):
            return try value(of: value(of: test, count) != 0 ? first : second, count)
        case .binary(.and, let left, let right):
            return try value(of: left, count) != 0 && value(of: right, count) != 0 ? 1 : 0
        case .binary(.or, let left, let right):
            return try value(of: left, count) != 0 || value(of: right, count) != 0 ? 1 : 0
        case .binary(let operation, let left, let right):
            return try apply(operation, value(of: left, count), value(of: right, count))
        }
    }

    private static func apply(_ operation: Operator, _ left: Int, _ right: Int) throws -> Int {
        switch operation {
        case .or, .and: return 0
        case .equal: return left == right ? 1 : 0
        case .notEqual: return left != right ? 1 : 0
        case .less: return left < right ? 1 : 0
        case .greater: return left > right ? 1 : 0
        case .lessOrEqual: return left <= right ? 1 : 0
        case .greaterOrEqual: return left >= right ? 1 : 0
        case .add: return left &+ right
        case .subtract: return left &- right
        case .multiply: return left &* right
        case .divide, .modulo:
            if right == 0 { throw TemplateError(.zeroDivision, "integer division or modulo by zero") }
            // Python rounds down, and gives the remainder the sign of the divisor.
            let (quotient, remainder) = right == -1 ? (0 &- left, 0) : left.quotientAndRemainder(dividingBy: right)
            let isRoundedUp = remainder != 0 && (remainder < 0) != (right < 0)
            if operation == .divide { return isRoundedUp ? quotient - 1 : quotient }
            return isRoundedUp ? remainder + right : remainder
        }
    }

    /// Reads the expression by C's precedences.
    private struct Reader {
        let tokens: [String]
        private var index = 0
        private var depth = 0

        private static let levels: [[String: Operator]] = [
            ["||": .or], ["&&": .and], ["==": .equal, "!=": .notEqual],
            ["<": .less, ">": .greater, "<=": .lessOrEqual, ">=": .greaterOrEqual], ["+": .add, "-": .subtract],
            ["*": .multiply, "/": .divide, "%": .modulo],
        ]

        init(_ text: String) {
            tokens = Self.tokens(of: text)
        }

        var current: String? { index < tokens.count ? tokens[index] : nil }

        mutating func readConditional() throws -> Node {
            depth += 1
            defer { depth -= 1 }
            if depth > 20 { throw PluralRule.error("plural form expression is too complex") }
            let test = try readBinary(0)
            guard skip("?") else { return test }
            let first = try readConditional()
            guard skip(":") else { throw unexpected() }
            return .conditional(test, first, try readConditional())
        }

        private mutating func readBinary(_ level: Int) throws -> Node {
            guard level < Self.levels.count else { return try readOperand() }
            var left = try readBinary(level + 1)
            var length = 0
            while let sign = current, let operation = Self.levels[level][sign] {
                index += 1
                length += 1
                if length > 50 { throw PluralRule.error("plural form expression is too complex") }
                left = .binary(operation, left, try readBinary(level + 1))
            }
            return left
        }

        private mutating func readOperand() throws -> Node {
            if skip("!") {
                depth += 1
                defer { depth -= 1 }
                if depth > 20 { throw PluralRule.error("plural form expression is too complex") }
                return .not(try readOperand())
            }
            if skip("n") { return .count }
            if skip("(") {
                let inside = try readConditional()
                guard skip(")") else { throw PluralRule.error("unbalanced parenthesis in plural form") }
                return inside
            }
            guard let token = current, token.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int(token)
            else {
                throw unexpected()
            }
            index += 1
            return .number(number)
        }

        private mutating func skip(_ token: String) -> Bool {
            guard let current, current.utf8.elementsEqual(token.utf8) else { return false }
            index += 1
            return true
        }

        private func unexpected() -> TemplateError {
            PluralRule.error(
                current.map { "unexpected token in plural form: \($0)" } ?? "unexpected end of plural form")
        }

        /// Numbers, and signs of one or two characters.
        private static func tokens(of text: String) -> [String] {
            let bytes = Array(text.utf8)
            var tokens: [String] = []
            var position = 0
            while position < bytes.count {
                var end = position + 1
                switch bytes[position] {
                case 0x09, 0x20:
                    position = end
                    continue
                case 0x30...0x39:
                    while end < bytes.count, bytes[end] >= 0x30, bytes[end] <= 0x39 { end += 1 }
                case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"):
                    if end < bytes.count, bytes[end] == UInt8(ascii: "=") { end += 1 }
                case UInt8(ascii: "&"), UInt8(ascii: "|"):
                    if end < bytes.count, bytes[end] == bytes[position] { end += 1 }
                default: break
                }
                tokens.append(String(decoding: bytes[position..<end], as: UTF8.self))
                position = end
            }
            return tokens
        }
    }
}
