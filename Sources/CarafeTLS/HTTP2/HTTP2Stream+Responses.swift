import CarafeHTTP
import CarafeServer
import HTTPTypes
import Logging
import NIOCore
import NIOHPACK
import NIOHTTP2

/// From the responder's answer to frames.
extension HTTP2Stream {
    /// Files of up to this size are read at once; longer ones piece by piece.
    private static let readFile = 64 * 1024
    /// How much content is handed on in one frame at most.
    private static let piece = 16 * 1024

    /// Sends a response that was made at once.
    func send(_ response: Response, for traits: RequestTraits) {
        if let upgrade = upgrade(of: response) { return sendUpgrade(response, upgrade, traits) }
        if let tunnel = tunnel(of: response) { return sendTunnel(response, tunnel, traits) }
        let framing = ResponseFraming(response, traits)
        guard let work = streamWork(of: response), framing.sendsContent else { return write(response, framing) }
        let exchange = Exchange(traits)
        begin(response, framing, on: exchange)
        start(exchange)
        exchange.run(
            Task.immediate(executorPreference: loop.executor) { [self, exchange = Unchecked(exchange)] in
                await stream(work, on: exchange)
            })
    }

    /// Runs the work that makes a response, on this event loop.
    func perform(_ work: @escaping Reply.Work, for traits: RequestTraits) {
        let exchange = Exchange(traits)
        answering = .working(exchange)
        start(exchange)
        exchange.run(
            Task.immediate(executorPreference: loop.executor) { [self, exchange = Unchecked(exchange)] in
                let response = await work()
                switch await loop.run({ self.answer(response, on: exchange.value) }) {
                case nil: break
                case .stream(let work): await self.stream(work, on: exchange)
                case .webSocket(let socket, let work):
                    await socket.run(work)
                    await loop.run { self.connection.running -= 1 }
                }
            })
    }

    /// What is left to do for a response whose head has been sent.
    private enum Rest {
        case stream(StreamWork)
        case webSocket(WebSocketConnection, WebSocketUpgrade.Work)
    }

    /// Sends a response that a task has made.
    private func answer(_ response: Response, on exchange: Exchange) -> Rest? {
        guard case .working(let current) = answering, current === exchange else {
            end(exchange)
            response.close(ContentInterrupted(.disconnected))
            return nil
        }
        if let upgrade = upgrade(of: response) {
            return open(response, upgrade, on: exchange).map { .webSocket($0, upgrade.work) }
        }
        if let tunnel = tunnel(of: response) { return .stream(beginTunnel(response, tunnel, on: exchange)) }
        let framing = ResponseFraming(response, exchange.traits)
        if let work = streamWork(of: response), framing.sendsContent {
            begin(response, framing, on: exchange)
            return .stream(work)
        }
        end(exchange)
        write(response, framing)
        return nil
    }

    /// Counts a handler that runs.
    func start(_ exchange: Exchange) {
        loop.counters.requestStarted()
        connection.running += 1
    }

    /// Counts the end of a handler.
    private func end(_ exchange: Exchange) {
        loop.counters.requestEnded()
        connection.running -= 1
    }

    /// What writes a response's content piece by piece.
    private func streamWork(of response: Response) -> StreamWork? {
        switch response.body.storage {
        case .stream(_, let work): work
        case .file(let file) where file.length > Self.readFile: file.write
        default: nil
        }
    }

    // MARK: - Whole responses

    /// Writes a response whose content is at hand.
    private func write(_ response: Response, _ framing: ResponseFraming) {
        var content = ByteBuffer()
        if framing.sendsContent {
            switch response.body.storage {
            case .empty, .stream, .webSocket, .tunnel: break
            case .string(let string): content.writeString(string)
            case .bytes(let bytes): content = bytes
            case .file(let file):
                do { content = try file.read() } catch {
                    loop.logger.debug("A file could not be sent: \(error)")
                    response.close(error)
                    answering = .nobody
                    return reset(.internalError)
                }
            }
        }
        if response.isWatched { self.response = response }
        writeFields(fields(of: response, framing), isEnd: content.readableBytes == 0)
        guard content.readableBytes > 0 else { return }
        answering = .sending(content)
        sendRest()
    }

    /// Writes as much of the content as the client takes.
    func sendRest() {
        while case .sending(var content) = answering {
            guard isWritable, let piece = content.readSlice(length: min(content.readableBytes, Self.piece)) else {
                break
            }
            answering = .sending(content)
            writeData(piece, isEnd: content.readableBytes == 0)
        }
        context?.flush()
    }

    /// The status, the response's own fields, and the server's.
    func fields(of response: Response, _ framing: ResponseFraming, status: Int? = nil) -> HPACKHeaders {
        var fields = HPACKHeaders()
        fields.reserveCapacity(response.headers.count + 4)
        // HTTP/2 has no upgrade, and a 1xx is no response (RFC 9113 §8.6): such a one is the application's mistake.
        let code = status ?? (response.status.code < 200 || response.status.code > 999 ? 500 : response.status.code)
        fields.add(name: ":status", value: String(code))
        HTTP2Field.forEach(of: response.headers, framing, date: loop.date.value) { name, value in
            // What is secret must not be found out by how well it compresses (RFC 7541 §7.1.3).
            fields.add(name: name, value: value, indexing: name == "set-cookie" ? .neverIndexed : .indexable)
        }
        if let name = loop.configuration.serverName, !response.headers.contains(.server) {
            fields.add(name: "server", value: name)
        }
        return fields
    }

    /// Lets the client send its content.
    func writeContinue() {
        writeFields([":status": "100"], isEnd: false)
        context?.flush()
    }

    // MARK: - Streamed responses

    /// Writes the head of a response whose content will be streamed.
    private func begin(_ response: Response, _ framing: ResponseFraming, on exchange: Exchange) {
        answering = .streaming(exchange)
        exchange.response = response
        if case .bytes(let length) = framing.length { exchange.remaining = length }
        writeFields(fields(of: response, framing), isEnd: false)
        context?.flush()
        if loop.isDraining { drain() }
    }

    /// Writes a piece of streamed content.
    ///
    /// - Returns: whether there is room for more
    func writeStreamed(_ bytes: ByteBuffer, on exchange: Exchange) throws -> Bool {
        guard case .streaming(let current) = answering, current === exchange else { throw CancellationError() }
        try exchange.claim(bytes.readableBytes)
        writeData(bytes, isEnd: false)
        context?.flush()
        return isWritable
    }

    /// Ends a streamed response; an error resets the stream, so that the client sees that it is incomplete.
    func endStream(_ exchange: Exchange, _ error: (any Error)?) {
        end(exchange)
        let response = exchange.response
        exchange.response = nil
        guard case .streaming(let current) = answering, current === exchange else {
            response?.close(error ?? ContentInterrupted(.disconnected))
            return
        }
        if let error = error ?? exchange.incompleteness {
            loop.logger.debug("A streamed response was broken off: \(error)")
            answering = .nobody
            response?.close(error)
            return reset(.internalError)
        }
        self.response = response
        writeData(ByteBuffer(), isEnd: true)
    }
}

extension ResponseFraming {
    /// How the content's end is told to the client.
    init(_ response: Response, _ traits: RequestTraits) {
        self.init(
            status: response.status, contentLength: response.body.length, method: traits.method, version: .http2)
    }
}
