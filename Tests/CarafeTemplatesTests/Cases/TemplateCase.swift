import Foundation
import Synchronization
import TemplateCases
import TestSupport

@testable import CarafeTemplates

/// A template case with Jinja2's answer, as `oracle.py` describes it.
struct TemplateCase {
    let json: TemplateValue

    var name: String { json.member("name")?.string ?? "?" }
    var templates: [(name: String, value: TemplateValue)] { json.member("templates")?.members ?? [] }

    /// What differs between Jinja2's answer and ours, in words; nil where nothing does.
    func difference() -> String? {
        let expected = Answer(json)
        let ours: Answer
        do {
            ours = .output(try output())
        } catch {
            ours = .error(CaseError(error))
        }
        guard !expected.agrees(with: ours, isInternal: isInternal) else { return nil }
        return """
            \(name)
            \(templates.map { "  \($0.name): \($0.value.string?.debugDescription ?? "")" }.joined(separator: "\n"))
              options: \((try? json.member("options")?.representation) ?? "none")
              Jinja2: \(expected)
              Carafe: \(ours)
            """
    }

    /// Whether the message is about functions of Jinja2's own source: then any error of the class will do.
    private var isInternal: Bool { json.member("error")?.member("internal")?.isTrueLiteral ?? false }

    private func output() throws -> String {
        let log = Log()
        let options = json.member("options")
        let settings = try CaseOptions(options) { log.add($0) }
        let loader = CaseLoader(templates)
        let environment = TemplateEnvironment(
            loader: loader, options: settings.options, extensions: settings.extensions)
        let values = CaseValues(environment: environment)
        for (name, value) in options?.member("globals")?.members ?? [] {
            environment.addGlobal(name, try values.value(value))
        }
        var context: [String: TemplateValue] = [:]
        for (name, value) in json.member("context")?.members ?? [] { context[name] = try values.value(value) }
        return try answer(environment, context) + log.lines.map { "\n" + $0 }.joined()
    }

    private func answer(_ environment: TemplateEnvironment, _ context: [String: TemplateValue]) throws -> String {
        switch json.member("ask")?.string {
        case "undeclared"?:
            let globals = TemplateMeta.builtinGlobals.union(environment.extensions.flatMap(\.globals.keys))
            let names = TemplateMeta.undeclaredVariables(in: try statements(environment), globals: globals)
            return try TemplateValue.list(names.sorted().map { .string($0) }).representation
        case "references"?:
            let names = TemplateMeta.referencedTemplates(in: try statements(environment))
            return try TemplateValue.list(names.map { $0.map { .string($0) } ?? .none }).representation
        case "module"?:
            let template = try environment.template("main")
            let exports = try template.exportedValues(values: context).filter { $0.key.utf8.first != UInt8(ascii: "_") }
            let texts = TemplateDict(try exports.mapValues { .string(try $0.text) })
            return try TemplateValue.list([.string(try template.render(values: context)), .dict(texts)]).representation
        case nil:
            let template = try environment.template("main")
            if environment.options.nativeTypes { return try template.renderValue(values: context).representation }
            return try template.render(values: context)
        case let question?: throw UnknownOption(name: question)
        }
    }
}

extension TemplateCase {
    private func statements(_ environment: TemplateEnvironment) throws -> [TemplateSyntax.Statement] {
        var parser = TemplateParser(
            source: json.member("templates")?.member("main")?.string ?? "", name: "main", options: environment.options,
            extensions: environment.extensions)
        return try parser.parse()
    }
}

/// What an engine makes of a case.
private enum Answer: CustomStringConvertible {
    case output(String)
    case error(CaseError)
    case expectedError(TemplateValue)

    init(_ json: TemplateValue) {
        if let output = json.member("output")?.string {
            self = .output(output)
        } else {
            self = .expectedError(json.member("error") ?? .none)
        }
    }

    func agrees(with ours: Answer, isInternal: Bool) -> Bool {
        switch (self, ours) {
        case (.output(let expected), .output(let ours)): return isSameText(expected, ours)
        case (.expectedError(let expected), .error(let ours)):
            // Python's own compiler refused what Jinja2 made of the template.
            if expected.member("class")?.string == "SyntaxError" { return true }
            return expected.member("class")?.string == ours.class
                && (isInternal || isSameText(expected.member("message")?.string ?? "", ours.message))
                && (expected.member("template")?.string.map { $0 == ours.template } ?? true)
                && (expected.member("line")?.integer.map { $0 == ours.line } ?? true)
        default: return false
        }
    }

    var description: String {
        switch self {
        case .output(let output): return output.debugDescription
        case .error(let error): return "\(error)"
        case .expectedError(let json):
            let line = json.member("line")?.integer.map(String.init) ?? "?"
            return "\(json.member("class")?.string ?? ""): \(json.member("message")?.string ?? "")"
                + " (\(json.member("template")?.string ?? "?"), line \(line))"
        }
    }
}

/// The templates of a case; each one's file name is its name.
private struct CaseLoader: TemplateLoader {
    let sources: [String: String]

    init(_ templates: [(name: String, value: TemplateValue)]) {
        sources = Dictionary(uniqueKeysWithValues: templates.map { ($0.name, $0.value.string ?? "") })
    }

    func source(of name: String) throws -> TemplateSource {
        guard let text = sources[name] else { throw TemplateError.notFound(name) }
        return TemplateSource(text, filename: name)
    }
}

/// What a logging undefined said.
private final class Log: Sendable {
    private let state = Mutex<[String]>([])

    var lines: [String] { state.withLock { $0 } }

    func add(_ line: String) { state.withLock { $0.append(line) } }
}

extension TemplateCase {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    /// The subjects of the recorded cases: the names of the scripts that define them.
    static let subjects: [String] = {
        let files = try? FileManager.default.contentsOfDirectory(
            atPath: folder.appending(path: "Differential/cases").path)
        return (files ?? []).filter { $0.hasSuffix(".py") }.map { String($0.dropLast(3)) }.sorted()
    }()

    /// The recorded cases of a subject.
    static func recorded(_ subject: String) throws -> [TemplateCase] {
        let data = try Data(contentsOf: folder.appending(path: "Vectors/\(subject).json"))
        return try TemplateValue(json: [UInt8](data)).array.map(TemplateCase.init)
    }

    /// Whether Python can answer here, with the release of Jinja2 that was recorded.
    static let hasJinja = (try? Python.run(["-c", "import jinja2; assert jinja2.__version__ == '3.1.6'"])) != nil

    /// Fresh random cases with Jinja2's answers.
    static func random(seed: UInt32, count: Int) throws -> [TemplateCase] {
        let script = folder.appending(path: "Differential/generate.py").path(percentEncoded: false)
        let lines = try Python.run([script, String(seed % 1_000_000), String(count)]).split(
            separator: UInt8(ascii: "\n"))
        return try lines.map { TemplateCase(json: try TemplateValue(json: [UInt8]($0))) }
    }
}
