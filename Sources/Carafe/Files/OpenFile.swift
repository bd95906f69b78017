import CarafeHTTP
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A regular file that is open for reading, and what the system says of exactly this open file: between looking at it
/// and sending it, it cannot become another one.
struct OpenFile: ~Copyable {
    let descriptor: CInt
    let version: FileVersion

    deinit { close(descriptor) }

    /// Opens the file at `path`; nil where there is none, where it may not be read, and where it is not a regular
    /// file: folders, pipes, sockets and devices are none.
    ///
    /// - Throws: `IOError` where the system cannot open any file, as when there are too many.
    init?(_ path: String, in folder: CInt = AT_FDCWD, followingLinks: Bool = true) throws {
        // Without O_NONBLOCK a pipe would hold the event loop until somebody writes to it.
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (followingLinks ? 0 : O_NOFOLLOW)
        guard let descriptor = try Self.open(path, in: folder, flags) else { return nil }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, let version = FileVersion(facts) else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
        self.version = version
    }

    /// The part of the file as the content of a response, which closes it.
    consuming func body(_ range: Range<Int>) -> ResponseBody {
        let descriptor = descriptor
        discard self
        return .file(FileBody(descriptor: descriptor, offset: range.lowerBound, length: range.count))
    }

    /// Opens anything; nil where it is missing or may not be opened.
    static func open(_ path: String, in folder: CInt, _ flags: CInt) throws -> CInt? {
        // A C string ends at the first NUL: what follows it would be ignored.
        guard !path.utf8.isEmpty, !path.utf8.contains(0) else { return nil }
        while true {
            let descriptor = openat(folder, path, flags)
            if descriptor >= 0 { return descriptor }
            switch errno {
            case EINTR: continue
            case EMFILE, ENFILE, ENOMEM, EIO: throw IOError(errnoCode: errno, reason: "opening a file to send")
            default: return nil
            }
        }
    }
}
