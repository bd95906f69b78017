internal import HTTPTypes
package import NIOCore
import Synchronization

/// The socket as its connection sees it: bytes in, bytes out.
extension WebSocket {
    /// Sets how the connection is asked to look at the socket, from any thread. What it then does begins with
    /// ``beginService()``.
    package func attach(_ service: @escaping @Sendable () -> Void) {
        state.withLock { $0.service = service }
    }

    /// Begins the connection's look at the socket: from now on it wants to be asked again. What was held up is looked at
    /// as far as there is room for it.
    package func beginService() {
        let waiters = state.withLock { state in
            state.isServiceRequested = false
            state.advance()
            return state.takeDueWaiters()
        }
        resume(waiters)
    }

    /// Gives the socket what has been received.
    package func receive(_ bytes: ByteBuffer) {
        let waiters = state.withLock { state in
            state.receive(bytes)
            return state.takeDueWaiters()
        }
        resume(waiters)
    }

    /// What is to be sent; nil for nothing. Tasks that wait for room go on.
    package func takeOutput() -> ByteBuffer? {
        let (output, waiters) = state.withLock { state in
            var output = state.takeOutput()
            // Room for answers may let more input be looked at, which makes more output.
            state.advance()
            if var more = state.takeOutput() {
                output?.writeBuffer(&more)
                output = output ?? more
            }
            return (output, state.takeDueWaiters())
        }
        resume(waiters)
        return output
    }

    /// Whether the connection should read on.
    package var wantsInput: Bool { state.withLock { $0.wantsInput } }

    /// Whether nothing more will come or go: the connection is closed when the output has left.
    package var isOver: Bool { state.withLock { $0.isOver } }

    /// Whether one side has told of the end and the other has yet to agree.
    package var isClosing: Bool { state.withLock { $0.isEnding } }

    /// A number that changes with every message.
    package var activity: UInt64 { state.withLock { $0.activity } }

    /// Asks the other side for a sign of life.
    package func ping() {
        let service = state.withLock { state in
            state.writePing()
            return state.requestService()
        }
        service?()
    }

    /// Tells the other side of the end, without waiting for it to agree. Nothing happens where that has begun.
    package func beginClosing(_ code: WebSocketCloseCode, _ reason: String = "") {
        let (service, waiters) = state.withLock { state in
            state.close(code, reason)
            return (state.requestService(), state.takeDueWaiters())
        }
        service?()
        resume(waiters)
    }

    /// Tells the socket that its connection is gone.
    package func disconnected() {
        let waiters = state.withLock { state in
            state.disconnect()
            state.service = nil
            return state.takeDueWaiters()
        }
        resume(waiters)
    }

    /// What becomes of a frame that is offered.
    package enum OfferResult: Sendable { case taken, full, closed }

    /// Sends a server's frame that was made for many, if that takes no waiting.
    package func offer(frame: ByteBuffer) -> OfferResult {
        let (result, service): (OfferResult, (@Sendable () -> Void)?) = state.withLock { state in
            guard state.isOpen else { return (.closed, nil) }
            guard state.output.readableBytes < options.offerLimit else { return (.full, nil) }
            state.write(frame: frame)
            return (.taken, state.requestService())
        }
        service?()
        return result
    }
}

/// What takes a connection over once its response, 101, has been sent.
package struct WebSocketUpgrade: Sendable {
    /// Uses the socket until it returns; run as a task on the connection's event loop.
    package typealias Work = nonisolated(nonsending) @Sendable (WebSocket) async -> Void

    package let subprotocol: String?
    package let options: WebSocketOptions
    package let deflate: WebSocketDeflate?
    package let work: Work

    /// The socket, which a connection then feeds.
    package func makeSocket() -> WebSocket {
        WebSocket(role: .server, subprotocol: subprotocol, options: options, deflate: deflate)
    }
}

extension Response {
    /// The response that agrees to a handshake; the connection then is a WebSocket.
    package static func webSocket(
        to offer: WebSocketHandshake.Offer, subprotocols: [String], options: WebSocketOptions,
        _ work: @escaping WebSocketUpgrade.Work
    ) -> Response {
        let agreement = WebSocketHandshake.agree(
            to: offer, subprotocols: subprotocols, compression: options.compression)
        return Response(
            status: .switchingProtocols, headers: agreement.headers,
            body: ResponseBody(
                .webSocket(
                    WebSocketUpgrade(
                        subprotocol: agreement.subprotocol, options: options, deflate: agreement.deflate, work: work))))
    }
}
