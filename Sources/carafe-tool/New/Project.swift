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

    /// Its files by their paths.
    var files: [(path: String, text: String)] {
        let sources: [(String, String)] =
            switch kind {
            case .site: siteFiles
            case .api: apiFiles
            case .singleFile: singleFileFiles
            }
        return [("Package.swift", manifest)] + sources + [
            (".gitignore", ".build/\n.env\n"),
            (".dockerignore", ".build/\n.env\n.git/\n"),
            (".env", environment),
            ("Dockerfile", dockerfile),
            ("Makefile", makefile),
            ("README.md", readme),
        ]
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
            for (path, text) in files {
                try Folder.make(FilePath.parent(of: draft + "/" + path))
                try TextFile.write(text, to: draft + "/" + path)
            }
            // The secret key is for this user alone.
            chmod(draft + "/.env", 0o600)
            guard rename(draft, folder) == 0 else { throw ToolError("\(folder): \(String(cString: strerror(errno)))") }
        } catch {
            Folder.remove(draft)
            throw error
        }
    }
}
