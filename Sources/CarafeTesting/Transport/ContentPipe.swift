import CarafeHTTP
import NIOCore

/// Carries content from a writer to a reader, and holds the writer up while the reader does not keep pace.
final class ContentPipe: ResponseSink {
    /// The reader's side.
    let body: RequestBody

    private let demands: AsyncStream<Void>

    init(contentLength: Int? = nil) {
        let (demands, demand) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.demands = demands
        body = RequestBody(contentLength: contentLength, limit: .max) { demand.yield() }
    }

    func write(_ bytes: ByteBuffer) async throws {
        try Task.checkCancellation()
        guard case .pause = body.feed(bytes) else { return }
        for await _ in demands where body.unreadBytes < RequestBody.highWatermark { break }
        try Task.checkCancellation()
    }
}
