import Carafe
import CarafeHTTP
import CarafeServer
import NIOCore
import NIOPosix

/// Hands requests to the app as a server does, on an event loop, without a socket in between.
struct InMemoryTransport: Transport {
    let responder: any Responder
    let eventLoop: any EventLoop
    let executor: LoopExecutor
    let limits: HTTP1Limits

    /// - Parameter limits: those that the app's server would keep to
    init(_ responder: any Responder, limits: HTTP1Limits) {
        self.responder = responder
        self.limits = limits
        eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        executor = LoopExecutor(eventLoop)
    }

    func send(_ message: TestMessage) async throws -> IncomingResponse {
        let (body, sender) = requestBody(message.content)
        let request: Request
        do {
            request = try message.request(body: body, limits: limits, eventLoop: eventLoop)
        } catch let error as HTTP1Error {
            sender?.cancel()
            return refusal(error)
        }
        let answering = Task(executorPreference: executor) { [responder] in
            await responder.respond(to: request).response
        }
        let response = await withTaskCancellationHandler {
            await answering.value
        } onCancel: {
            answering.cancel()
        }
        return receive(response, request, sender)
    }

    /// The request's content, and the task that writes it, where it is a stream.
    private func requestBody(_ content: TestContent.Storage) -> (RequestBody, Task<Void, Never>?) {
        switch content {
        case .none: return (RequestBody(), nil)
        case .bytes(let bytes): return (RequestBody(bytes), nil)
        case .stream(let produce):
            let pipe = ContentPipe()
            let sender = Task {
                do {
                    try await produce { try await pipe.write($0) }
                    pipe.body.finish()
                } catch {
                    pipe.body.fail(ContentInterrupted(.disconnected))
                }
            }
            return (pipe.body, sender)
        }
    }

    /// Begins to take a response's content.
    func receive(_ response: Response, _ request: Request, _ sender: Task<Void, Never>?) -> IncomingResponse {
        let framing = ResponseFraming(
            status: response.status, contentLength: response.body.length, method: request.method, version: .http11)
        var headers = response.headers
        if case .bytes(let length) = framing.length { headers[.contentLength] = String(length) }
        let pipe = ContentPipe()
        let writing = Task(executorPreference: executor) {
            do {
                if framing.sendsContent { try await Self.write(response.body, to: pipe) }
                pipe.body.finish()
                response.close()
            } catch {
                pipe.body.fail(error)
                response.close(error)
            }
        }
        return IncomingResponse(status: response.status, headers: headers, body: pipe.body, request: request) {
            writing.cancel()
            sender?.cancel()
            await writing.value
        }
    }

    private static func write(_ body: ResponseBody, to pipe: ContentPipe) async throws {
        if case .stream(_, let work) = body.storage {
            try await work(ResponseWriter(pipe))
        } else {
            try await pipe.write(try await body.collect())
        }
    }

    /// What a server answers to a request that it does not let through.
    func refusal(_ error: HTTP1Error) -> IncomingResponse {
        let text = "\(error.status.code) \(error.status.reasonPhrase)\n\(error.reason)\n"
        let response = Response(text, status: error.status)
        return IncomingResponse(
            status: response.status, headers: response.headers, body: RequestBody(ByteBuffer(string: text)),
            request: nil, end: {})
    }
}

/// A request whose head has no end: a test gave a header field that is none.
struct IncompleteRequest: Error, CustomStringConvertible {
    let description = "The request's head is incomplete."
}

extension TestMessage {
    /// The request as the server's parser reads it.
    func request(
        body: RequestBody, limits: HTTP1Limits = HTTP1Limits(),
        eventLoop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next()
    ) throws -> Request {
        var bytes = ByteBuffer(string: "\(method.rawValue) \(url.target) HTTP/1.1\r\n")
        for (name, value) in sentHeaders { bytes.writeString("\(name): \(value)\r\n") }
        bytes.writeString("\r\n")
        var parser = HTTP1Parser(limits: limits, isSecured: url.scheme == "https")
        parser.append(bytes)
        guard case .head(let head)? = try parser.next() else { throw IncompleteRequest() }
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: 0)
        let connection = ConnectionInfo(
            remoteAddress: address, localAddress: address, scheme: url.scheme, eventLoop: eventLoop)
        return Request(head: head, body: body, connection: connection)
    }
}
