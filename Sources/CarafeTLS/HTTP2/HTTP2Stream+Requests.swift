import CarafeHTTP
import CarafeServer
import HTTPTypes
import Logging
import NIOCore
import NIOHPACK
import NIOHTTP2

/// From received frames to the responder.
extension HTTP2Stream {
    func receive(_ frame: HTTP2Frame.FramePayload.Headers) {
        if frame.endStream { isRequestComplete = true }
        guard case .head = receiving else { return receiveTrailers(frame.headers) }
        receiving = .begun(frame.headers)
    }

    func receive(_ frame: HTTP2Frame.FramePayload.Data) {
        guard case .byteBuffer(let bytes) = frame.data else { return }
        if frame.endStream { isRequestComplete = true }
        switch receiving {
        case .begun: early.writeImmutableBuffer(bytes)
        case .content(let content):
            if bytes.readableBytes > 0 { content.feed(bytes, now: loop.now) }
            if content.isPaused { setReading(false) }
            if frame.endStream { finish(content, trailers: nil) }
        case .head, .nothing: receiveForSocket(bytes, isEnd: frame.endStream)
        }
    }

    private func receiveTrailers(_ fields: HPACKHeaders) {
        do throws(HTTP2RequestHead.Refusal) {
            let trailers = try HTTP2Field.trailers(
                fields.lazy.map { ($0.name, $0.value) }, limits: loop.configuration.limits)
            switch receiving {
            case .begun: earlyTrailers = trailers
            case .content(let content): finish(content, trailers: trailers)
            case .head, .nothing: break
            }
        } catch {
            if case .content(let content) = receiving { content.body.fail(ContentInterrupted(.malformed)) }
            reset(.protocolError)
        }
    }

    private func finish(_ content: IncomingContent, trailers: Headers?) {
        content.body.finish(trailers: trailers)
        receiving = .nothing
    }

    /// Has the request answered.
    func begin(_ fields: HPACKHeaders) {
        receiving = .nothing
        // What has been cancelled still costs until it has ended.
        guard connection.hasRoom else { return reset(.refusedStream) }
        do throws(HTTP2RequestHead.Refusal) {
            var reader = HTTP2RequestHead(limits: loop.configuration.limits)
            for field in fields { try reader.note(field.name, field.value) }
            respond(to: try reader.head(endsStream: isRequestComplete && early.readableBytes == 0))
        } catch {
            switch error {
            case .malformed(let reason):
                loop.logger.debug("A request was refused: \(reason)")
                reset(.protocolError)
            case .refused(let error):
                loop.logger.debug("A request was refused: \(error)")
                let isHead = fields.first(name: ":method")?.utf8.elementsEqual("HEAD".utf8) ?? false
                refuse(status: error.status, reason: error.reason, to: isHead ? .unknownHead : .unknown)
            }
        }
    }

    private func respond(to head: RequestHead) {
        let traits = RequestTraits(head)
        if case .contentLength(let length) = head.framing, length > loop.configuration.maxContentLength {
            return refuse(status: .contentTooLarge, reason: "The content is larger than the limit.", to: traits, head)
        }
        // What comes now belongs to the socket, which has yet to agree.
        if head.isExtendedConnect { setReading(false) }
        let request = Request(head: head, body: receiveContent(of: head), connection: connection.info)
        switch loop.responder.respond(to: request) {
        case .now(let response): send(response, for: traits)
        case .later(let work):
            // A task is born with its creator's values: binding one within the task would cost four more switches.
            CurrentRequest.$request.withValue(request) { perform(work, for: traits) }
        }
    }

    /// The content of a request: complete where all of it has been received, else a stream of what will arrive.
    private func receiveContent(of head: RequestHead) -> RequestBody {
        guard head.framing != .none else { return RequestBody() }
        let limit = loop.configuration.maxContentLength
        if isRequestComplete, earlyTrailers == nil, early.readableBytes <= limit {
            defer { early = ByteBuffer() }
            return RequestBody(early)
        }
        let length: Int? = if case .contentLength(let length) = head.framing { length } else { nil }
        let body = RequestBody(contentLength: length, limit: limit) { [self] in
            loop.eventLoop.execute { self.contentWasDemanded() }
        }
        let content = IncomingContent(
            body: body, declaredLength: length, expectation: head.expectsContinue ? .waiting : .none, now: loop.now)
        receiving = .content(content)
        if early.readableBytes > 0 { content.feed(early, now: loop.now) }
        early = ByteBuffer()
        if isRequestComplete { finish(content, trailers: earlyTrailers) }
        if content.isPaused { setReading(false) }
        return body
    }

    /// The application reads the content: lets the client send it (RFC 9110 §10.1.1), and goes on reading.
    func contentWasDemanded() {
        guard case .content(let content) = receiving else { return }
        if case .waiting = content.expectation, case .working = answering {
            content.expectation = .told
            content.restartClock(now: loop.now)
            writeContinue()
        }
        if content.isPaused {
            content.isPaused = false
            content.restartClock(now: loop.now)
            setReading(true)
        }
    }

    /// Answers instead of the application.
    private func refuse(
        status: HTTPResponse.Status, reason: String, to traits: RequestTraits, _ head: RequestHead? = nil
    ) {
        let answer = Response.refusal(status, reason)
        loop.configuration.onRefusal?(RefusedRequest(head: head, connection: connection.info, answer: answer))
        send(answer, for: traits)
    }

    /// Reads while there is somebody to take what comes; the window closes while there is not.
    func setReading(_ wanted: Bool) {
        try? context?.channel.syncOptions?.setOption(.autoRead, value: wanted)
        if wanted { context?.read() }
    }
}
