import Glibc

/// Templates in the files of one or more folders.
///
/// ```swift
/// let loader = FileSystemLoader("templates")
/// let loader = FileSystemLoader("Overrides/templates", "templates")   // the first folder that has the file wins
/// ```
///
/// A name is a path below the folder with `/` between its parts, whatever it starts with: `/index.html` is `index.html`.
/// One with a part `..`, a backslash or a NUL is never found. Nor is a file that symbolic links lead out of the folder,
/// unless `followLinks` says that they may; Jinja's loader reads such files always.
public struct FileSystemLoader: TemplateLoader {
    /// The folders, the first searched first.
    public let folders: [String]
    /// Whether symbolic links may lead out of the folder.
    public let followLinks: Bool

    /// A loader of the files in `folders`; relative ones are below the folder in which the program runs.
    public init(_ folders: [String], followLinks: Bool = false) {
        self.folders = folders
        self.followLinks = followLinks
    }

    /// A loader of the files in `folders`; relative ones are below the folder in which the program runs.
    public init(_ folders: String..., followLinks: Bool = false) {
        self.init(folders, followLinks: followLinks)
    }

    /// The source of the template `name`.
    public func source(of name: String) throws -> TemplateSource {
        let parts = try Self.parts(of: name)
        for folder in folders {
            let path = Self.join(folder, parts)
            guard let file = TemplateFile(path: path, inside: followLinks ? nil : folder) else { continue }
            let text = try file.text(name: name)
            let version = file.version
            return TemplateSource(text, filename: path) { TemplateFile.version(ofPath: path) == version }
        }
        let searched = try folders.map { try TemplateValue.string($0).representation }.joined(separator: ", ")
        throw TemplateError.notFound(
            name,
            "\(try TemplateValue.string(name).representation) not found in search "
                + "\(folders.count == 1 ? "path" : "paths"): \(searched)")
    }

    /// The names of all templates, sorted.
    public func templateNames() throws -> [String] {
        var names: Set<TemplateName> = []
        for folder in folders {
            FolderWalk(folder, followLinks: followLinks).visit { names.insert(TemplateName(text: $0)) }
        }
        return names.sorted().map(\.text)
    }

    /// The parts of a path without empty ones and `.`.
    private static func parts(of name: String) throws -> [String] {
        var parts: [String] = []
        for part in name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true) {
            if part.elementsEqual("..".utf8) || part.contains(UInt8(ascii: "\\")) || part.contains(0) {
                throw TemplateError.notFound(name)
            }
            if !part.elementsEqual(".".utf8) { parts.append(String(Substring(part))) }
        }
        return parts
    }

    private static func join(_ folder: String, _ parts: [String]) -> String {
        var path = folder
        while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.unicodeScalars.removeLast() }
        for part in parts {
            if !path.isEmpty, path.utf8.last != UInt8(ascii: "/") { path += "/" }
            path += part
        }
        return path
    }
}
