import CarafeTemplates

/// Whether Carafe renders a Flask project's templates, and what of their language is to be written in Swift first.
struct FlaskTemplates {
    private static let subject = "templates"

    private let project: FlaskProject

    init(_ project: FlaskProject) { self.project = project }

    func findings() throws -> [Finding] {
        guard !project.templateFolders.isEmpty else { return [] }
        let (environment, unknown) = try self.environment()
        for name in filters.map(\.name) { environment.addFilter(name) { value, _, _ in value } }
        for name in tests.map(\.name) { environment.addTest(name) { _, _, _ in false } }
        let result = try TemplateCheck(folders: project.templateFolders, environment: environment).result()
        let problems = result.problems.map { problem in
            Finding(
                problem.severity == .error ? .error : .warning, Self.subject, problem.message,
                file: FilePath.relative(problem.file, to: project.root) ?? problem.file, line: problem.line)
        }
        let summary = Finding(
            .fine, Self.subject,
            "\(result.templateCount - Set(problems.map(\.file)).count) of \(result.templateCount) "
                + "templates compile as they are")
        return [summary] + unknown + problems + toBeWritten(result.templates) + strangers(in: result.templates)
    }

    // MARK: - What the project adds to the language

    private typealias Declared = (name: String, file: String, line: Int)

    private var filters: [Declared] {
        declared(
            ["template_filter", "app_template_filter", "add_template_filter", "add_app_template_filter"], "filters")
    }

    private var tests: [Declared] {
        declared(["template_test", "app_template_test", "add_template_test", "add_app_template_test"], "tests")
    }

    private var globals: [Declared] {
        declared(
            ["template_global", "app_template_global", "add_template_global", "add_app_template_global"], "globals")
    }

    /// By decorators, calls, and what is put into the environment's own table.
    private func declared(_ functions: Set<String>, _ table: String) -> [Declared] {
        let calls = project.each { $0.calls(of: functions) }.compactMap { file, call -> Declared? in
            let name =
                call.argument("name", at: call.isDecorator ? 0 : 1)?.constant ?? call.decorated
                ?? call.arguments.first?.value.last?.text
            return name.map { ($0, file, call.line) }
        }
        let entries = project.each { $0.entries(of: table) }.map { file, entry -> Declared in
            (entry.name, file, entry.line)
        }
        return calls + entries
    }

    /// An environment with the extensions that the project uses, and those of them that there are not.
    private func environment() throws -> (TemplateEnvironment, [Finding]) {
        let known = ["do", "loopcontrols", "debug", "i18n"]
        var used: Set<String> = []
        var unknown: [Finding] = []
        for (file, token) in project.each({ source in source.tokens.filter { $0.kind == .string } }) {
            guard token.text.utf8.starts(with: "jinja2.ext.".utf8) else { continue }
            let name = String(decoding: token.text.utf8.dropFirst(11), as: UTF8.self)
            if known.contains(name) {
                used.insert(name)
            } else if !["autoescape", "with_"].contains(name) {
                unknown.append(
                    Finding(
                        .error, Self.subject, "There is no extension '\(token.text)'.",
                        hint: "There are do, loopcontrols, debug and i18n.", file: file, line: token.line))
            }
        }
        if project.use(of: ["flask_babel", "flask_babelex"]) != nil { used.insert("i18n") }
        var settings = EnvironmentSettings()
        if !used.isEmpty { try settings.set("extensions", used.sorted().joined(separator: ",")) }
        return (settings.environment(loader: FileSystemLoader(project.templateFolders, followLinks: true)), unknown)
    }

    // MARK: - What is to be written in Swift

    private func toBeWritten(_ templates: [CheckedTemplate]) -> [Finding] {
        let usedFilters = Set(templates.flatMap { $0.uses?.filters.map(\.name) ?? [] })
        let usedTests = Set(templates.flatMap { $0.uses?.tests.map(\.name) ?? [] })
        let variables = Set(templates.flatMap(\.variables))
        let processors = project.each { $0.calls(of: ["context_processor", "app_context_processor"]) }
            .filter { $0.value.isDecorator }
        return missing("filter", filters, used: usedFilters) + missing("test", tests, used: usedTests)
            + missing("global", globals, used: variables)
            + processors.map { file, call in
                Finding(
                    .warning, Self.subject,
                    "The context processor\(call.decorated.map { " '\($0)'" } ?? "") is to be written in Swift.",
                    hint: "app.contextProcessor { request in [\"name\": …] }", file: file, line: call.line)
            }
    }

    /// What of the project's own templates use.
    private func missing(_ noun: String, _ declared: [Declared], used: Set<String>) -> [Finding] {
        let function = noun == "filter" ? "templateFilter" : noun == "test" ? "templateTest" : "templateGlobal"
        return declared.filter { used.contains($0.name) }.map { name, file, line in
            Finding(
                .warning, Self.subject, "The \(noun) '\(name)' is to be written in Swift.",
                hint: "app.\(function)(\"\(name)\", …)", file: file, line: line)
        }
    }

    /// Variables that extensions give to templates.
    private static let given: [String: String] = [
        "csrf_token": "Flask-WTF", "current_user": "Flask-Login", "moment": "Flask-Moment",
        "bootstrap": "Bootstrap-Flask", "security": "Flask-Security", "url_for_security": "Flask-Security",
        "admin_base_template": "Flask-Admin", "htmx": "Flask-HTMX", "ckeditor": "Flask-CKEditor",
        "pagedown": "Flask-PageDown", "get_locale": "Flask-Babel",
    ]

    private func strangers(in templates: [CheckedTemplate]) -> [Finding] {
        let own = Set(globals.map(\.name))
        return Self.given.keys.sorted().compactMap { name in
            let users = templates.filter { $0.variables.contains(name) }
            guard let first = users.first, !own.contains(name) else { return nil }
            return Finding(
                .warning, Self.subject,
                "\(users.count) \(users.count == 1 ? "template reads" : "templates read") '\(name)', which "
                    + "\(Self.given[name] ?? "an extension") gives them.",
                hint: "Give it to them: app.contextProcessor { request in [\"\(name)\": …] }",
                file: FilePath.relative(first.file, to: project.root) ?? first.file)
        }
    }
}
