import Carafe
import CarafeHTTP
import CarafeServer
import NIOCore

/// Two ends of a WebSocket, and nothing but memory between them.
final class InMemoryWebSocket: Sendable {
    private let server: WebSocket
    private let client: WebSocket
    private let eventLoop: any EventLoop

    /// Connects a client with the handler that an app's response brought.
    static func open(
        _ upgrade: WebSocketUpgrade, _ response: Response, _ request: Request, _ handshake: ClientHandshake,
        on eventLoop: any EventLoop, _ executor: LoopExecutor
    ) throws -> OpenWebSocket {
        let client = try handshake.makeSocket(response.headers)
        let pair = InMemoryWebSocket(server: upgrade.makeSocket(), client: client, eventLoop)
        let server = pair.server
        let handling = Task(executorPreference: executor) {
            await upgrade.work(server)
            server.beginClosing(.normal)
            response.close(server.closeCode == .abnormal ? ContentInterrupted(.disconnected) : nil)
        }
        return OpenWebSocket(socket: client, headers: response.headers) {
            server.disconnected()
            client.disconnected()
        } finish: {
            let grace = Task {
                try await Task.sleep(for: upgrade.options.handlerGrace)
                handling.cancel()
            }
            await handling.value
            grace.cancel()
        }
    }

    private init(server: WebSocket, client: WebSocket, _ eventLoop: any EventLoop) {
        self.server = server
        self.client = client
        self.eventLoop = eventLoop
        for end in [server, client] { end.attach { eventLoop.execute { self.service() } } }
    }

    /// Carries what there is from end to end, while the other end takes it.
    private func service() {
        server.beginService()
        client.beginService()
        var hasMoved = true
        while hasMoved {
            hasMoved = Self.move(from: server, to: client)
            if Self.move(from: client, to: server) { hasMoved = true }
        }
    }

    private static func move(from sender: WebSocket, to receiver: WebSocket) -> Bool {
        guard receiver.wantsInput || receiver.isOver, let bytes = sender.takeOutput() else { return false }
        receiver.receive(bytes)
        return true
    }
}

extension InMemoryTransport {
    func openWebSocket(_ message: TestMessage, _ handshake: ClientHandshake) async throws -> WebSocketAnswer {
        let request: Request
        do {
            request = try message.request(body: RequestBody(), limits: limits, eventLoop: eventLoop)
        } catch let error as HTTP1Error {
            return .refused(refusal(error))
        }
        let response = await Task(executorPreference: executor) { [responder] in
            await responder.respond(to: request).response
        }.value
        guard case .webSocket(let upgrade) = response.body.storage, response.status == .switchingProtocols else {
            return .refused(receive(response, request, nil))
        }
        return .opened(try InMemoryWebSocket.open(upgrade, response, request, handshake, on: eventLoop, executor))
    }
}
