import Glibc

/// The files below a folder, in no order.
struct FolderWalk {
    private let root: String
    private let followLinks: Bool

    init(_ root: String, followLinks: Bool) {
        self.root = root.isEmpty ? "." : root
        self.followLinks = followLinks
    }

    /// Hands each file's path below the folder to `found`.
    func visit(_ found: (_ name: String) -> Void) {
        // Folders that are being walked through, so that links that lead back end the walk.
        var seen: Set<[UInt]> = []
        var pending = [""]
        while let prefix = pending.popLast() {
            guard let folder = opendir(prefix.isEmpty ? root : root + "/" + prefix) else { continue }
            defer { closedir(folder) }
            var status = stat()
            guard fstat(dirfd(folder), &status) == 0,
                seen.insert([UInt(truncatingIfNeeded: status.st_dev), UInt(truncatingIfNeeded: status.st_ino)]).inserted
            else { continue }
            while let entry = readdir(folder) {
                guard let name = Self.name(of: entry), name != ".", name != ".." else { continue }
                let path = prefix.isEmpty ? name : prefix + "/" + name
                switch kind(of: name, in: dirfd(folder)) {
                case S_IFDIR: pending.append(path)
                case S_IFREG: found(path)
                case S_IFLNK where leadsToFile(path): found(path)
                default: continue
                }
            }
        }
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> String? {
        withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
        }
    }

    /// The kind of the file, behind a link if links are followed.
    private func kind(of name: String, in folder: CInt) -> mode_t {
        var status = stat()
        guard fstatat(folder, name, &status, followLinks ? 0 : AT_SYMLINK_NOFOLLOW) == 0 else { return 0 }
        return status.st_mode & S_IFMT
    }

    /// Whether the link at `path` leads to a file that the loader reads.
    private func leadsToFile(_ path: String) -> Bool {
        if TemplateFile(path: root + "/" + path, inside: root) != nil { true } else { false }
    }
}
