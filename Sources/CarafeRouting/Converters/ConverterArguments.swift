/// One argument of a converter in a rule, as in `<int(min=1):id>`.
public enum ConverterArgument: Sendable, Hashable {
    /// `None`.
    case none
    /// `True` or `False`.
    case bool(Bool)
    /// An integer, negative ones included.
    case int(Int)
    /// A number with a fraction or an exponent.
    case double(Double)
    /// A bare word or a quoted string.
    case string(String)

    /// The argument as Python writes it, for messages.
    var literal: String {
        switch self {
        case .none: "None"
        case .bool(let truth): truth ? "True" : "False"
        case .int(let number): String(number)
        case .double(let number): number.description
        case .string(let text): quoted(text)
        }
    }
}

/// The arguments of a converter in a rule: those by place, and those by name.
public struct ConverterArguments: Sendable, Hashable {
    /// The arguments by place.
    public var positional: [ConverterArgument]
    /// The arguments by name.
    public var named: [String: ConverterArgument]

    /// Makes the arguments of their parts.
    public init(positional: [ConverterArgument] = [], named: [String: ConverterArgument] = [:]) {
        self.positional = positional
        self.named = named
    }

    /// Gives each argument the name of its place.
    ///
    /// - Throws: `ArgumentProblem` for more arguments than names, an unknown name or one given twice.
    func assigned(to names: [String]) throws(ArgumentProblem) -> [String: ConverterArgument] {
        guard positional.count <= names.count else {
            throw ArgumentProblem(
                "it takes at most \(names.count) arguments, \(positional.count) were given", names: names)
        }
        var assigned = named
        for (name, argument) in zip(names, positional) {
            guard assigned.updateValue(argument, forKey: name) == nil else {
                throw ArgumentProblem("'\(name)' is given twice", names: names)
            }
        }
        for name in named.keys.sorted() where !names.contains(name) {
            throw ArgumentProblem("it has no argument '\(name)'", names: names)
        }
        return assigned
    }
}

/// Why a converter refused its arguments. Becomes a `RuleError`.
struct ArgumentProblem: Error {
    let message: String
    let hint: String

    init(_ message: String, hint: String) {
        self.message = message
        self.hint = hint
    }

    init(_ message: String, names: [String]) {
        self.init(
            message, hint: names.isEmpty ? "Leave the arguments out." : "It takes: \(names.joined(separator: ", ")).")
    }
}

/// The text as Python's `repr` writes a string: in single quotes, or in double ones where it holds single ones only.
func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let quote: Unicode.Scalar = scalars.contains("'") && !scalars.contains("\"") ? "\"" : "'"
    var result = String.UnicodeScalarView()
    result.append(quote)
    for scalar in scalars {
        switch scalar {
        case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
        case "\n": result.append(contentsOf: "\\n".unicodeScalars)
        case "\r": result.append(contentsOf: "\\r".unicodeScalars)
        case "\t": result.append(contentsOf: "\\t".unicodeScalars)
        case quote:
            result.append("\\")
            result.append(scalar)
        case _ where scalar.value < 32 || scalar.value == 127:
            let digits = String(scalar.value, radix: 16)
            result.append(contentsOf: ("\\x" + (digits.utf8.count < 2 ? "0" : "") + digits).unicodeScalars)
        default: result.append(scalar)
        }
    }
    result.append(quote)
    return String(result)
}
