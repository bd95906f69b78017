/// One piece of a rule's text.
enum RuleToken: Hashable {
    case slash
    case text([UInt8])
    case variable(name: String, converter: String?, arguments: String)
}

/// Why a rule's text, or the arguments in it, cannot be read. Becomes a `RuleError`.
struct SyntaxProblem: Error {
    let kind: RuleError.Kind
    let message: String
    let hint: String
}

/// Reads a rule's text into its pieces: `/`, text without slashes, and `<converter(arguments):variable>`.
struct RuleSyntax {
    private let bytes: [UInt8]
    private var position = 0

    init(_ rule: [UInt8]) { bytes = rule }

    /// The pieces in their order.
    static func tokens(of rule: [UInt8]) throws(SyntaxProblem) -> [RuleToken] {
        var syntax = RuleSyntax(rule)
        var tokens: [RuleToken] = []
        while syntax.position < rule.count { tokens.append(try syntax.token()) }
        return tokens
    }

    private mutating func token() throws(SyntaxProblem) -> RuleToken {
        if take(UInt8(ascii: "/")) { return .slash }
        if bytes[position] == UInt8(ascii: "<") { return try variable() }
        let text = bytes[position...].prefix { $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: "/") }
        position = text.endIndex
        return .text(Array(text))
    }

    private mutating func variable() throws(SyntaxProblem) -> RuleToken {
        let start = position
        _ = take(UInt8(ascii: "<"))
        if let first = identifier() {
            if take(UInt8(ascii: ">")) { return .variable(name: first, converter: nil, arguments: "") }
            if let name = variableName() { return .variable(name: name, converter: first, arguments: "") }
            if take(UInt8(ascii: "(")) {
                // The arguments end at the first parenthesis after which the rest is a variable's name, so that a
                // quoted item may hold one.
                let opening = position
                while let closing = bytes[position...].firstIndex(of: UInt8(ascii: ")")) {
                    position = closing + 1
                    if let name = variableName() {
                        let arguments = String(decoding: bytes[opening..<closing], as: UTF8.self)
                        return .variable(name: name, converter: first, arguments: arguments)
                    }
                }
            }
        }
        let rest = String(decoding: bytes[start...], as: UTF8.self)
        throw SyntaxProblem(
            kind: .malformed, message: "the variable at \(quoted(rest)) cannot be read",
            hint: "Write <name> or <converter(arguments):name>, names being ASCII letters, digits and underscores.")
    }

    /// `:name>`, or nil with nothing taken.
    private mutating func variableName() -> String? {
        let start = position
        if take(UInt8(ascii: ":")), let name = identifier(), take(UInt8(ascii: ">")) { return name }
        position = start
        return nil
    }

    private mutating func identifier() -> String? {
        let name = bytes[position...].prefix(while: isWordByte)
        guard let first = name.first, !isDigit(first) else { return nil }
        position = name.endIndex
        return String(decoding: name, as: UTF8.self)
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }
}

/// Whether a byte is an ASCII letter, digit or underscore.
func isWordByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: "_") || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
}

extension ConverterArguments {
    /// Reads arguments as they are written in a rule: `True`, `False`, `None`, numbers, words and quoted strings,
    /// with or without a `name=` before, separated by commas.
    init(parsing text: String) throws(SyntaxProblem) {
        self.init()
        var rest = Array(text.utf8)[...]
        rest.skipSpaces()
        while !rest.isEmpty {
            let argument = rest
            guard let (name, value) = rest.takeArgument() else {
                let text = String(decoding: argument, as: UTF8.self)
                throw SyntaxProblem(
                    kind: .badArguments, message: "Cannot parse converter argument \(quoted(text))",
                    hint: "Separate arguments by commas, and put quotes around what is neither a word nor a number.")
            }
            if let name {
                guard named.updateValue(value, forKey: name) == nil else {
                    throw SyntaxProblem(
                        kind: .badArguments, message: "The converter argument '\(name)' is given twice",
                        hint: "Leave one of them out.")
                }
            } else {
                positional.append(value)
            }
        }
    }
}

extension ArraySlice<UInt8> {
    fileprivate mutating func skipSpaces() {
        while first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") { removeFirst() }
    }

    /// `[name =] value [,]`, spaces around each; nil where that is not what follows.
    fileprivate mutating func takeArgument() -> (name: String?, value: ConverterArgument)? {
        var name: String?
        let word = prefix(while: isWordByte)
        var afterName = self[word.endIndex...]
        afterName.skipSpaces()
        if !word.isEmpty, afterName.first == UInt8(ascii: "=") {
            name = String(decoding: word, as: UTF8.self)
            self = afterName.dropFirst()
            skipSpaces()
        }
        guard let value = takeValue() else { return nil }
        skipSpaces()
        guard isEmpty || first == UInt8(ascii: ",") else { return nil }
        self = dropFirst()
        skipSpaces()
        return (name, value)
    }

    private mutating func takeValue() -> ConverterArgument? {
        if let quote = first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            guard let end = self[(startIndex + 1)...].firstIndex(of: quote) else { return nil }
            let text = String(decoding: self[(startIndex + 1)..<end], as: UTF8.self)
            self = self[(end + 1)...]
            return .string(text)
        }
        let word = prefix {
            isWordByte($0) || $0 >= 0x80 || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+")].contains($0)
        }
        guard !word.isEmpty else { return nil }
        self = self[word.endIndex...]
        let text = String(decoding: word, as: UTF8.self)
        return switch text {
        case "True": .bool(true)
        case "False": .bool(false)
        case "None": ConverterArgument.none
        default: number(text, word) ?? .string(text)
        }
    }

    private func number(_ text: String, _ bytes: ArraySlice<UInt8>) -> ConverterArgument? {
        let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes
        guard let first = digits.first, isDigit(first) else { return nil }
        if let number = Int(text) { return .int(number) }
        // Digits alone that do not fit are no number of another kind.
        return digits.allSatisfy(isDigit) ? nil : Double(text).map(ConverterArgument.double)
    }
}
