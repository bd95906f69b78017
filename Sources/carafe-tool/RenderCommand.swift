import ArgumentParser
import CarafeTemplates

/// `carafe render`: prints a template's result.
struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Render a template and print the result.",
        discussion: """
            The variables come from a JSON object (--data) and from --set, which wins. A value of --set is read as JSON \
            if it is JSON (count=3, tags='["a", "b"]') and is text otherwise.

            Without --path, templates that it extends, includes and imports are looked for in its own folder and in \
            those around it.
            """)

    @Argument(help: "The template's name in the folders of --path, or its file; - reads it from standard input.")
    var template: String

    @Option(help: "A file with the variables as a JSON object; - reads standard input.")
    var data: String?

    @Option(name: .customLong("path"), help: "A folder of templates; several are searched in turn.")
    var paths: [String] = []

    @Option(help: "Whether output is escaped: on, off, or auto, which is by the template's name as in an app.")
    var autoescape: Autoescaping = .auto

    @Option(name: .customLong("set"), help: ArgumentHelp("A variable.", valueName: "name=value"))
    var variables: [Assignment] = []

    @Option(
        name: .customLong("option"),
        help: ArgumentHelp(
            "An option of Jinja's Environment by its name, such as trim_blocks=true or undefined=StrictUndefined.",
            valueName: "name=value"))
    var options: [Assignment] = []

    func validate() throws {
        if template == "-", data == "-" {
            throw ValidationError("Template and data cannot both come from standard input.")
        }
    }

    func run() throws {
        do {
            StandardStreams.write(try output())
        } catch let error as TemplateError {
            StandardStreams.writeError(ErrorText(error).text)
            throw ExitCode(1)
        } catch let error as ToolError {
            StandardStreams.writeError("error: \(error.message)\n")
            throw ExitCode(1)
        }
    }

    /// The template's result.
    ///
    /// - Throws: `TemplateError` with its place, ``ToolError`` where what was asked for is not there
    func output() throws -> String {
        let source = try TemplateToRender(named: template, paths: paths)
        var settings = EnvironmentSettings(autoescape: autoescape)
        for option in options { try settings.set(option.name, option.value) }
        let environment = settings.environment(loader: FileSystemLoader(source.folders, followLinks: true))
        let template = try source.template(in: environment)
        let variables = try variableValues()
        guard settings.options.nativeTypes else { return try template.render(values: variables) }
        return try template.renderValue(values: variables).text
    }

    private func variableValues() throws -> [String: TemplateValue] {
        var values: [String: TemplateValue] = [:]
        if let data {
            let bytes = try TextFile.bytes(of: data)
            do {
                guard case .dict(let object) = try TemplateValue(json: bytes) else {
                    throw ToolError("\(data): the data are no JSON object.")
                }
                for (key, value) in object.entries { values[try key.text] = value }
            } catch let error as TemplateError {
                throw ToolError("\(data): \(error.message)")
            }
        }
        for variable in variables {
            values[variable.name] = (try? TemplateValue(json: variable.value)) ?? .string(variable.value)
        }
        return values
    }
}

/// `name=value`.
struct Assignment: ExpressibleByArgument {
    var name: String
    var value: String

    init?(argument: String) {
        guard let equals = argument.utf8.firstIndex(of: UInt8(ascii: "=")), equals > argument.startIndex else {
            return nil
        }
        name = String(argument[..<equals])
        value = String(argument[argument.utf8.index(after: equals)...])
    }
}

/// The template of `carafe render`: a name in folders, a file, or standard input.
private struct TemplateToRender {
    /// Where the template and those that it names are looked for.
    var folders: [String]
    private var name: String
    /// The text, where it is not in one of the folders.
    private var source: String?

    init(named template: String, paths: [String]) throws {
        name = template
        folders = paths
        if template == "-" {
            source = try TextFile.text(of: "-")
            if paths.isEmpty { folders = ["."] }
        } else if paths.isEmpty {
            (folders, name) = Self.around(template)
        } else if (try? FileSystemLoader(paths, followLinks: true).source(of: template)) == nil,
            TextFile.exists(template)
        {
            source = try TextFile.text(of: template)
        }
    }

    func template(in environment: TemplateEnvironment) throws -> Template {
        guard let source else { return try environment.template(name) }
        return try environment.template(source: source, name: name == "-" ? nil : name, filename: name)
    }

    /// The folders around a file, the nearest first, and its name in the nearest.
    private static func around(_ file: String) -> (folders: [String], name: String) {
        var parts = file.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        let name = parts.removeLast()
        var folders: [String] = []
        while let last = parts.last {
            let folder = parts.joined(separator: "/")
            folders.append(folder.isEmpty ? "/" : folder)
            if last == ".." { break }
            parts.removeLast()
        }
        if file.utf8.first != UInt8(ascii: "/"), !folders.contains(".") { folders.append(".") }
        return (folders, name)
    }
}
