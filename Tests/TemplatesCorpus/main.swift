// Compiles and renders template files: a line of a manifest in, an answer out, as JSON. See
// Tests/CarafeTemplatesTests/Differential/corpus.py, which answers the same for Jinja2, and scripts/templates-corpus.
import CarafeTemplates
import Foundation
import TemplateCases

/// What became of a template.
struct Answer: Encodable {
    let name: String
    var compiled = false
    var output: String?
    var error: CaseError?

    init(_ line: TemplateValue) {
        name = line.member("name")?.string ?? ""
        do {
            let template = try Self.environment(for: line).template(name)
            compiled = true
            output = try template.render(values: [:])
        } catch {
            self.error = CaseError(error)
        }
    }

    private static func environment(for line: TemplateValue) throws -> TemplateEnvironment {
        let settings = try CaseOptions(line.member("options"))
        let environment = TemplateEnvironment(
            loader: FolderLoader(roots: (line.member("roots")?.array ?? []).compactMap(\.string)),
            options: settings.options, extensions: settings.extensions)
        for name in (line.member("filters")?.array ?? []).compactMap(\.string) {
            environment.addFilter(name) { value, _, _ in value }
        }
        for name in (line.member("tests")?.array ?? []).compactMap(\.string) {
            environment.addTest(name) { _, _, _ in false }
        }
        for name in (line.member("functions")?.array ?? []).compactMap(\.string) {
            environment.addGlobal(name, .object(TemplateFunction(name) { _, _ in .string("\(name)()") }))
        }
        return environment
    }
}

/// The templates below some folders; each one's file name is its name.
struct FolderLoader: TemplateLoader {
    let loader: FileSystemLoader

    init(roots: [String]) { loader = FileSystemLoader(roots) }

    func source(of name: String) throws -> TemplateSource {
        do {
            var source = try loader.source(of: name)
            source.filename = name
            return source
        } catch let error as TemplateError where error.kind == .notFound {
            // Without the folders, which the other engine's message does not name either.
            throw TemplateError.notFound(name)
        }
    }
}

let encoder = JSONEncoder()
while let line = readLine() {
    let answer = Answer(try TemplateValue(json: line))
    FileHandle.standardOutput.write(try encoder.encode(answer) + [0x0A])
}
