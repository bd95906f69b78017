import CarafeSQL
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a URL says of a database of SQLite's.
struct SQLiteOptions: Sendable {
    enum Mode: String {
        case readOnly = "ro"
        case readWrite = "rw"
        case create = "rwc"
        case memory
    }

    /// The file's absolute path; nil for a database in memory.
    var path: String?
    var mode = Mode.create
    var timeout: Duration = .seconds(5)
    var journalMode = "wal"
    var synchronous = "normal"
    var foreignKeys = true
    var cachedStatements = 128
    /// What only a URI of SQLite's can say: `immutable=1`.
    var parameters: [(name: String, value: String)] = []

    var isReadOnly: Bool { mode == .readOnly || parameters.contains { $0.name == "immutable" } }

    init(_ url: DatabaseURL) throws(DatabaseError) {
        guard url.host == nil, url.user == nil, url.password == nil, url.port == nil else {
            throw Self.wrong(
                "A URL of SQLite has no host and no user.",
                hint:
                    "Three slashes for a file relative to the app's folder (sqlite:///blog.db), four for an absolute one "
                    + "(sqlite:////var/lib/blog.db), two for a database in memory (sqlite://).")
        }
        for option in url.options { try read(option) }
        guard let name = Self.withoutScheme(url.database), name != ":memory:", mode != .memory else { return }
        path = try Self.absolute(name)
    }

    private mutating func read(_ option: DatabaseURL.Option) throws(DatabaseError) {
        let value = option.value
        switch option.name {
        case "mode":
            guard let mode = Mode(rawValue: value) else { throw Self.bad(option, "ro, rw, rwc or memory") }
            self.mode = mode
        case "timeout":
            guard let seconds = Double(value), seconds >= 0, seconds <= 86_400 else {
                throw Self.bad(option, "a number of seconds")
            }
            timeout = .milliseconds(Int64(seconds * 1000))
        case "journal_mode":
            journalMode = try Self.choice(option, ["wal", "delete", "truncate", "persist", "memory", "off"])
        case "synchronous": synchronous = try Self.choice(option, ["off", "normal", "full", "extra"])
        case "foreign_keys": foreignKeys = try Self.flag(option)
        case "cached_statements":
            guard let count = Int(value), (0...100_000).contains(count) else { throw Self.bad(option, "a number") }
            cachedStatements = count
        case "cache": parameters.append(("cache", try Self.choice(option, ["private", "shared"])))
        case "immutable", "nolock", "psow":
            if try Self.flag(option) { parameters.append((option.name, "1")) }
        case "vfs": parameters.append(("vfs", value))
        case "uri", "check_same_thread", "detect_types", "isolation_level": break
        default:
            throw Self.wrong(
                "SQLite has no option \(option.name).",
                hint:
                    "There are mode, timeout, journal_mode, synchronous, foreign_keys, cache, immutable, nolock, psow, vfs and "
                    + "cached_statements.")
        }
    }

    private static func choice(_ option: DatabaseURL.Option, _ choices: [String]) throws(DatabaseError) -> String {
        guard let choice = choices.first(where: { $0 == option.value || $0.uppercased() == option.value }) else {
            throw bad(option, choices.joined(separator: ", "))
        }
        return choice
    }

    private static func flag(_ option: DatabaseURL.Option) throws(DatabaseError) -> Bool {
        switch option.value {
        case "1", "on", "true", "yes", "True": return true
        case "0", "off", "false", "no", "False": return false
        default: throw bad(option, "1 or 0")
        }
    }

    private static func bad(_ option: DatabaseURL.Option, _ expected: String) -> DatabaseError {
        wrong("The option \(option.name) of a database's URL must be \(expected).", hint: nil)
    }

    private static func wrong(_ message: String, hint: String?) -> DatabaseError {
        DatabaseError(.configuration, message, hint: hint)
    }

    /// Python's driver takes `file:` before the path, with `uri=true`.
    private static func withoutScheme(_ name: String?) -> String? {
        guard let name, name.utf8.starts(with: "file:".utf8) else { return name }
        let rest = name.utf8.dropFirst(5)
        return rest.isEmpty ? nil : String(decoding: rest, as: UTF8.self)
    }

    /// The path from the root: what is opened later must be the same file also where the program has changed its folder.
    private static func absolute(_ path: String) throws(DatabaseError) -> String {
        if path.utf8.first == UInt8(ascii: "/") { return path }
        guard let folder = getcwd(nil, 0) else {
            throw wrong(
                "The current folder of the program is not there.", hint: "Write the absolute path, with four slashes.")
        }
        defer { free(folder) }
        return String(cString: folder) + "/" + path
    }

    /// The path as `sqlite3_open_v2` takes it, and whether it is a URI.
    var location: (name: String, isURI: Bool) {
        guard let path else { return (":memory:", false) }
        guard !parameters.isEmpty else { return (path, false) }
        var uri = "file:"
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "."):
                uri += String(UnicodeScalar(byte))
            default: uri += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        let options = parameters.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        return (uri + "?" + options, true)
    }
}
