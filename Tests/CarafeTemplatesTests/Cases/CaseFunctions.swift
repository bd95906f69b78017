import TemplateCases

@testable import CarafeTemplates

/// The functions that cases have in their contexts: the same as `FUNCTIONS` in `values.py`.
enum CaseFunctions {
    static func function(named name: String) throws -> TemplateFunction {
        switch name {
        case "arguments": return TemplateFunction("arguments") { arguments, _ in .string(try told(arguments)) }
        case "identity":
            return TemplateFunction("identity") { arguments, _ in
                try single(arguments, of: "identity", parameter: "value")
            }
        case "markup":
            return TemplateFunction("markup") { arguments, _ in
                .markup(try single(arguments, of: "markup", parameter: "value").text)
            }
        case "fail":
            return TemplateFunction("fail") { arguments, _ in
                throw TemplateError(.valueError, try arguments.value(0, "message")?.text ?? "failed")
            }
        case "seen":
            return TemplateFunction("seen") { arguments, context in
                let seen = try arguments.positional.compactMap { name in
                    try context.resolve(name.text).map { "\(try name.text)=\(try $0.text)" }
                }
                return .string(seen.isEmpty ? "nothing" : seen.joined(separator: " "))
            }
        case "greet": return TemplateFunction("greet") { arguments, _ in .string(try greeting(arguments)) }
        default: throw UnknownOption(name: name)
        }
    }

    /// How it was called, as Python prints a tuple and a dictionary.
    private static func told(_ arguments: TemplateArguments) throws -> String {
        let positional = TemplateValue.tuple(TemplateTuple(arguments.positional))
        let named = TemplateValue.dict(
            TemplateDict(TemplateDictStorage(named: arguments.named.lazy.map { ($0.name, $0.value) })))
        return try "\(positional.representation) \(named.representation)"
    }

    private static func single(
        _ arguments: TemplateArguments, of function: String, parameter: String
    ) throws -> TemplateValue {
        guard let value = arguments.value(0, parameter) else {
            throw TemplateError(.typeError, "\(function)() missing 1 required positional argument: '\(parameter)'")
        }
        return value
    }

    /// `greet(name, greeting="Hello", *, mark="!")`
    private static func greeting(_ arguments: TemplateArguments) throws -> String {
        if let unknown = arguments.named.first(where: { !["name", "greeting", "mark"].contains($0.name) }) {
            throw TemplateError(.typeError, "greet() got an unexpected keyword argument '\(unknown.name)'")
        }
        for (position, name) in ["name", "greeting"].enumerated()
        where arguments.positional.count > position && arguments.named.contains(where: { $0.name == name }) {
            throw TemplateError(.typeError, "greet() got multiple values for argument '\(name)'")
        }
        if arguments.positional.count > 2 {
            throw TemplateError(
                .typeError,
                "greet() takes from 1 to 2 positional arguments but \(arguments.positional.count) were given")
        }
        guard let name = arguments.value(0, "name") else {
            throw TemplateError(.typeError, "greet() missing 1 required positional argument: 'name'")
        }
        let greeting = try arguments.value(1, "greeting")?.text ?? "Hello"
        let mark = try arguments.named.first { $0.name == "mark" }?.value.text ?? "!"
        return "\(greeting) \(try name.text)\(mark)"
    }
}
