import ArgumentParser
import CarafeTemplates

/// `carafe corpus`: answers lines of a manifest of templates, for `scripts/templates-corpus`, which compares the answers
/// with Jinja2's.
///
/// A line is `{"roots": ["/…"], "name": "a.html", "options": {…}, "filters": […], "tests": […], "functions": […]}`. The
/// answer has `compiled`, and `output` or `error` with its `class`, `message`, `template` and `line`.
struct CorpusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "corpus", abstract: "Answer lines of a manifest of templates.", shouldDisplay: false)

    func run() throws {
        while let line = readLine() {
            let answer: JSONText
            do {
                answer = try Self.answer(to: line)
            } catch let error as ToolError {
                answer = Self.failure(TemplateError(TemplateError.Kind("ToolError"), error.message), compiled: false)
            }
            StandardStreams.write(answer.text + "\n")
        }
    }

    /// The answer to a line of the manifest.
    static func answer(to line: String) throws -> JSONText {
        let entry: CorpusEntry
        do { entry = try CorpusEntry(json: line) } catch let error as TemplateError { throw ToolError(error.message) }
        var compiled = false
        do {
            let template = try entry.environment().template(entry.name)
            compiled = true
            let output = try template.render(values: [:])
            return .object([("name", .string(entry.name)), ("compiled", .bool(true)), ("output", .string(output))])
        } catch let error as TemplateError {
            return failure(error, compiled: compiled, name: entry.name)
        }
    }

    private static func failure(_ error: TemplateError, compiled: Bool, name: String = "") -> JSONText {
        .object([
            ("name", .string(name)), ("compiled", .bool(compiled)),
            (
                "error",
                .object([
                    ("class", .string(error.kind.name)), ("message", .string(error.message)),
                    ("template", .optional(error.template)), ("line", .optional(error.line)),
                ])
            ),
        ])
    }
}

/// A line of the manifest.
private struct CorpusEntry {
    let name: String
    private let roots: [String]
    private let options: [(name: String, value: String)]
    private let filters: [String]
    private let tests: [String]
    private let functions: [String]

    init(json: String) throws {
        guard case .dict(let object) = try TemplateValue(json: json), let name = object["name"]?.plainText else {
            throw ToolError("The line is no object with a name.")
        }
        self.name = name
        roots = try Self.texts(object["roots"])
        filters = try Self.texts(object["filters"])
        tests = try Self.texts(object["tests"])
        functions = try Self.texts(object["functions"])
        var options: [(String, String)] = []
        if case .dict(let given)? = object["options"] {
            for (key, value) in given.entries { options.append((try key.text, try Self.option(value))) }
        }
        self.options = options
    }

    func environment() throws -> TemplateEnvironment {
        var settings = EnvironmentSettings(autoescape: .off)
        for (name, value) in options { try settings.set(name, value) }
        let folders = FileSystemLoader(roots, followLinks: true)
        // As Jinja2's own loader in the comparison, it says nothing of folders.
        let loader = FunctionLoader { name in
            do {
                return TemplateSource(try folders.source(of: name).text, filename: name)
            } catch let error as TemplateError where error.kind == .notFound {
                return nil
            }
        }
        let environment = settings.environment(loader: loader)
        for name in filters { environment.addFilter(name) { value, _, _ in value } }
        for name in tests { environment.addTest(name) { _, _, _ in false } }
        for name in functions {
            environment.addGlobal(name, .object(TemplateFunction(name) { _, _ in .string("\(name)()") }))
        }
        return environment
    }

    private static func texts(_ value: TemplateValue?) throws -> [String] {
        try value.map { try $0.elements().map { try $0.text } } ?? []
    }

    /// An option's JSON value as the command line would have it.
    private static func option(_ value: TemplateValue) throws -> String {
        switch value {
        case .list: try texts(value).joined(separator: ",")
        default: try value.text
        }
    }
}

extension TemplateValue {
    /// The text, where it is one.
    var plainText: String? {
        switch self {
        case .string(let text), .markup(let text): text
        default: nil
        }
    }
}
