/// A Flask project's files, read and not run.
struct FlaskProject {
    let root: String
    let sources: [PythonSource]
    /// The folders named `templates` that have something in them.
    let templateFolders: [String]
    /// The packages that requirements name, in lower case with `-` for `_`, with the file that does.
    let requirements: [(package: String, file: String, line: Int)]

    /// - Throws: ``ToolError`` where there is no Python in the folder
    init(at path: String) throws {
        guard TextFile.isFolder(path) else { throw ToolError("\(path): there is no such folder.") }
        let root = FilePath.absolute(path, in: WorkingFolder.path)
        self.root = root
        let read = { (path: String) -> (name: String, text: String)? in
            guard let bytes = try? TextFile.bytes(of: path) else { return nil }
            return (FilePath.relative(path, to: root) ?? path, String(decoding: bytes, as: UTF8.self))
        }
        sources = SourceFiles.paths(in: root, ending: ".py").compactMap { path in
            read(path).map { PythonSource($0.text, file: $0.name) }
        }
        guard !sources.isEmpty else { throw ToolError("\(path): there is no Python in this folder.") }
        templateFolders = Self.templateFolders(in: root)
        requirements = SourceFiles.paths(in: root, ending: ".txt", "pyproject.toml", "Pipfile", "setup.cfg", "setup.py")
            .filter { path in
                let name = FilePath.name(of: path)
                return name.utf8.last != UInt8(ascii: "t") || name.contains("requirements") || path.contains("/require")
            }
            .compactMap(read).flatMap { name, text in Self.requirements(in: text, of: name) }
    }

    /// Every line that a file may stand for: `(path, line)` with whatever was read there.
    func each<Value>(_ read: (PythonSource) -> [Value]) -> [(file: String, value: Value)] {
        sources.flatMap { source in read(source).map { (source.file, $0) } }
    }

    /// Where the project imports one of some modules, or what is in them, first.
    func use(of modules: [String]) -> (file: String, line: Int)? {
        for source in sources {
            let found = source.imports.first { name, _ in
                modules.contains { name == $0 || name.utf8.starts(with: "\($0).".utf8) }
            }
            if let found { return (source.file, found.line) }
        }
        return nil
    }

    private static func templateFolders(in root: String) -> [String] {
        var found: [String] = []
        for path in SourceFiles.paths(in: root, ending: ".html", ".htm", ".txt", ".xml", ".j2", ".jinja", ".jinja2") {
            var folder = FilePath.parent(of: path)
            var outermost: String?
            while folder.utf8.count >= root.utf8.count, folder != "/" {
                if FilePath.name(of: folder) == "templates" { outermost = folder }
                folder = FilePath.parent(of: folder)
            }
            if let outermost, !found.contains(outermost) { found.append(outermost) }
        }
        // The app's own before those of its blueprints, as Flask searches them.
        return found.sorted { ($0.utf8.split(separator: 0x2F).count, $0) < ($1.utf8.split(separator: 0x2F).count, $1) }
    }

    /// The names that lines begin with, also in quotes: `Flask-Login>=0.6`, `"flask-login~=0.6",`.
    private static func requirements(in text: String, of file: String) -> [(package: String, file: String, line: Int)] {
        text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().flatMap { index, line in
            line.split(separator: UInt8(ascii: ",")).compactMap { part in
                let start = part.drop { " \t\"'[".utf8.contains($0) }
                let name = start.prefix { byte in
                    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || "-_.".utf8.contains(byte)
                }
                guard !name.isEmpty else { return nil }
                let plain = name.map { byte -> UInt8 in
                    byte == UInt8(ascii: "_")
                        ? UInt8(ascii: "-")
                        : (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
                }
                return (String(decoding: plain, as: UTF8.self), file, index + 1)
            }
        }
    }
}
