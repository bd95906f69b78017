#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The lines of earlier conversations, in a file that is for its owner alone: `carafe/NAME.history` below
/// `$XDG_STATE_HOME`, or `~/.local/state`.
struct ShellHistory {
    /// How many lines are kept.
    static let limit = 1000

    private(set) var lines: [String]
    private let path: String?

    init(of name: String, in folder: String? = ShellHistory.folder) {
        // A name that is a path leads nowhere else.
        let file = String(decoding: name.utf8.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
        path = folder.map { "\($0)/\(file).history" }
        lines = path.flatMap(Self.read) ?? []
    }

    /// Keeps a line, unless it is empty, the one before again, or begins with a blank.
    ///
    /// - Returns: whether it is kept
    mutating func add(_ line: String) -> Bool {
        guard let first = line.utf8.first, first != 0x20, line != lines.last, !line.utf8.contains(0x0A) else {
            return false
        }
        lines.append(line)
        if lines.count > Self.limit { lines.removeFirst(lines.count - Self.limit) }
        save()
        return true
    }

    /// What cannot be written is not remembered: no reason to disturb anybody.
    private func save() {
        guard let path else { return }
        Self.makeFolder(of: path)
        let draft = path + ".\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        var text = lines.map { $0 + "\n" }.joined()
        let count = text.utf8.count
        let written = text.withUTF8 { write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
        if written == count { rename(draft, path) } else { unlink(draft) }
    }

    private static func read(_ path: String) -> [String]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: limit * 1024)
        let count = fread(&bytes, 1, bytes.count, file)
        return bytes[..<count].split(separator: 0x0A).suffix(limit).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func makeFolder(of path: String) {
        var folder = ""
        for part in path.utf8.split(separator: UInt8(ascii: "/")).dropLast() {
            folder += "/" + String(decoding: part, as: UTF8.self)
            mkdir(folder, 0o700)
        }
    }

    static var folder: String? {
        let variable = { (name: String) in getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } }
        return variable("XDG_STATE_HOME").map { $0 + "/carafe" } ?? variable("HOME").map { $0 + "/.local/state/carafe" }
    }
}
