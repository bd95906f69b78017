#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A project to be made.
struct Project {
    /// What it is for.
    enum Kind: CaseIterable {
        /// Pages from templates.
        case site
        /// JSON.
        case api
        /// All of the app in one file.
        case singleFile
    }

    let name: String
    let kind: Kind
    let source: CarafeSource

    /// Its files.
    ///
    /// - Throws: ``ToolError`` where its folder's name cannot stand in a Dockerfile
    var files: [GeneratedFile] {
        get throws {
            let sources: [(String, String)] =
                switch kind {
                case .site: siteFiles
                case .api: apiFiles
                case .singleFile: singleFileFiles
                }
            let deployment = try deployment
            let others = [
                ("Package.swift", manifest), (".gitignore", ".build/\n.env\n"),
                ("Makefile", makefile(deployment)), ("README.md", readme),
            ]
            // The secret key is for this user alone.
            return try [GeneratedFile(path: ".env", text: environment, mode: 0o600)]
                + (sources + others).map { GeneratedFile(path: $0, text: $1) } + deployment.files(for: [.docker])
        }
    }

    /// Writes all of them into a new folder, which is there as a whole or not at all.
    ///
    /// - Throws: ``ToolError`` where it exists, or cannot be made
    func write(to folder: String) throws {
        if FilePath.exists(folder) {
            guard try Folder.isEmpty(folder) else {
                throw ToolError("\(folder) exists already. Take another name, or remove it first.")
            }
        }
        let draft = FilePath.parent(of: folder) + "/.\(name).\(getpid())"
        do {
            for file in try files { try file.write(to: draft) }
            guard rename(draft, folder) == 0 else { throw ToolError("\(folder): \(String(cString: strerror(errno)))") }
        } catch {
            Folder.remove(draft)
            throw error
        }
    }
}
