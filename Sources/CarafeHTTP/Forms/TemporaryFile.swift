internal import NIOCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file without a name, readable by its owner alone, that the system removes when its last reference goes or the
/// process ends, however it ends.
///
/// All of its methods block.
final class TemporaryFile: Sendable {
    private let descriptor: CInt
    private let executor: any SpoolExecutor
    /// Whether the file never had a name, so that it can be given one, once.
    private let canBeLinked: Mutex<Bool>

    /// Creates a file in the folder of `spool`.
    ///
    /// - Parameter neverNamed: whether to try `O_TMPFILE` first; some file systems (and other systems than Linux) know
    ///   only the other way, which is a random name that is removed at once
    init(in spool: UploadSpool, neverNamed: Bool = true) throws(UploadError) {
        let directory = try UploadDestination.valid(
            spool.directory ?? getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")
        let unnamed = neverNamed ? Self.openUnnamed(in: directory) : nil
        descriptor = if let unnamed { unnamed } else { try Self.openRemoved(in: directory) }
        canBeLinked = Mutex(unnamed != nil)
        executor = spool.executor
    }

    /// Freeing the blocks of a large file takes milliseconds, so that, too, is done where blocking is allowed.
    deinit {
        let (closing, executor) = (ClosingOnce(descriptor), executor)
        Task.detached {
            try? await executor.run { closing.close() }
            // An executor that has been shut down runs nothing.
            closing.close()
        }
    }

    private static func openUnnamed(in directory: String) -> CInt? {
        #if os(Linux)
            // __O_TMPFILE, which the C header gives as a macro that is not imported.
            let flag: CInt = 0o20000000 | O_DIRECTORY
            let descriptor = open(directory, flag | O_RDWR | O_CLOEXEC, 0o600)
            return descriptor < 0 ? nil : descriptor
        #else
            return nil
        #endif
    }

    private static func openRemoved(in directory: String) throws(UploadError) -> CInt {
        var template = Array("\(directory)/upload-XXXXXX".utf8CString)  // lint:allowed
        let descriptor = mkstemp(&template)
        let number = errno
        guard descriptor >= 0 else { throw .storage("create a temporary file in \(directory)", number) }
        unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }

    /// Writes all of `buffer` at `offset`.
    func write(_ buffer: ByteBuffer, at offset: Int) throws {
        try buffer.withUnsafeReadableBytes { bytes in
            var written = 0
            while written < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
                let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + written))
                if count >= 0 {
                    written += count
                } else if errno != EINTR {
                    throw UploadError.storage("write to a temporary file", errno)
                }
            }
        }
    }

    /// Reads `count` bytes from `offset` on, fewer where the file ends before.
    func read(at offset: Int, count: Int) throws -> ByteBuffer {
        var buffer = ByteBuffer()
        while buffer.readableBytes < count {
            let wanted = count - buffer.readableBytes
            let position = off_t(offset + buffer.readableBytes)
            let received = try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: wanted) { bytes in
                while true {
                    let received = pread(descriptor, bytes.baseAddress, wanted, position)
                    if received >= 0 { return received }
                    guard errno == EINTR else { throw UploadError.storage("read a temporary file", errno) }
                }
            }
            if received == 0 { break }
        }
        return buffer
    }

    /// Gives the file the name of `destination`, if it has just `size` bytes.
    ///
    /// - Returns: false where its contents have to be copied: it holds more than that, it had a name before, or
    ///   `destination` is on another file system
    func link(to destination: UploadDestination, size: Int) throws -> Bool {
        // A second name would be the same file: who changes one would change both.
        try canBeLinked.withLock { canBeLinked in
            var status = stat()
            guard canBeLinked, fstat(descriptor, &status) == 0, status.st_size == off_t(size),
                try destination.link(descriptor)
            else { return false }
            canBeLinked = false
            return true
        }
    }
}

/// A file descriptor that is closed at the first call and never again: its number may be another file's by then.
private final class ClosingOnce: Sendable {
    private let descriptor: Mutex<CInt?>

    init(_ descriptor: CInt) { self.descriptor = Mutex(descriptor) }

    func close() {
        guard let open = descriptor.withLock({ $0.take() }) else { return }
        #if canImport(Glibc)
            _ = Glibc.close(open)
        #elseif canImport(Musl)
            _ = Musl.close(open)
        #else
            _ = Darwin.close(open)
        #endif
    }
}
