@testable import CarafeTemplates

/// A syntax tree as text: the form that `Differential/syntax.py` gives Jinja's trees.
enum SyntaxDump {
    typealias Expression = TemplateSyntax.Expression
    typealias Statement = TemplateSyntax.Statement

    static func body(_ statements: [Statement]) -> String {
        "{" + statements.map(statement).joined(separator: " ") + "}"
    }

    static func statement(_ statement: Statement) -> String {
        func form(_ name: String, _ parts: String...) -> String { Self.form(name, statement.line, parts) }
        switch statement.kind {
        case .output(let parts):
            if case .call(let function, _) = parts.first?.kind, case .constant(.object(let object)) = function.kind,
                object.typeName == "debug"
            {
                return form("output", "debug")
            }
            return form("output", many(parts))
        case .extends(let template): return form("extends", expression(template))
        case .for(let loop):
            return form(
                "for", target(loop.target), expression(loop.iterable), optional(loop.filter),
                flags(("recursive", loop.isRecursive)), body(loop.body), body(loop.alternative))
        case .if(let branches, let alternative):
            let parts = branches.map { "\(expression($0.test)) \(body($0.body))" }
            return Self.form("if", statement.line, parts + [body(alternative)])
        case .macro(let name, let signature, let content):
            return form("macro", name, self.signature(signature), body(content))
        case .callBlock(let call, let signature, let content):
            return form("callblock", expression(call), self.signature(signature), body(content))
        case .filterBlock(let filter, let content): return form("filterblock", expression(filter), body(content))
        case .with(let targets, let values, let content):
            return form("with", "[" + targets.map(target).joined(separator: " ") + "]", many(values), body(content))
        case .block(let block):
            let flags = flags(("scoped", block.isScoped), ("required", block.isRequired))
            return form("block", block.name, flags, body(block.body))
        case .include(let template, let withContext, let ignoreMissing):
            return form("include", expression(template), flags(("context", withContext), ("missing", ignoreMissing)))
        case .importTemplate(let template, let name, let withContext):
            return form("import", expression(template), name, flags(("context", withContext)))
        case .fromImport(let template, let names, let withContext):
            let names = names.map { name in name.alias.map { "\(name.name):\($0)" } ?? name.name }
            let list = "[" + names.joined(separator: " ") + "]"
            return form("from", expression(template), list, flags(("context", withContext)))
        case .expression(let value): return form("do", expression(value))
        case .assign(.name("_trans"), let value): return "(set@- _trans \(expression(value)))"
        case .assign(let target, let value): return form("set", self.target(target), expression(value))
        case .assignBlock(let target, let filter, let content):
            return form("setblock", self.target(target), optional(filter), body(content))
        case .autoescape(let setting, let content): return form("autoescape", expression(setting), body(content))
        case .scope(let content): return form("scope", body(content))
        case .break: return form("break")
        case .continue: return form("continue")
        }
    }

    static func expression(_ expression: Expression) -> String {
        func form(_ name: String, _ parts: String...) -> String { Self.form(name, expression.line, parts) }
        switch expression.kind {
        case .name(let name): return form("name", name)
        case .constant(let value): return form("constant", constant(value))
        case .templateData(let data): return form("data", text(data))
        case .tuple(let items): return form("tuple", many(items))
        case .list(let items): return form("list", many(items))
        case .dict(let entries):
            let parts = entries.flatMap { [Self.expression($0.key), Self.expression($0.value)] }
            return Self.form("dict", expression.line, parts)
        case .conditional(let test, let value, let alternative):
            return form("conditional", Self.expression(test), Self.expression(value), optional(alternative))
        case .filter(let value, let name, let arguments):
            return form("filter", optional(value), name, self.arguments(arguments))
        case .test(let value, let name, let arguments):
            return form("test", Self.expression(value), name, self.arguments(arguments))
        case .call(let function, let arguments):
            if case .constant(.object) = function.kind, let only = arguments.positional.first {
                return form("object", Self.expression(only))
            }
            return form("call", Self.expression(function), self.arguments(arguments))
        case .getItem(let value, let key): return form("item", Self.expression(value), Self.expression(key))
        case .getAttribute(let value, let name): return form("attribute", Self.expression(value), name)
        case .slice(let start, let stop, let step):
            return form("slice", optional(start), optional(stop), optional(step))
        case .concatenation(let parts): return form("concatenation", many(parts))
        case .comparison(let left, let operands):
            let parts = operands.map { "\($0.comparison.rawValue) \(Self.expression($0.operand))" }
            return Self.form("comparison", expression.line, [Self.expression(left)] + parts)
        case .and(let left, let right): return form("and", Self.expression(left), Self.expression(right))
        case .or(let left, let right): return form("or", Self.expression(left), Self.expression(right))
        case .not(let operand): return form("not", Self.expression(operand))
        case .negative(let operand): return form("negative", Self.expression(operand))
        case .positive(let operand): return form("positive", Self.expression(operand))
        case .binary(let operation, let left, let right):
            return form("\(operation)", Self.expression(left), Self.expression(right))
        }
    }

    private static func form(_ name: String, _ line: Int, _ parts: [String]) -> String {
        "(" + (["\(name)@\(line)"] + parts).joined(separator: " ") + ")"
    }

    private static func many(_ values: [Expression]) -> String {
        "[" + values.map(expression).joined(separator: " ") + "]"
    }

    private static func optional(_ value: Expression?) -> String { value.map(expression) ?? "-" }

    private static func arguments(_ arguments: TemplateSyntax.Arguments) -> String {
        let named = arguments.named.map { "\($0.name)=\(expression($0.value))" }
        let unpacked = [arguments.unpackedPositional, arguments.unpackedNamed].map(optional)
        return ([many(arguments.positional), "[" + named.joined(separator: " ") + "]"] + unpacked).joined(
            separator: " ")
    }

    private static func target(_ target: TemplateSyntax.Target) -> String {
        switch target {
        case .name(let name): name
        case .tuple(let items): "<" + items.map(self.target).joined(separator: " ") + ">"
        case .namespace(let name, let attribute): "\(name).\(attribute)"
        }
    }

    private static func flags(_ values: (String, Bool)...) -> String {
        let set = values.filter(\.1).map(\.0)
        return set.isEmpty ? "-" : set.joined(separator: " ")
    }

    private static func signature(_ signature: TemplateSyntax.Signature) -> String {
        "(" + signature.parameters.joined(separator: " ") + ") " + many(signature.defaults)
    }

    private static func constant(_ value: TemplateValue) -> String {
        switch value {
        case .none: return "None"
        case .bool(let value): return value ? "True" : "False"
        case .int(let value): return String(value, radix: 16)
        case .bigInt(let value):
            let words = value.magnitude.reversed().enumerated().map { index, word in
                let digits = String(word, radix: 16)
                return index == 0 ? digits : String(repeating: "0", count: 16 - digits.count) + digits
            }
            return words.joined()
        case .double(let value):
            let digits = String(value.bitPattern, radix: 16)
            return "float:" + String(repeating: "0", count: 16 - digits.count) + digits
        case .string(let value): return text(value)
        default: return "?"
        }
    }

    private static func text(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar in
            scalar >= " " && scalar <= "~" && scalar != "\"" && scalar != "\\"
                ? String(scalar) : "\\{" + String(scalar.value, radix: 16) + "}"
        }
        return "\"" + scalars.joined() + "\""
    }
}
