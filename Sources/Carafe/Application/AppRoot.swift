import FoundationEssentials

/// Finds the folder that an app's relative paths count from.
enum AppRoot {
    /// `CARAFE_ROOT`, or the first candidate that has a `static` or `templates` folder, or the current folder.
    static func find(sourceFile: String, environment: ConfigEnvironment) -> String {
        if case .process = environment, let root = ProcessInfo.processInfo.environment["CARAFE_ROOT"] { return root }
        let current = FileManager.default.currentDirectoryPath
        let source = parent(of: sourceFile)
        let candidates = [Executable.folder, source, parent(of: source), parent(of: parent(of: source)), current]
        return candidates.first { has($0, "static") || has($0, "templates") } ?? current
    }

    private static func has(_ folder: String, _ name: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder) && isFolder
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return String(decoding: path.utf8[..<slash], as: UTF8.self)
    }
}

/// The running executable.
enum Executable {
    /// The path by which it was called.
    private static let path = CommandLine.arguments.first ?? "app"

    /// Its name, without folders.
    static let name = String(
        decoding: path.utf8.split(separator: UInt8(ascii: "/")).last ?? "app".utf8[...], as: UTF8.self)

    /// Where it is looked for when it is started again: by the path by which it was called, so that a link which leads to
    /// another version by then does; where it was found by its name alone, by its own path.
    static let launchPath: String = {
        guard path.utf8.contains(UInt8(ascii: "/")) else {
            return (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? path
        }
        return path.utf8.first == UInt8(ascii: "/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }()

    /// The folder that it lies in.
    static let folder: String = {
        let resolved = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? path
        guard let slash = resolved.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return String(decoding: resolved.utf8[..<slash], as: UTF8.self)
    }()
}
