#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The folder in which the tool was called.
enum WorkingFolder {
    static var path: String {
        guard let path = getcwd(nil, 0) else { return "." }
        defer { free(path) }
        return String(cString: path)
    }
}

/// Paths as text.
enum FilePath {
    /// Whether anything is there, a dangling link included.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// `/a/b` of `/a/b/c`; `.` of `c`.
    static func parent(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.utf8.startIndex ? "/" : String(decoding: path.utf8[..<slash], as: UTF8.self)
    }

    /// `c` of `/a/b/c` and of `/a/b/c/`.
    static func name(of path: String) -> String {
        path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(decoding: $0, as: UTF8.self) } ?? path
    }

    /// The path without `.`, `..` and repeated slashes, counted from a folder where it is relative.
    static func absolute(_ path: String, in folder: String) -> String {
        let whole = path.utf8.first == UInt8(ascii: "/") ? path : folder + "/" + path
        var parts: [Substring.UTF8View] = []
        for part in whole.utf8.split(separator: UInt8(ascii: "/")) {
            switch String(decoding: part, as: UTF8.self) {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(part)
            }
        }
        return "/" + parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
    }

    /// What remains of a path below a folder: `b/c` of `/a/b/c` below `/a`; nil where it lies elsewhere.
    static func relative(_ path: String, to folder: String) -> String? {
        let base = folder == "/" ? "/" : folder + "/"
        guard path.utf8.starts(with: base.utf8) else { return nil }
        return String(decoding: path.utf8.dropFirst(base.utf8.count), as: UTF8.self)
    }

    /// The running tool.
    static var executable: String {
        guard let path = realpath("/proc/self/exe", nil) else { return CommandLine.arguments.first ?? "carafe" }
        defer { free(path) }
        return String(cString: path)
    }
}

/// Folders on disk.
enum Folder {
    /// Makes a folder and those around it.
    ///
    /// - Throws: ``ToolError`` where it cannot be made
    static func make(_ path: String) throws {
        if TextFile.isFolder(path) { return }
        let parent = FilePath.parent(of: path)
        if parent != path { try make(parent) }
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
            throw ToolError("\(path) cannot be made: \(String(cString: strerror(errno))).")
        }
    }

    /// The names of what is in a folder; nil where it cannot be read.
    static func names(in path: String) -> [String]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    static func isEmpty(_ path: String) throws -> Bool {
        guard TextFile.isFolder(path) else { return false }
        guard let names = names(in: path) else { throw ToolError("\(path): \(String(cString: strerror(errno)))") }
        return names.isEmpty
    }

    /// Removes a folder and all that is in it.
    static func remove(_ path: String) {
        for name in names(in: path) ?? [] {
            let inner = path + "/" + name
            var status = stat()
            if lstat(inner, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { remove(inner) } else { unlink(inner) }
        }
        rmdir(path)
    }
}

extension TextFile {
    /// Replaces a file's content.
    ///
    /// - Parameter mode: who may do what with it, as far as the umask leaves it, where it is new
    /// - Throws: ``ToolError`` where it cannot be written
    static func write(_ text: String, to path: String, mode: mode_t = 0o666) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw ToolError("\(path): \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        guard StandardStreams.write(text, to: descriptor) else {
            throw ToolError("\(path): \(String(cString: strerror(errno)))")
        }
    }
}
