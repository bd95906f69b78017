public import NIOCore
import Synchronization

/// Takes the bytes of a streamed response.
///
/// ```swift
/// Response(body: .stream { writer in
///     for try await row in rows { try await writer.write(row.csv) }
/// })
/// ```
public struct ResponseWriter: Sendable {
    private let sink: any ResponseSink

    package init(_ sink: any ResponseSink) { self.sink = sink }

    /// Sends bytes and waits until there is room for more.
    ///
    /// - Throws: `CancellationError` where the client has gone away.
    public func write(_ bytes: ByteBuffer) async throws {
        guard bytes.readableBytes > 0 else { return }
        try await sink.write(bytes)
    }

    /// Sends bytes and waits until there is room for more.
    ///
    /// - Throws: `CancellationError` where the client has gone away.
    public func write(_ bytes: [UInt8]) async throws { try await write(ByteBuffer(bytes: bytes)) }

    /// Sends the UTF-8 of a string and waits until there is room for more.
    ///
    /// - Throws: `CancellationError` where the client has gone away.
    public func write(_ string: String) async throws {
        try await write(ByteBuffer(string: string))
    }
}

/// What stands behind a ``ResponseWriter``: a connection, or memory.
package protocol ResponseSink: Sendable {
    func write(_ bytes: ByteBuffer) async throws
}

/// Keeps what is written.
final class CollectingWriter: ResponseSink {
    private let storage = Mutex(ByteBuffer())
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    var bytes: ByteBuffer { storage.withLock { $0 } }

    func write(_ bytes: ByteBuffer) async throws {
        try storage.withLock {
            guard $0.readableBytes + bytes.readableBytes <= limit else { throw ContentTooLarge(limit: limit) }
            $0.writeImmutableBuffer(bytes)
        }
    }
}
