internal import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The file as which an upload is saved. All of its methods block.
struct UploadDestination: Sendable {
    private let path: String
    private let overwrite: Bool
    private let permissions: mode_t

    /// A destination at `path`.
    ///
    /// - Throws: ``UploadError`` of kind `invalidPath` where the path is empty or contains a NUL, after which the
    ///   system would see a shorter one.
    init(path: String, overwrite: Bool, permissions: Int) throws(UploadError) {
        self.path = try Self.valid(path)
        self.overwrite = overwrite
        self.permissions = mode_t(truncatingIfNeeded: permissions & 0o777)
    }

    static func valid(_ path: String) throws(UploadError) -> String {
        guard !path.utf8.isEmpty, !path.utf8.contains(0) else {
            throw UploadError(
                kind: .invalidPath, message: "The path is empty or contains a NUL.",
                hint: "Never build it from an upload's filename as the client sent it.", errorNumber: 0)
        }
        return path
    }

    /// Gives an open file without a name this one.
    ///
    /// - Returns: false where the system cannot link it here; the caller then copies, which tells why if it fails too
    func link(_ descriptor: CInt) throws -> Bool {
        #if os(Linux)
            guard fchmod(descriptor, permissions) == 0 else { return false }
            let target = overwrite ? sibling() : path
            guard linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, target, AT_SYMLINK_FOLLOW) == 0 else {
                if errno == EEXIST { throw UploadError.storage("save the upload", EEXIST) }
                return false
            }
            if overwrite { try replace(with: target) }
            return true
        #else
            return false
        #endif
    }

    /// Writes a new file from pieces, until one is empty. A file that cannot be completed is removed.
    func write(pieces: (_ offset: Int) throws -> ByteBuffer) throws {
        let target = overwrite ? sibling() : path
        let descriptor = open(target, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw UploadError.storage("save the upload", errno) }
        do {
            defer { close(descriptor) }
            var offset = 0
            while true {
                let piece = try pieces(offset)
                if piece.readableBytes == 0 { break }
                try Self.write(piece, to: descriptor)
                offset += piece.readableBytes
            }
            guard fchmod(descriptor, permissions) == 0 else {
                throw UploadError.storage("set the permissions of the saved upload", errno)
            }
        } catch {
            unlink(target)
            throw error
        }
        if overwrite { try replace(with: target) }
    }

    private static func write(_ buffer: ByteBuffer, to descriptor: CInt) throws {
        try buffer.withUnsafeReadableBytes { bytes in
            var written = 0
            while written < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
                #if canImport(Glibc)
                    let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                #elseif canImport(Musl)
                    let count = Musl.write(descriptor, rest.baseAddress, rest.count)
                #else
                    let count = Darwin.write(descriptor, rest.baseAddress, rest.count)
                #endif
                if count >= 0 {
                    written += count
                } else if errno != EINTR {
                    throw UploadError.storage("save the upload", errno)
                }
            }
        }
    }

    /// A name beside `path` that nothing has, short enough for every file system.
    private func sibling() -> String {
        let slash = path.utf8.lastIndex(of: 0x2F)
        let directory = slash.map { path[...$0] } ?? "./"
        return "\(directory).upload-\(String(UInt64.random(in: 0 ... .max), radix: 16))"
    }

    /// Puts the complete file at `temporary` into its place, in one step: a reader sees the old file or the new one.
    private func replace(with temporary: String) throws {
        guard rename(temporary, path) == 0 else {
            let number = errno
            unlink(temporary)
            throw UploadError.storage("save the upload", number)
        }
    }
}
