import CarafeHTTP

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What tells one state of a file from another without reading it.
struct FileVersion: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
    /// In bytes.
    let size: Int
    /// When the content last changed, in seconds since 1970 and nanoseconds.
    let modified: Int
    let modifiedNanoseconds: Int
    /// When anything of the file last changed, its times included: nobody can set this one.
    private let changed: Int
    private let changedNanoseconds: Int

    /// The state of a regular file; nil for anything else.
    init?(_ facts: stat) {
        guard facts.st_mode & S_IFMT == S_IFREG else { return nil }
        device = UInt64(truncatingIfNeeded: facts.st_dev)
        inode = UInt64(truncatingIfNeeded: facts.st_ino)
        size = max(0, Int(facts.st_size))
        #if canImport(Darwin)
            let (modified, changed) = (facts.st_mtimespec, facts.st_ctimespec)
        #else
            let (modified, changed) = (facts.st_mtim, facts.st_ctim)
        #endif
        self.modified = Int(modified.tv_sec)
        modifiedNanoseconds = Int(modified.tv_nsec)
        self.changed = Int(changed.tv_sec)
        changedNanoseconds = Int(changed.tv_nsec)
    }

    /// The state of the regular file at `path`, if there is one.
    init?(path: String) {
        var facts = stat()
        guard !path.utf8.contains(0), stat(path, &facts) == 0 else { return nil }
        self.init(facts)
    }

    /// When the content last changed, as `Last-Modified` says it.
    var lastModified: HTTPDate { HTTPDate(secondsSinceEpoch: modified) }

    /// The time of the last change and the size, in hexadecimal: the tag of the file as it is.
    var tag: String {
        let nanoseconds = UInt64(bitPattern: Int64(modified)) &* 1_000_000_000 &+ UInt64(modifiedNanoseconds)
        return String(nanoseconds, radix: 16) + "-" + String(size, radix: 16)
    }

    /// Whether the content is older than the other's.
    func isOlder(than other: FileVersion) -> Bool {
        (modified, modifiedNanoseconds) < (other.modified, other.modifiedNanoseconds)
    }
}
