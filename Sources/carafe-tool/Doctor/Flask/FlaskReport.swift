/// What Carafe will share with a Flask project, and what not.
struct FlaskReport {
    private let project: FlaskProject

    /// - Throws: ``ToolError`` where there is no such project
    init(of path: String) throws { project = try FlaskProject(at: path) }

    var findings: Findings {
        get throws {
            var findings = Findings()
            findings.add(overview)
            findings.add(FlaskSessions(project).findings)
            findings.add(FlaskPasswords(project).findings)
            findings.add(try FlaskTemplates(project).findings())
            findings.add(FlaskDatabases(project).findings)
            findings.add(FlaskExtensions(project).findings)
            return findings
        }
    }

    private static let verbs: Set = ["route", "get", "post", "put", "patch", "delete"]

    private var overview: [Finding] {
        let subject = "project"
        guard project.use(of: ["flask"]) != nil else {
            return [Finding(.warning, subject, "Nothing in \(project.root) imports Flask.")]
        }
        let routes = project.each { source in
            source.calls(of: Self.verbs.union(["add_url_rule"])).filter { $0.isDecorator || $0.name == "add_url_rule" }
        }
        let blueprints = project.each { $0.calls(of: ["Blueprint"]) }
        var findings = [
            Finding(
                .note, subject,
                [(project.sources.count, "Python file"), (routes.count, "route"), (blueprints.count, "blueprint")]
                    .map { "\($0) \($1)\($0 == 1 ? "" : "s")" }.joined(separator: ", "))
        ]
        findings += project.each { $0.entries(of: "converters") }.map { file, entry in
            Finding(
                .warning, subject, "The URL converter '\(entry.name)' is to be written in Swift.",
                hint: "See docs/guide/routing.md.", file: file, line: entry.line)
        }
        findings += project.each { $0.calls(of: ["before_first_request"]).filter(\.isDecorator) }.map { file, call in
            Finding(
                .warning, subject, "before_first_request is no part of Flask any more.", hint: "app.onStartup { … }",
                file: file, line: call.line)
        }
        return findings
    }
}
