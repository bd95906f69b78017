import Foundation
import TestSupport

@testable import CarafeTemplates

/// Calls of filters, tests and globals with what Jinja gave for them (`Differential/builtin_cases.py`).
struct BuiltinVector: Decodable, Sendable, CustomStringConvertible {
    let what: String
    let name: String
    let options: String
    let value: Node
    let arguments: [Node]
    let named: [(name: String, value: Node)]
    /// As ``outcome()`` writes it.
    let expected: [String]

    init(from decoder: any Decoder) throws {
        var fields = try decoder.unkeyedContainer()
        what = try fields.decode(String.self)
        name = try fields.decode(String.self)
        options = try fields.decode(String.self)
        value = try fields.decode(Node.self)
        arguments = try fields.decode([Node].self)
        named = try fields.decode([[Node]].self).map { ($0[0].string, $0[1]) }
        expected = try fields.decode(Node.self).flattened
    }

    var description: String { "\(what) \(name) [\(options)] of \(value), \(arguments), \(named)" }

    /// All of them, by what is called.
    static let all: [String: [BuiltinVector]] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Vectors/builtins.json")
        // A test compares their number, so that a file which cannot be read is noticed.
        let vectors = (try? JSONDecoder().decode([BuiltinVector].self, from: Data(contentsOf: file))) ?? []
        return Dictionary(grouping: vectors) { "\($0.what) \($0.name)" }
    }()

    /// Random calls, which the Jinja of this machine answers.
    static func random(seed: UInt32, rounds: Int) throws -> [BuiltinVector] {
        let answers = try Python.run([script, "\(seed)", "\(rounds)"])
        return try JSONDecoder().decode([BuiltinVector].self, from: answers)
    }

    /// Whether there is a Jinja to ask.
    static let hasJinja = (try? Python.run(["-c", "import jinja2, markupsafe"])) != nil

    private static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Differential/builtin_random.py").standardizedFileURL.path

    /// The names of the filters, tests or globals that are called.
    static func names(of what: String) -> [String] {
        Set(all.values.joined().filter { $0.what == what }.map(\.name)).sorted()
    }

    /// Calls it here.
    func outcome() -> [String] {
        var options = TemplateOptions()
        if self.options.hasPrefix("a") { options.autoescape = .always }
        options.undefined =
            switch self.options.last {
            case "c": .chainable
            case "d": .debug
            case "s": .strict
            default: .lenient
            }
        let environment = TemplateEnvironment(options: options)
        let context = TemplateContext(environment: environment, autoescape: self.options.hasPrefix("a"))
        let arguments = TemplateArguments(
            self.arguments.map { $0.value(environment) },
            named: named.map { (name: $0.name, value: $0.value.value(environment)) })
        do {
            return try Self.describe(call(value.value(environment), arguments, context))
        } catch {
            return Self.describe(error)
        }
    }

    private func call(
        _ value: TemplateValue, _ arguments: TemplateArguments, _ context: TemplateContext
    ) throws -> TemplateValue {
        switch what {
        case "filter":
            try BuiltinFilters.all[name].map { try $0(value, arguments, context) } ?? .string("no such filter")
        case "test":
            try BuiltinTests.all[name].map { .bool(try $0(value, arguments, context)) } ?? .string("no such test")
        default:
            if case .object(let function) = BuiltinGlobals.all[name] {
                try function.call(arguments, in: context)
            } else {
                .string("no such global")
            }
        }
    }

    private static func describe(_ value: TemplateValue) throws -> [String] {
        switch value {
        case .undefined(let undefined): return ["undefined", undefined.message]
        case .object(let object) where (try? object.length) == .some(nil):
            guard let iterator = try object.makeIterator() else { break }
            let shown = try object.representation
            var result = ["lazy", shown.components(separatedBy: " at 0x")[0]]
            do {
                while let element = try iterator.next() { result.append(try element.representation) }
            } catch {
                return result + describe(error).dropFirst()
            }
            return result + ["-"]
        default: break
        }
        return ["value", value.typeName, try value.representation]
    }

    private static func describe(_ error: any Error) -> [String] {
        guard let error = error as? TemplateError else { return ["error", "\(error)"] }
        return ["error", error.kind.name, error.message]
    }
}

/// A value as the vectors write it.
indirect enum Node: Decodable, Sendable, CustomStringConvertible {
    case null
    case bool(Bool)
    case int(Int)
    case string(String)
    case list([Node])
    case tagged(String, Node)

    init(from decoder: any Decoder) throws {
        let single = try decoder.singleValueContainer()
        if single.decodeNil() {
            self = .null
        } else if let value = try? single.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? single.decode(Int.self) {
            self = .int(value)
        } else if let value = try? single.decode(String.self) {
            self = .string(value)
        } else if let value = try? single.decode([Node].self) {
            self = .list(value)
        } else {
            let tagged = try single.decode([String: Node].self)
            self = tagged.first.map { .tagged($0.key, $0.value) } ?? .null
        }
    }

    var string: String { if case .string(let text) = self { text } else { "" } }
    var list: [Node] { if case .list(let nodes) = self { nodes } else { [] } }

    /// A recorded result as a list of texts; a lazy one ends with its error, or a hyphen for none.
    var flattened: [String] {
        list.flatMap { node -> [String] in
            switch node {
            case .null: ["-"]
            case .list: node.flattened
            default: [node.string]
            }
        }
    }

    var description: String {
        switch self {
        case .null: "None"
        case .bool(let value): "\(value)"
        case .int(let value): "\(value)"
        case .string(let text): text.debugDescription
        case .list(let nodes): "\(nodes)"
        case .tagged(let tag, let node): "\(tag)(\(node))"
        }
    }

    func value(_ environment: TemplateEnvironment) -> TemplateValue {
        switch self {
        case .null: .none
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .string(let text): .string(text)
        case .list(let nodes): .list(nodes.map { $0.value(environment) })
        case .tagged(let tag, let node): Self.value(tag, node, environment)
        }
    }

    private static func value(_ tag: String, _ node: Node, _ environment: TemplateEnvironment) -> TemplateValue {
        switch tag {
        case "float": return .double(Double(node.string) ?? 0)
        case "int": return BigInteger(node.string).map { .integer($0) } ?? .none
        case "markup": return .markup(node.string)
        case "tuple": return .tuple(node.list.map { $0.value(environment) })
        case "undefined": return environment.undefined(.name(node.string))
        case "generator":
            return .object(TemplateGenerator(name: "genexpr", ArrayIterator(node.list.map { $0.value(environment) })))
        case "bytes":
            let bytes = node.list.map { if case .int(let byte) = $0 { UInt8(clamping: byte) } else { UInt8(0) } }
            return .object(TemplateBytes(bytes))
        case "range":
            let bounds = node.list.map { if case .int(let bound) = $0 { bound } else { 0 } }
            return TemplateRange(bounds[0], bounds[1], bounds[2]).map { .object($0) } ?? .none
        case "cycle":
            let list = TemplateList([.int(1)])
            list.mutate { $0.append(.list(list)) }
            return .list(list)
        default:
            var storage = TemplateDictStorage()
            for pair in node.list {
                if let key = try? pair.list[0].value(environment).key() {
                    storage[key] = pair.list[1].value(environment)
                }
            }
            return .dict(TemplateDict(storage))
        }
    }
}
