import CarafeHTTP
import NIOCore

/// Carries something to a task that runs on the same event loop.
///
/// `@unchecked Sendable`: the value is used on its connection's event loop only.
struct Unchecked<Value>: @unchecked Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
}

/// Writes streamed content to a connection, and holds its writer up while the client does not keep pace.
struct ResponseStream: ResponseSink {
    private let connection: HTTP1Connection
    private let exchange: Unchecked<Exchange>

    init(_ connection: HTTP1Connection, _ exchange: Unchecked<Exchange>) {
        self.connection = connection
        self.exchange = exchange
    }

    private var eventLoop: any EventLoop { connection.loop.eventLoop }

    func write(_ bytes: ByteBuffer) async throws {
        try Task.checkCancellation()
        let hasRoom =
            if eventLoop.inEventLoop {
                try connection.writeStreamed(bytes, on: exchange.value)
            } else {
                try await hop { try connection.writeStreamed(bytes, on: exchange.value) }
            }
        if !hasRoom { try await waitForRoom() }
    }

    private func waitForRoom() async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if eventLoop.inEventLoop {
                    hold(continuation)
                } else {
                    eventLoop.execute { hold(continuation) }
                }
            }
        } onCancel: {
            eventLoop.execute { exchange.value.resumeWriters(throwing: CancellationError()) }
        }
    }

    /// Holds the writer up, unless there is room by now.
    private func hold(_ writer: CheckedContinuation<Void, any Error>) {
        if connection.isWritable { writer.resume() } else { exchange.value.hold(writer) }
    }

    /// Runs `body` on the event loop, for a writer that is elsewhere.
    private func hop<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            eventLoop.execute { continuation.resume(with: Swift.Result { try body() }) }
        }
    }
}
