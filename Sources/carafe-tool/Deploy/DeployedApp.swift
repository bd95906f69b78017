/// What is to be known of an app to write the files that it is deployed with.
struct DeployedApp: Sendable {
    /// A folder that the app reads at run time, and its place in the package.
    struct Folder: Equatable, Sendable {
        /// What the app calls it: `static`.
        let name: String
        let source: String
    }

    /// A package that is found by its path.
    struct LocalPackage: Equatable, Sendable {
        /// What Docker calls its folder.
        let name: String
        /// Its folder; below the app's package relative to it.
        let path: String
        let isWithin: Bool

        /// Tells `docker build` of it.
        var buildContext: String {
            "--build-context \(name)=" + (DeployedApp.isPlain(path) ? path : "\"\(path)\"")
        }
    }

    /// Its executable.
    let name: String
    var port = 8000
    /// The products of Carafe and names of other modules that it is made of.
    var modules: Set<String> = []
    /// Those of `static`, `templates` and `migrations` that are files where it runs.
    var folders: [Folder] = []
    /// The folders with resources that SwiftPM makes.
    var bundles: [String] = []
    var packages: [LocalPackage] = []
    var hasMigrations = false
    /// Whether it speaks TLS.
    var hasTLS = false
    /// Whether it reads `X-Forwarded-…`.
    var readsProxyHeaders = false

    /// - Throws: ``ToolError`` where a name cannot stand in the files
    init(name: String) throws {
        self.name = try Self.plain(name, "The executable's name")
        guard !slug.isEmpty else {
            throw ToolError("The executable's name '\(name)' has no letter, which names of services begin with.")
        }
    }

    /// Where it answers probes and nothing else, in Kubernetes.
    var healthPort: Int { port == 8001 ? 8002 : 8001 }

    /// The packages that Docker does not find in the app's own.
    var outerPackages: [LocalPackage] { packages.filter { !$0.isWithin } }

    var hasPostgreSQL: Bool { modules.contains("CarafePostgreSQL") }

    /// Whether SQLite is the database that it runs on: where PostgreSQL is there too, that serves.
    var hasSQLite: Bool { modules.contains("CarafeSQLite") && !hasPostgreSQL }

    /// The system's libraries that it is linked with.
    var libraries: [SystemLibrary] { SystemLibrary.needed(by: modules) }

    // MARK: - Names

    /// Its name for DNS, Kubernetes and systemd: small letters, digits and hyphens, a letter first.
    var slug: String {
        let start = Self.dashed(name).utf8.drop { !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
        // 31 bytes are what Linux has for a user's name.
        let end = start.prefix(31).reversed().drop { $0 == UInt8(ascii: "-") }.reversed()
        let slug = String(decoding: end, as: UTF8.self)
        // YAML reads these as something else than text.
        return ["false", "n", "no", "null", "off", "on", "true", "y", "yes"].contains(slug) ? slug + "-app" : slug
    }

    /// Its name for databases and nginx's variables.
    var identifier: String {
        String(decoding: slug.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
    }

    /// Text that needs no quotes in any of the files.
    ///
    /// - Throws: ``ToolError`` for other text
    static func plain(_ text: String, _ subject: String) throws -> String {
        guard isPlain(text) else { throw unusable(text, subject) }
        return text
    }

    /// Text that stands in double quotes in all of the files: those of shells, YAML and JSON.
    ///
    /// - Throws: ``ToolError`` for other text
    static func quotable(_ text: String, _ subject: String) throws -> String {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && !"\"\\$`".utf8.contains($0) }) else {
            throw unusable(text, subject)
        }
        return text
    }

    fileprivate static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isLetterOrDigit($0) || "._-+/".utf8.contains($0) }
    }

    private static func unusable(_ text: String, _ subject: String) -> ToolError {
        ToolError("\(subject) '\(text)' has characters that the files for its deployment cannot hold; rename it.")
    }

    /// Small letters and digits, and hyphens for all else.
    fileprivate static func dashed(_ text: String) -> String {
        String(decoding: text.utf8.map { isLetterOrDigit($0) ? small($0) : UInt8(ascii: "-") }, as: UTF8.self)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(small(byte))
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func small(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    // MARK: - For people

    /// `blog: PostgreSQL, migrations, static; port 8000`
    var summary: String {
        var parts: [String] = []
        if hasPostgreSQL { parts.append("PostgreSQL") }
        if hasSQLite { parts.append("SQLite") }
        if hasMigrations { parts.append("migrations") }
        if hasTLS { parts.append("TLS") }
        parts += folders.filter { $0.name != "migrations" }.map(\.name)
        return "\(name): " + (parts + ["port \(port)"]).joined(separator: ", ")
    }
}

extension DeployedApp.LocalPackage {
    /// The package in a folder.
    ///
    /// - Parameter root: the folder of the app's package
    /// - Throws: ``ToolError`` where the folder's name cannot stand in the files
    init(folder: String, root: String?) throws {
        let inner = root.flatMap { FilePath.relative(folder, to: $0) }
        path = try DeployedApp.quotable(inner ?? folder, "The folder")
        isWithin = inner != nil
        name = DeployedApp.dashed(FilePath.name(of: folder))
    }
}
