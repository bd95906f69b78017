/// The output of a template in chunks, while it is rendered: the reader has the head of a page before its end is made.
///
/// ```swift
/// for try await chunk in stream { try await connection.write(chunk) }
/// ```
///
/// The render starts with the first chunk that is asked for and never runs further ahead than a few chunks. It ends early when
/// the reader does: when its task is cancelled, or when it stops reading and lets go of the iterator. Each iteration is a render
/// of its own. While a reader is slow, a thread of ``RenderThreads`` waits for it: a server should have a timeout for sending.
public struct TemplateStream: AsyncSequence, Sendable {
    /// Hands on a chunk of output, and waits while too many are unread.
    typealias Write = (_ chunk: [UInt8]) throws -> Void

    private let unreadLimit: Int
    private let threads: RenderThreads
    private let render: @Sendable (Write) throws -> Void

    /// A stream of what `render` writes.
    ///
    /// - Parameter unreadLimit: how many chunks may be written before one is read
    init(
        unreadLimit: Int = 4, threads: RenderThreads = .shared, _ render: @escaping @Sendable (Write) throws -> Void
    ) {
        self.unreadLimit = unreadLimit
        self.threads = threads
        self.render = render
    }

    /// The output as text, each chunk of whole code points.
    public var text: TextStream { TextStream(stream: self) }

    /// Starts a render with its first chunk.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(RenderJob(unreadLimit: unreadLimit) { job in try render(job.write) }, threads)
    }

    /// Reads a stream.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let reader: Reader

        fileprivate init(_ job: RenderJob, _ threads: RenderThreads) { reader = Reader(job, threads) }

        /// The next chunk, or nil after the last one.
        ///
        /// - Throws: what the render throws; `CancellationError` where the task is cancelled
        public mutating func next() async throws -> [UInt8]? { try await reader.next() }
    }

    /// Ends the render when nobody reads any more.
    private final class Reader {
        private let job: RenderJob
        private let threads: RenderThreads
        private var hasStarted = false
        private var hasEnded = false

        init(_ job: RenderJob, _ threads: RenderThreads) {
            self.job = job
            self.threads = threads
        }

        deinit { job.cancel() }

        func next() async throws -> [UInt8]? {
            guard !hasEnded else { return nil }
            let isFirst = !hasStarted
            hasStarted = true
            // Stays true where this throws.
            hasEnded = true
            let chunk = try await Self.chunk(of: job, startingOn: isFirst ? threads : nil)
            hasEnded = chunk == nil
            return chunk
        }

        private static func chunk(of job: RenderJob, startingOn threads: RenderThreads?) async throws -> [UInt8]? {
            try await withTaskCancellationHandler {
                try threads?.start(job)
                while let event = try await job.nextEvent() {
                    switch event {
                    case .chunk(let chunk): return chunk
                    case .operation(let operation): await RenderThreads.serve(operation)
                    }
                }
                return nil
            } onCancel: {
                job.cancel()
            }
        }
    }
}

extension TemplateStream {
    /// The output of a template as text.
    public struct TextStream: AsyncSequence, Sendable {
        fileprivate let stream: TemplateStream

        /// Starts a render with its first text.
        public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(chunks: stream.makeAsyncIterator()) }

        /// Reads a stream of text.
        public struct AsyncIterator: AsyncIteratorProtocol {
            fileprivate var chunks: TemplateStream.AsyncIterator
            /// The beginning of a code point whose end is in the next chunk.
            private var rest: [UInt8] = []

            fileprivate init(chunks: TemplateStream.AsyncIterator) { self.chunks = chunks }

            /// The next text, which is not empty, or nil after the last one.
            public mutating func next() async throws -> String? {
                while let chunk = try await chunks.next() {
                    var bytes = rest + chunk
                    rest = []
                    let whole = Self.wholeCount(bytes)
                    rest = Array(bytes[whole...])
                    bytes.removeLast(bytes.count - whole)
                    if !bytes.isEmpty { return String(decoding: bytes, as: UTF8.self) }
                }
                defer { rest = [] }
                return rest.isEmpty ? nil : String(decoding: rest, as: UTF8.self)
            }

            /// How many bytes there are up to a code point that is not whole.
            private static func wholeCount(_ bytes: [UInt8]) -> Int {
                for back in 1...3 where back <= bytes.count {
                    let byte = bytes[bytes.count - back]
                    if byte & 0xC0 == 0x80 { continue }
                    let length = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
                    return length > back ? bytes.count - back : bytes.count
                }
                return bytes.count
            }
        }
    }
}
