#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The files of a project that people write.
enum SourceFiles {
    /// The most files that are looked at.
    static let limit = 20_000
    /// Files beyond this are written by no person.
    static let largest = 4 << 20

    /// The paths of the files below a folder with one of these ends, sorted. What is hidden, links, and the environments and
    /// packages of Python and JavaScript are left out.
    static func paths(in folder: String, ending ends: String...) -> [String] {
        var found: [String] = []
        var folders = [folder]
        while let folder = folders.popLast(), found.count < limit {
            for name in Folder.names(in: folder) ?? [] where name.utf8.first != UInt8(ascii: ".") {
                let path = folder + "/" + name
                var status = stat()
                guard lstat(path, &status) == 0 else { continue }
                switch status.st_mode & S_IFMT {
                case S_IFDIR: if !isForeign(name, path) { folders.append(path) }
                case S_IFREG where status.st_size <= largest:
                    if ends.contains(where: { name.utf8.suffix($0.utf8.count).elementsEqual($0.utf8) }) {
                        found.append(path)
                    }
                default: break
                }
            }
        }
        return found.sorted()
    }

    private static func isForeign(_ name: String, _ path: String) -> Bool {
        ["node_modules", "__pycache__", "site-packages", "dist-packages"].contains(name)
            || FilePath.exists(path + "/pyvenv.cfg")
    }
}
