import ArgumentParser
import CarafeTemplates

/// `carafe check`: finds mistakes in templates without rendering them.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check all templates of folders.",
        discussion: """
            Reports mistakes of syntax, filters and tests that there are not, templates that are extended, included or \
            imported and missing, and blocks that nothing prints. Exits with 1 if there are errors; a block that is not \
            used is a warning.

            Folders are searched in turn, as an app's and its blueprints' are. Name with --filter, --test and --option \
            extensions=… what an app adds to the language.
            """)

    /// How what was found is printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(help: ArgumentHelp("A folder of templates.", valueName: "dir"))
    var folders: [String]

    @Option(help: "How mistakes are printed: text, or json for editors and CI.")
    var format: Format = .text

    @Option(name: .customLong("filter"), help: ArgumentHelp("A filter that the app adds.", valueName: "name"))
    var filters: [String] = []

    @Option(name: .customLong("test"), help: ArgumentHelp("A test that the app adds.", valueName: "name"))
    var tests: [String] = []

    @Option(
        name: .customLong("option"),
        help: ArgumentHelp("An option of Jinja's Environment by its name.", valueName: "name=value"))
    var options: [Assignment] = []

    func run() throws {
        let result: TemplateCheck.Result
        do {
            result = try check()
        } catch let error as ToolError {
            StandardStreams.writeError("error: \(error.message)\n")
            throw ExitCode(1)
        }
        switch format {
        case .json: StandardStreams.write(result.json + "\n")
        case .text:
            StandardStreams.write(result.problems.map(\.text).joined())
            StandardStreams.writeError(result.summary + "\n")
        }
        if result.errorCount > 0 { throw ExitCode(1) }
    }

    /// What is wrong with the templates.
    ///
    /// - Throws: ``ToolError`` where a folder is none, or an option
    func check() throws -> TemplateCheck.Result {
        var settings = EnvironmentSettings()
        for option in options { try settings.set(option.name, option.value) }
        for folder in folders where !TextFile.isFolder(folder) {
            throw ToolError("\(folder): there is no such folder.")
        }
        let environment = settings.environment(loader: FileSystemLoader(folders, followLinks: true))
        for name in filters { environment.addFilter(name) { value, _, _ in value } }
        for name in tests { environment.addTest(name) { _, _, _ in false } }
        return try TemplateCheck(folders: folders, environment: environment).result()
    }
}
