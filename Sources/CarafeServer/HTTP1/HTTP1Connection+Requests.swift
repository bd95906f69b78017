import CarafeHTTP
import HTTPTypes
import Logging
import NIOCore

/// From received bytes to the responder.
extension HTTP1Connection {
    /// How much output gathers before it is flushed within one read.
    private static let outputLimit = 64 * 1024

    /// Works off what has been received, until more bytes, an answer or the client must be waited for.
    func advance() {
        guard !isAdvancing else { return }
        isAdvancing = true
        defer { isAdvancing = false }
        do {
            while case .open = stage {
                switch receiving {
                case .head:
                    guard case .nothing = answering else { return }
                    if loop.output.readableBytes > Self.outputLimit || hasDirectWrites { flush() }
                    guard isWritable, let head = try parser.nextHead() else { return }
                    try start(head)
                case .content(let content):
                    switch try parser.next() {
                    case .body(let bytes): content.feed(bytes, now: loop.now)
                    case .end(let trailers):
                        content.body.finish(trailers: trailers)
                        receiving = .head
                    case .head, nil: return
                    }
                case .rest(let allowance):
                    switch try parser.next() {
                    case .body(let bytes):
                        receiving = .rest(allowance - bytes.readableBytes)
                        if bytes.readableBytes > allowance { beginClosing() }
                    case .end: receiving = .head
                    case .head, nil: return
                    }
                case .nothing: return
                }
            }
        } catch {
            refuse(error)
        }
    }

    /// Has a request answered.
    private func start(_ head: RequestHead) throws(HTTP1Error) {
        deadlineKind = .none
        hasServed = true
        loop.served &+= 1
        if case .contentLength(let length) = head.framing, length > loop.configuration.maxContentLength {
            refuse(status: .contentTooLarge, reason: "The content is larger than the limit.", to: head)
            return
        }
        let body = try receiveContent(of: head)
        let traits = RequestTraits(head)
        let request = Request(head: head, body: body, connection: info)
        switch responder.respond(to: request) {
        case .now(let response): send(response, for: traits)
        case .later(let work):
            // A task is born with its creator's values: binding one within the task would cost four more switches.
            CurrentRequest.$request.withValue(request) { perform(work, for: traits) }
        }
    }

    /// The content of a request: complete where all of it has been received, else a stream of what will arrive.
    private func receiveContent(of head: RequestHead) throws(HTTP1Error) -> RequestBody {
        if head.framing == .none {
            parser.endWithoutContent()
            return Self.noContent
        }
        let limit = loop.configuration.maxContentLength
        var received = ByteBuffer()
        loop: while let event = try parser.next() {
            switch event {
            case .body(var bytes):
                if received.readableBytes == 0 { received = bytes } else { received.writeBuffer(&bytes) }
            case .end(let trailers):
                if trailers == nil, received.readableBytes <= limit {
                    return received.readableBytes == 0 ? Self.noContent : RequestBody(received)
                }
                let body = RequestBody(contentLength: nil, limit: limit, demand: {})
                _ = body.feed(received)
                body.finish(trailers: trailers)
                return body
            case .head: break loop
            }
        }
        let length: Int? = if case .contentLength(let length) = head.framing { length } else { nil }
        let body = RequestBody(contentLength: length, limit: limit) { [self] in
            loop.eventLoop.execute { self.contentWasDemanded() }
        }
        let content = IncomingContent(
            body: body, declaredLength: length, expectation: head.expectsContinue ? .waiting : .none, now: loop.now)
        if received.readableBytes > 0 { content.feed(received, now: loop.now) }
        receiving = .content(content)
        return body
    }

    /// The body of every request without content; it holds nothing that could change.
    private static let noContent = RequestBody()

    /// The application reads the content: lets the client send it (RFC 9110 §10.1.1), and goes on reading.
    func contentWasDemanded() {
        guard case .open = stage, case .content(let content) = receiving else { return }
        if case .waiting = content.expectation, case .working = answering {
            content.expectation = .told
            content.restartClock(now: loop.now)
            loop.claimOutput(for: self)
            HTTP1Serializer.writeContinue(into: &loop.output)
        }
        if content.isPaused {
            content.isPaused = false
            content.restartClock(now: loop.now)
        }
        resume()
    }

    // MARK: - Refusing

    /// Answers a request whose form is refused.
    private func refuse(_ error: HTTP1Error) {
        loop.logger.debug("A request was refused: \(error)")
        switch receiving {
        case .content(let content):
            // Its reader is told, and answers; no further request is taken.
            content.body.fail(ContentInterrupted(.malformed))
            receiving = .nothing
        case .rest: beginClosing()
        case .head, .nothing: refuse(status: error.status, reason: error.reason)
        }
    }

    /// Answers instead of the application, and closes.
    func refuse(status: HTTPResponse.Status, reason: String, to head: RequestHead? = nil) {
        receiving = .nothing
        let answer = Response.refusal(status, reason)
        loop.configuration.onRefusal?(RefusedRequest(head: head, connection: info, answer: answer))
        send(answer, for: head.map { RequestTraits($0) } ?? .unknown)
    }
}
