import CarafeHTTP
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A folder whose files may be sent, and nothing outside of it.
///
/// A path is first judged as text: absolute paths, `..` that leads out, NUL, backslashes, the names of Windows
/// devices, a slash at the end, and names that begin with a dot (`.env`, `.git`; `.well-known` is the exception that
/// RFC 8615 makes) are refused. Then the file is opened and the system is asked where the *opened* file lies. So
/// symbolic links work as long as they stay inside, and no exchange of a folder for a link at the wrong moment gets
/// anything out.
final class Folder: Sendable {
    /// The folder's path, without a slash at its end.
    let path: String

    /// Where the folder really lies, with a slash at its end; nil until a file has been opened in it. It may move:
    /// deployments switch a link from one folder to the next.
    private let location = Mutex<[UInt8]?>(nil)

    init(_ path: String) {
        var bytes = path.utf8[...]
        while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        self.path = bytes.isEmpty ? "." : String(Substring(bytes))
    }

    /// Opens a file of the folder; nil where there is none that may be sent.
    func open(_ name: String) throws -> OpenFile? {
        guard let path = path(of: name), let file = try OpenFile(path) else { return nil }
        guard let opened = Self.location(of: file.descriptor) else { return try openWithoutLinks(path) }
        guard contains(opened) else { return nil }
        return file
    }

    /// The path of a file that may be sent as far as its name tells; links are not looked at.
    func path(of name: String) -> String? {
        guard let last = name.utf8.last, last != UInt8(ascii: "/"), !Self.hasHiddenPart(name) else { return nil }
        return safeJoin(path, name)
    }

    private static func hasHiddenPart(_ name: String) -> Bool {
        name.utf8.split(separator: UInt8(ascii: "/")).contains { part in
            part.first == UInt8(ascii: ".") && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
                && !part.elementsEqual(".well-known".utf8)
        }
    }

    // MARK: - Where an open file lies

    private func contains(_ opened: [UInt8]) -> Bool {
        if let known = location.withLock({ $0 }), opened.starts(with: known) { return true }
        guard let current = Self.realPath(path) else { return false }
        location.withLock { $0 = current }
        return opened.starts(with: current)
    }

    /// The path of the folder with its links resolved and a slash at its end.
    private static func realPath(_ path: String) -> [UInt8]? {
        guard !path.utf8.contains(0), let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        var bytes = UnsafeBufferPointer(start: resolved, count: strlen(resolved)).map { UInt8(bitPattern: $0) }
        if bytes.last != UInt8(ascii: "/") { bytes.append(UInt8(ascii: "/")) }
        return bytes
    }

    /// Where the system says that an open file lies; nil where it cannot say, as without `/proc`.
    private static func location(of descriptor: CInt) -> [UInt8]? {
        #if canImport(Darwin)
            var buffer = [CChar](repeating: 0, count: Int(MAXPATHLEN))
            guard fcntl(descriptor, F_GETPATH, &buffer) == 0 else { return nil }
            return buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        #else
            return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
                guard let start = buffer.baseAddress else { return nil }
                let count = readlink("/proc/self/fd/\(descriptor)", start, buffer.count)
                guard count > 0 else { return nil }
                return buffer.prefix(count).map { UInt8(bitPattern: $0) }
            }
        #endif
    }

    // MARK: - Where the system cannot say

    /// Opens a file of the folder one part of its path after the other, none of which may be a link.
    func openWithoutLinks(_ path: String) throws -> OpenFile? {
        var parts = path.utf8.dropFirst(self.path.utf8.count).split(separator: UInt8(ascii: "/"))
        guard let name = parts.popLast(),
            var folder = try OpenFile.open(self.path, in: AT_FDCWD, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
        else { return nil }
        defer { close(folder) }
        for part in parts {
            let flags = O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW
            guard let inner = try OpenFile.open(String(Substring(part)), in: folder, flags) else { return nil }
            close(folder)
            folder = inner
        }
        return try OpenFile(String(Substring(name)), in: folder, followingLinks: false)
    }
}
