internal import NIOCore

/// Puts the events of a multipart form together: fields become text, files go to memory or to the disk.
struct FormCollector {
    /// How much of a file is gathered before it is written: each write is a change of threads.
    private static let writeSize = 128 * 1024

    private let limits: FormLimits
    private let spool: UploadSpool

    /// What is complete.
    private(set) var form = FormData()

    private var part: MultipartPart?
    /// The bytes of the part that are not in `file`.
    private var content = ByteBuffer()
    /// The one file for all uploads of the form that are not in memory: a form never holds more than one descriptor.
    private var file: TemporaryFile?
    private var fileSize = 0
    /// Where the part begins in `file`; nil while it is in memory.
    private var start: Int?
    /// The bytes of the uploads that stay in memory.
    private var kept = 0

    init(limits: FormLimits, spool: UploadSpool) {
        self.limits = limits
        self.spool = spool
    }

    /// Takes an event of a form that is in memory; its bytes are not copied.
    mutating func takeSlice(_ event: MultipartParser.Event) {
        switch event {
        case .partBegan(let part): begin(part)
        case .partData(let bytes) where content.readableBytes == 0: content = bytes
        case .partData(let bytes): content.writeImmutableBuffer(bytes)
        case .partEnded: end()
        case .finished: break
        }
    }

    /// Takes an event of a form that is arriving. Bytes are copied, so that a small file does not keep the buffer alive
    /// that it came in.
    mutating func take(_ event: MultipartParser.Event) async throws {
        switch event {
        case .partBegan(let part): begin(part)
        case .partData(let bytes):
            content.writeImmutableBuffer(bytes)
            let isFull =
                start == nil
                ? content.readableBytes > limits.spoolThreshold - kept : content.readableBytes >= Self.writeSize
            if part?.filename != nil, isFull { try await write() }
        case .partEnded:
            if start != nil, content.readableBytes > 0 { try await write() }
            end()
        case .finished: break
        }
    }

    private mutating func begin(_ part: MultipartPart) {
        self.part = part
        content = ByteBuffer()
        start = nil
    }

    private mutating func end() {
        guard let part else { return }
        if part.filename == nil {
            form.fields.append(part.text(content), for: part.name)
        } else {
            let contents: Upload.Contents
            let size: Int
            if let file, let start {
                contents = .file(file, start: start)
                size = fileSize - start
            } else {
                contents = .memory(content)
                size = content.readableBytes
                kept += size
            }
            form.files.append(Upload(part: part, contents: contents, size: size, executor: spool.executor))
        }
        self.part = nil
    }

    private mutating func write() async throws {
        let (bytes, offset, existing, spool) = (content, fileSize, file, spool)
        start = start ?? offset
        file = try await spool.executor.run {
            let file = try existing ?? TemporaryFile(in: spool)
            try file.write(bytes, at: offset)
            return file
        }
        fileSize += bytes.readableBytes
        content = ByteBuffer()
    }
}
