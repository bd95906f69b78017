import Foundation
import TestSupport
import Testing

@testable import CarafeTemplates

/// An operation on values and what Python made of it, as `value_expressions.py` writes it.
struct ValueExpression: Decodable, CustomStringConvertible {
    let op: String
    let arguments: [ValueOperand]
    let repr: String?
    let error: String?
    let message: String?

    /// What Python answered: the representation of the result, or the error's class and message.
    var expected: String { repr ?? "\(error ?? ""): \(message ?? "")" }

    /// What we answer.
    var answer: String {
        do {
            return try result(arguments.map(\.value)).representation
        } catch let error as TemplateError {
            return "\(error.kind.name): \(error.message)"
        } catch {
            return "\(error)"
        }
    }

    var description: String { "\(op) \(arguments.map { (try? $0.value.representation) ?? "?" })" }

    private func result(_ values: [TemplateValue]) throws -> TemplateValue {
        let value = values[0]
        if let operation = TemplateSyntax.BinaryOperator(rawValue: op) {
            return try value.binary(operation, values[1], in: .forTests)
        }
        if let comparison = TemplateSyntax.Comparison(rawValue: op) {
            return try .bool(value.compare(comparison, values[1]))
        }
        return switch op {
        case "neg": try value.negated()
        case "pos": try value.positive()
        case "repr": value
        case "str": try .string(value.text)
        case "len": try .int(value.length())
        case "list": try .list(value.elements())
        case "bool": try .bool(value.isTrue)
        case "escape": try .string(value.escaped())
        case "hash": try .dict(TemplateDict(TemplateDictStorage([(value.key(), TemplateValue.int(1))])))
        case "item": try value.item(values[1]) ?? "nothing"
        case "slice": try value.slice(values[1], values[2], values[3])
        default: .string("unknown operation \(op)")
        }
    }
}

extension ValueExpression {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    static func recorded() throws -> [ValueExpression] {
        try decode(Data(contentsOf: folder.appending(path: "Vectors/value_expressions.jsonl")))
    }

    static func random(seed: UInt32, count: Int) throws -> [ValueExpression] {
        let script = folder.appending(path: "Differential/value_expressions.py").path
        return try decode(Python.run([script, String(seed), String(count)]))
    }

    static let hasPython = (try? Python.run(["-c", "import jinja2, markupsafe"])) != nil

    private static func decode(_ lines: Data) throws -> [ValueExpression] {
        let decoder = JSONDecoder()
        return try lines.split(separator: UInt8(ascii: "\n")).map { try decoder.decode(ValueExpression.self, from: $0) }
    }
}

/// A value as `value_expressions.py` writes it.
struct ValueOperand: Decodable {
    let value: TemplateValue

    init(from decoder: any Decoder) throws {
        if let tagged = try? decoder.container(keyedBy: Tag.self) {
            value = try Self.value(tagged)
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            value = .none
        } else if let text = try? container.decode(String.self) {
            value = .string(text)
        } else if let elements = try? container.decode([ValueOperand].self) {
            value = .list(elements.map(\.value))
        } else {
            value = .bool(try container.decode(Bool.self))
        }
    }

    private enum Tag: String, CodingKey { case i, f, m, t, d, r, u }

    private static func value(_ tagged: KeyedDecodingContainer<Tag>) throws -> TemplateValue {
        switch tagged.allKeys.first {
        case .i: return .integer(try #require(BigInteger(tagged.decode(String.self, forKey: .i), base: 16)))
        case .f: return .double(try #require(Double(tagged.decode(String.self, forKey: .f))))
        case .m: return .markup(try tagged.decode(String.self, forKey: .m))
        case .t: return .tuple(try tagged.decode([ValueOperand].self, forKey: .t).map(\.value))
        case .d:
            let pairs = try tagged.decode([[ValueOperand]].self, forKey: .d)
            return .dict(TemplateDict(TemplateDictStorage(try pairs.map { (try $0[0].value.key(), $0[1].value) })))
        case .r:
            let parts = try tagged.decode([Int].self, forKey: .r)
            return .object(try #require(TemplateRange(parts[0], parts[1], parts[2])))
        default:
            let parts = try tagged.decode([String].self, forKey: .u)
            let kinds: [String: TemplateUndefined.Kind] = [
                "Undefined": .lenient, "ChainableUndefined": .chainable, "DebugUndefined": .debug,
                "StrictUndefined": .strict,
            ]
            return .undefined(TemplateUndefined(.name(parts[1]), kind: try #require(kinds[parts[0]])))
        }
    }
}

extension TemplateContext {
    /// A context for what asks one for its limits alone.
    static var forTests: TemplateContext { forTests(TemplateLimits()) }

    /// A context with these limits.
    static func forTests(_ limits: TemplateLimits) -> TemplateContext {
        var options = TemplateOptions()
        options.limits = limits
        return TemplateContext(
            environment: TemplateEnvironment(options: options))
    }
}
