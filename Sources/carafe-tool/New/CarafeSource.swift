#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where a project gets Carafe from.
enum CarafeSource: Equatable {
    /// A checkout on this machine.
    case folder(String)
    /// A repository.
    case url(String)

    /// What the command line says, what it said the last time, or the checkout that this tool was built in.
    ///
    /// - Throws: ``ToolError`` where nobody has said it yet, or there is no Carafe there
    static func choose(
        path: String?, url: String?, workingFolder: String, memory: Memory, executable: String = FilePath.executable
    ) throws -> CarafeSource {
        if let url { return .url(url) }
        if let path {
            let folder = FilePath.absolute(path, in: workingFolder)
            guard isCheckout(folder) else {
                throw ToolError("\(path) is no checkout of Carafe: it has no Package.swift of it.")
            }
            return .folder(folder)
        }
        if let remembered = memory.source {
            if case .folder(let folder) = remembered, !isCheckout(folder) {
                throw ToolError("Carafe is no longer at \(folder). Say with --path or --url where it is now.")
            }
            return remembered
        }
        // Where the tool has been installed, it stands elsewhere than what it was built from.
        if let own = checkout(around: executable) ?? checkout(around: #filePath) { return .folder(own) }
        throw ToolError("Say where Carafe is: --path ../carafe for a checkout, or --url with a repository's address.")
    }

    /// Whether a folder holds Carafe's own package.
    private static func isCheckout(_ folder: String) -> Bool { TextFile.isFolder(folder + "/Sources/CarafeHTTP") }

    private static func checkout(around path: String) -> String? {
        var folder = FilePath.parent(of: path)
        while folder != "/", folder != "." {
            if isCheckout(folder) { return folder }
            folder = FilePath.parent(of: folder)
        }
        return nil
    }

    /// The last part of its address, by which SwiftPM knows it.
    var identity: String {
        switch self {
        case .folder(let folder): return FilePath.name(of: folder)
        case .url(let url):
            let name = FilePath.name(of: url)
            return name.hasSuffix(".git") ? String(name.dropLast(4)) : name
        }
    }

    /// The line of `Package.swift`.
    var dependency: String {
        switch self {
        case .folder(let folder): ".package(path: \(Self.literal(folder)))"
        case .url(let url): ".package(url: \(Self.literal(url)), branch: \"main\")"
        }
    }

    private static func literal(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }

    /// The file in which the source of the last project is kept.
    struct Memory {
        let file: String?

        /// `carafe/source` in the folder of the user's configuration.
        static var standard: Memory {
            if let folder = getenv("XDG_CONFIG_HOME").map({ String(cString: $0) }),
                folder.utf8.first == UInt8(ascii: "/")
            {
                return Memory(file: folder + "/carafe/source")
            }
            return Memory(file: getenv("HOME").map { String(cString: $0) + "/.config/carafe/source" })
        }

        /// What was remembered; nil for nothing that can be read.
        var source: CarafeSource? {
            guard let file, let text = try? TextFile.text(of: file),
                let line = text.split(separator: "\n").first, let space = line.firstIndex(of: " ")
            else { return nil }
            let value = String(line[line.index(after: space)...])
            switch line[..<space] {
            case "path": return .folder(value)
            case "url": return .url(value)
            default: return nil
            }
        }

        /// Keeps a source for the next project. Where that cannot be, the next one has to be told again.
        func remember(_ source: CarafeSource) {
            guard let file else { return }
            let line =
                switch source {
                case .folder(let folder): "path \(folder)\n"
                case .url(let url): "url \(url)\n"
                }
            try? Folder.make(FilePath.parent(of: file))
            try? TextFile.write(line, to: file)
        }
    }
}
