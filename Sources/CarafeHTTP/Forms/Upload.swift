public import NIOCore

/// A file that came with a form (Werkzeug's `FileStorage`).
///
/// ```swift
/// for upload in form.files where upload.name == "photo" && upload.isChosen {
///     try await upload.save(to: "/srv/photos/\(id).jpg")
/// }
/// ```
///
/// A small file is in memory. The larger ones of a form are in one temporary file without a name, which is gone as soon
/// as the last copy of these uploads is, even if the process is killed; save what should stay.
public struct Upload: Sendable {
    /// Where the bytes are.
    enum Contents: Sendable {
        case memory(ByteBuffer)
        case file(TemporaryFile, start: Int)
    }

    /// The header of the part that the file came in.
    private let part: MultipartPart
    private let contents: Contents
    private let executor: any SpoolExecutor

    /// How many bytes the file has.
    public let size: Int

    init(part: MultipartPart, contents: Contents, size: Int, executor: any SpoolExecutor) {
        self.part = part
        self.contents = contents
        self.size = size
        self.executor = executor
    }

    /// The name of the form's field.
    public var name: String { part.name }

    /// The file's name as the client sent it, which may be a path or worse: never use it as a path on the server.
    public var filename: String { part.filename ?? "" }

    /// Whether the user chose a file: browsers send a file input left empty as a file without a name.
    public var isChosen: Bool { !filename.utf8.isEmpty }

    /// The Content-Type that the client gives the file, nil where there is none. Nobody has checked it.
    public var contentType: String? { part.contentType }

    /// The header fields of the part that the file came in.
    public var headers: Headers { part.headers }

    /// Whether the bytes are in memory, so that ``read()`` and ``chunks`` never wait for the disk.
    public var isInMemory: Bool {
        if case .memory = contents { true } else { false }
    }

    /// All of the file's bytes. Look at ``size`` first, or use ``chunks``.
    ///
    /// - Throws: ``UploadError`` where the temporary file cannot be read.
    public func read() async throws -> ByteBuffer {
        try await read(at: 0, count: size)
    }

    /// All of the file's bytes as an array. Look at ``size`` first, or use ``chunks``.
    ///
    /// - Throws: ``UploadError`` where the temporary file cannot be read.
    public func bytes() async throws -> [UInt8] {
        let buffer = try await read()
        return Array(buffer.readableBytesView)
    }

    /// The file's bytes in pieces of at most 64 KiB; each loop over them begins at the beginning.
    public var chunks: Chunks { Chunks(upload: self) }

    /// The bytes of an ``Upload`` in pieces.
    public struct Chunks: AsyncSequence, Sendable {
        /// Bytes of the file, never none.
        public typealias Element = ByteBuffer

        let upload: Upload

        /// Begins at the beginning.
        public func makeAsyncIterator() -> Iterator { Iterator(upload: upload) }

        /// Reads one piece after the other.
        public struct Iterator: AsyncIteratorProtocol {
            let upload: Upload
            private var offset = 0

            init(upload: Upload) { self.upload = upload }

            /// The next piece, nil at the end.
            ///
            /// - Throws: ``UploadError`` where the temporary file cannot be read.
            public mutating func next() async throws -> ByteBuffer? {
                let piece = try await upload.read(at: offset, count: Upload.pieceSize)
                offset += piece.readableBytes
                return piece.readableBytes > 0 ? piece : nil
            }
        }
    }

    /// Saves the file.
    ///
    /// The form's only large file is not copied but named, where `path` is on the file system of ``UploadSpool/directory``.
    /// Saving it again, or elsewhere, makes a copy. A path that ends in a symbolic link is not followed.
    ///
    /// - Parameters:
    ///   - path: where to; it is used as it is, so do not build it from ``filename`` as the client sent it
    ///   - overwrite: whether to replace a file that is there, in one step; otherwise that is an error
    ///   - permissions: the permission bits of the saved file, whatever the umask; by default its owner's alone
    /// - Throws: ``UploadError`` of kind `exists` where there is a file already, `invalidPath` where the path is empty
    ///   or contains a NUL, `storage` where the system refuses (a full disk; nothing is left behind then).
    public func save(to path: String, overwrite: Bool = false, permissions: Int = 0o600) async throws {
        let destination = try UploadDestination(path: path, overwrite: overwrite, permissions: permissions)
        let (contents, size) = (contents, size)
        try await executor.run {
            switch contents {
            case .memory(let bytes):
                try destination.write { offset in offset == 0 ? bytes : ByteBuffer() }
            case .file(let file, let start):
                if try file.link(to: destination, size: size) { return }
                try destination.write { offset in
                    try file.read(at: start + offset, count: min(Self.pieceSize, size - offset))
                }
            }
        }
    }

    /// How much is read at once.
    private static let pieceSize = 64 * 1024

    private func read(at offset: Int, count: Int) async throws -> ByteBuffer {
        let count = max(0, min(count, size - offset))
        switch contents {
        case .memory(let bytes):
            return bytes.getSlice(at: bytes.readerIndex + offset, length: count) ?? ByteBuffer()
        case .file(let file, let start):
            guard count > 0 else { return ByteBuffer() }
            return try await executor.run { try file.read(at: start + offset, count: count) }
        }
    }
}
