import Glibc

/// Templates that are part of the executable, so that one file is the whole service.
///
/// The package plugin `EmbedTemplates` writes them into the program when it is built. In `Package.swift`:
///
/// ```swift
/// .executableTarget(
///     name: "App", dependencies: [.product(name: "Carafe", package: "carafe")],
///     exclude: ["templates"], plugins: [.plugin(name: "EmbedTemplates", package: "carafe")])
/// ```
///
/// All files below the target's folder `templates` are in `EmbeddedTemplates.loader` then, under their paths. In debug builds that
/// loader reads the files themselves while they are there, so that a change is seen at once.
///
/// SwiftPM's own `.embedInCode` is not made for this: it drops the folders of names, and its arrays of numbers take the compiler
/// half a minute for 50 KB. What it makes can be used all the same:
/// `ResourceLoader(["index.html": PackageResources.index_html])`.
public struct ResourceLoader: TemplateLoader {
    private enum Content {
        case text(String)
        case bytes([UInt8])
    }

    private let sources: [TemplateName: Content]

    /// The templates `sources`, by name.
    public init(_ sources: KeyValuePairs<String, String>) {
        self.init(sources.map { ($0.key, .text($0.value)) })
    }

    /// The templates `sources` in UTF-8, by name.
    public init(_ sources: KeyValuePairs<String, [UInt8]>) {
        self.init(sources.map { ($0.key, .bytes($0.value)) })
    }

    private init(_ sources: [(name: String, content: Content)]) {
        self.sources = Dictionary(
            sources.map { (TemplateName(text: $0.name), $0.content) }, uniquingKeysWith: { _, last in last })
    }

    /// The source of the template `name`.
    public func source(of name: String) throws -> TemplateSource {
        switch sources[TemplateName(text: name)] {
        case nil: throw TemplateError.notFound(name)
        case .text(let text)?: return TemplateSource(text)
        case .bytes(let bytes)?:
            if let text = String(validating: bytes, as: UTF8.self) { return TemplateSource(text) }
            var error = InvalidUTF8(bytes).error
            error.template = name
            throw error
        }
    }

    /// The names of all templates, sorted.
    public func templateNames() -> [String] { sources.keys.sorted().map(\.text) }
}

extension FileSystemLoader {
    /// The templates in a folder beside the executable, wherever the program was started: for services that are installed as an
    /// executable and its files.
    ///
    /// Resources that SwiftPM copies are in such a folder too: `.besideExecutable("App_App.resources/templates")` for
    /// `resources: [.copy("templates")]` of the target `App` of the package `App`.
    ///
    /// - Parameter folder: its path from the folder of the executable
    public static func besideExecutable(_ folder: String = "templates") -> FileSystemLoader {
        guard let executable = realpath("/proc/self/exe", nil) else { return FileSystemLoader(folder) }
        defer { free(executable) }
        let path = String(cString: executable).utf8
        guard let end = path.lastIndex(of: UInt8(ascii: "/")) else { return FileSystemLoader(folder) }
        return FileSystemLoader(String(Substring(path[...end])) + folder)
    }
}
