import CarafeHTTP
import NIOCore

/// Carries something to a task that runs on the same event loop.
///
/// `@unchecked Sendable`: the value is used on its connection's event loop only.
package struct Unchecked<Value>: @unchecked Sendable {
    package let value: Value

    package init(_ value: Value) { self.value = value }
}

/// What a streamed response is written to: a connection, or a stream of one.
package protocol ResponseCarrier: AnyObject, Sendable {
    var loop: ConnectionLoop { get }
    /// Whether the client has taken enough of what was written before.
    var isWritable: Bool { get }
    /// Writes a piece of streamed content.
    ///
    /// - Returns: whether there is room for more
    func writeStreamed(_ bytes: ByteBuffer, on exchange: Exchange) throws -> Bool
    /// Ends streamed content; an error lets the client see that it is incomplete.
    func endStream(_ exchange: Exchange, _ error: (any Error)?)
}

extension ResponseCarrier {
    /// Runs the work that writes a response's content.
    package nonisolated(nonsending) func stream(_ work: StreamWork, on exchange: Unchecked<Exchange>) async {
        do {
            try await work(ResponseWriter(ResponseStream(self, exchange)))
            await loop.run { self.endStream(exchange.value, nil) }
        } catch {
            await loop.run { self.endStream(exchange.value, error) }
        }
    }
}

/// Writes streamed content to a connection, and holds its writer up while the client does not keep pace.
package struct ResponseStream<Connection: ResponseCarrier>: ResponseSink {
    private let connection: Connection
    private let exchange: Unchecked<Exchange>

    package init(_ connection: Connection, _ exchange: Unchecked<Exchange>) {
        self.connection = connection
        self.exchange = exchange
    }

    private var eventLoop: any EventLoop { connection.loop.eventLoop }

    /// How many bytes a writer on the event loop writes until the loop looks after its other connections. A client that takes
    /// as fast as it is given would keep the loop for itself.
    private static var turn: Int { 1 << 20 }
    /// So short a time that it costs little, and long enough that the loop finds nothing due and looks for events.
    private static var pause: TimeAmount { .microseconds(50) }

    package func write(_ bytes: ByteBuffer) async throws {
        try Task.checkCancellation()
        guard eventLoop.inEventLoop else {
            let hasRoom = try await hop { try connection.writeStreamed(bytes, on: exchange.value) }
            if !hasRoom { try await waitForRoom() }
            return
        }
        exchange.value.writtenInTurn += bytes.readableBytes
        if try !connection.writeStreamed(bytes, on: exchange.value) {
            try await waitForRoom()
        } else if exchange.value.writtenInTurn >= Self.turn {
            await endTurn()
        } else {
            return
        }
        await connection.loop.run { exchange.value.writtenInTurn = 0 }
    }

    /// Lets the event loop look for what else there is.
    private func endTurn() async {
        await withCheckedContinuation { continuation in
            // It is also resumed where the loop ends.
            eventLoop.scheduleTask(in: Self.pause) {}.futureResult.whenComplete { _ in continuation.resume() }
        }
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
