import FoundationEssentials

/// Writes a Swift file that holds the files below a folder: `EmbedTool templates|migrations FOLDER OUTPUT`.
@main
struct EmbedTool {
    /// What the files are.
    private enum Kind: String {
        case templates, migrations
    }

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let kind = Kind(rawValue: arguments[1]) else {
            throw Failure("usage: \(arguments[0]) templates|migrations FOLDER OUTPUT")
        }
        let (folder, output) = (arguments[2], arguments[3])
        var text = beginning(of: kind, folder)
        for name in try names(in: folder) where kind == .templates || isMigration(name) {
            let path = folder + "/" + name
            guard let data = FileManager.default.contents(atPath: path) else {
                throw Failure("\(path): cannot be read")
            }
            guard let source = String(validating: data, as: UTF8.self) else { throw Failure("\(path): not UTF-8") }
            text += "\(literal(name)): \"\"\"\n\(escaped(source))\n\"\"\",\n"
        }
        // Where there are none, the literal is that of an empty dictionary.
        text += text.hasSuffix("= [\n") ? "    :]\n}\n" : "    ]\n}\n"
        // An unchanged file is left alone, so that nothing is compiled again for it.
        if FileManager.default.contents(atPath: output) == Data(text.utf8) { return }
        try Data(text.utf8).write(to: URL(filePath: output))
    }

    /// The file up to the texts.
    private static func beginning(of kind: Kind, _ folder: String) -> String {
        switch kind {
        case .templates:
            """
            // Made from the files in the folder "templates" by the plugin EmbedTemplates.

            import CarafeTemplates

            /// The templates that are part of this module.
            enum EmbeddedTemplates {
                /// Finds them under their paths. In debug builds the files themselves are read while they are there.
                static let loader: any TemplateLoader = {
                    let embedded = ResourceLoader(sources)
                    #if DEBUG
                        return ChoiceLoader([FileSystemLoader(\(literal(folder))), embedded])
                    #else
                        return embedded
                    #endif
                }()

                private static let sources: KeyValuePairs<String, String> = [

            """
        case .migrations:
            """
            // Made from the files in the folder "migrations" by the plugin EmbedMigrations.

            import CarafeSQL

            /// The migrations that are part of this module.
            enum EmbeddedMigrations {
                /// The migrations, for `Databases`. In debug builds the files themselves are read while they are there.
                static var migrations: Migrations {
                    #if DEBUG
                        return .embedded(sources, folder: \(literal(folder)))
                    #else
                        return .embedded(sources)
                    #endif
                }

                /// The texts of the files by their paths.
                static let sources: KeyValuePairs<String, String> = [

            """
        }
    }

    /// Whether a file below the folder of migrations is one: `versions/….sql`, or Alembic's.
    private static func isMigration(_ name: String) -> Bool {
        let parts = name.split(separator: "/")
        return parts.count == 2 && parts[0] == "versions" && (name.hasSuffix(".sql") || name.hasSuffix(".py"))
    }

    /// The paths of the files below the folder, in order.
    private static func names(in folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).filter { name in
            let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)
            return attributes[.type] as? FileAttributeType == .typeRegular
        }.sorted()
    }

    private static func literal(_ text: String) -> String {
        "\"\(escaped(text))\""
    }

    /// The text as the inside of a literal. Newlines stay newlines.
    private static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "\"":
                result.append("\\")
                result.append(scalar)
            case "\n", "\t": result.append(scalar)
            case "\u{0}"..<" ", "\u{7F}", "\u{FEFF}":
                result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }
}
