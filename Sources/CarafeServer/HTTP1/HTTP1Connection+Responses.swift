import CarafeHTTP
import HTTPTypes
import Logging
import NIOCore

/// The closure of a streamed response.
package typealias StreamWork = @Sendable (ResponseWriter) async throws -> Void

/// From the responder's answer to bytes.
extension HTTP1Connection {
    /// Content of up to this size is copied behind its head, so that both leave in one piece.
    private static let copiedContent = 16 * 1024
    /// Files of up to this size are read; longer ones are sent by the system.
    private static let readFile = 64 * 1024

    /// Sends a response that was made at once.
    func send(_ response: Response, for traits: RequestTraits) {
        if let work = response.upgrade(for: traits) { return sendUpgrade(response, work, traits) }
        if let tunnel = response.tunnel(for: traits) { return sendTunnel(response, tunnel, traits) }
        let framing = response.framing(for: traits)
        guard let work = streamWork(of: response), framing.sendsContent else {
            return write(response, framing, for: traits)
        }
        let exchange = Exchange(traits)
        begin(response, framing, on: exchange)
        loop.counters.requestStarted()
        exchange.run(
            Task.immediate(executorPreference: loop.executor) { [self, exchange = Unchecked(exchange)] in
                await stream(work, on: exchange)
            })
    }

    /// Makes the connection a WebSocket, and runs its handler.
    private func sendUpgrade(_ response: Response, _ upgrade: WebSocketUpgrade, _ traits: RequestTraits) {
        let exchange = Exchange(traits)
        answering = .working(exchange)
        loop.counters.requestStarted()
        guard let socket = self.upgrade(response, upgrade, on: exchange) else { return }
        exchange.run(Task.immediate(executorPreference: loop.executor) { await socket.run(upgrade.work) })
    }

    /// Makes the connection one of another protocol, and runs what carries it.
    private func sendTunnel(_ response: Response, _ tunnel: ResponseBody.Tunnel, _ traits: RequestTraits) {
        let exchange = Exchange(traits)
        loop.counters.requestStarted()
        let stream = beginTunnel(response, tunnel, on: exchange)
        exchange.run(
            Task.immediate(executorPreference: loop.executor) { [self, exchange = Unchecked(exchange)] in
                await self.stream(stream, on: exchange)
            })
    }

    /// Runs the work that makes a response, on this event loop.
    func perform(_ work: @escaping Reply.Work, for traits: RequestTraits) {
        let exchange = Exchange(traits)
        answering = .working(exchange)
        loop.counters.requestStarted()
        exchange.run(
            Task.immediate(executorPreference: loop.executor) { [self, exchange = Unchecked(exchange)] in
                let response = await work()
                switch await loop.run({ self.answer(response, on: exchange.value) }) {
                case nil: break
                case .stream(let work): await self.stream(work, on: exchange)
                case .webSocket(let connection, let work): await connection.run(work)
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
            loop.counters.requestEnded()
            response.close(ContentInterrupted(.disconnected))
            return nil
        }
        if let upgrade = response.upgrade(for: exchange.traits) {
            return self.upgrade(response, upgrade, on: exchange).map { .webSocket($0, upgrade.work) }
        }
        if let tunnel = response.tunnel(for: exchange.traits) {
            return .stream(beginTunnel(response, tunnel, on: exchange))
        }
        let framing = response.framing(for: exchange.traits)
        if let work = streamWork(of: response), framing.sendsContent {
            begin(response, framing, on: exchange)
            return .stream(work)
        }
        loop.counters.requestEnded()
        write(response, framing, for: exchange.traits)
        resume()
        return nil
    }

    /// What writes a response's content piece by piece. Over TLS that is so of large files too: the system knows nothing
    /// of the connection's keys.
    private func streamWork(of response: Response) -> StreamWork? {
        switch response.body.storage {
        case .stream(_, let work): work
        case .file(let file) where security != nil && file.length > Self.readFile: file.write
        default: nil
        }
    }

    // MARK: - Whole responses

    /// Writes a response whose content is at hand.
    private func write(_ response: Response, _ framing: ResponseFraming, for traits: RequestTraits) {
        let keepsAlive = writeHead(of: response, framing, traits)
        var error: (any Error)?
        if framing.sendsContent {
            switch response.body.storage {
            case .empty, .stream, .webSocket, .tunnel: break
            case .string(let string): loop.output.writeString(string)
            case .bytes(let bytes): write(bytes)
            case .file(let file): error = write(file)
            }
        }
        if let error {
            loop.logger.debug("A file could not be sent: \(error)")
            // The responses before it are whole; of this one the client gets the head, and sees that content is missing.
            flush()
            response.close(error)
            abort()
            return
        }
        if response.isWatched { loop.appendUnsent(response) }
        endResponse(keepsAlive: keepsAlive)
    }

    /// Writes bytes behind what there is, without a copy where they are many.
    private func write(_ bytes: ByteBuffer) {
        if bytes.readableBytes <= Self.copiedContent {
            loop.output.writeImmutableBuffer(bytes)
        } else {
            writeOutput()
            context?.write(NIOAny(bytes), promise: nil)
        }
    }

    /// Writes a file.
    ///
    /// - Returns: why it cannot be read, where it cannot
    private func write(_ file: FileBody) -> (any Error)? {
        guard file.length > 0 else { return nil }
        if file.length <= Self.readFile {
            do {
                write(try file.read())
                return nil
            } catch {
                return error
            }
        }
        guard let context else { return nil }
        writeOutput()
        let handle = NIOFileHandle(_deprecatedTakingOwnershipOfDescriptor: file.descriptor)
        let region = FileRegion(
            fileHandle: handle, readerIndex: file.offset, endIndex: file.offset + file.length)
        let promise = context.eventLoop.makePromise(of: Void.self)
        // The descriptor stays the file's own; it is open until the write is over.
        promise.futureResult.whenComplete { _ in
            withExtendedLifetime(file) { _ = try? handle.takeDescriptorOwnership() }
        }
        context.write(NIOAny(region), promise: promise)
        sentFile = file
        return nil
    }

    /// Hands the output buffer to the channel without flushing, because something else follows it.
    func writeOutput() {
        hasDirectWrites = true
        guard loop.output.readableBytes > 0 else { return }
        context?.write(NIOAny(loop.output), promise: nil)
        loop.output = ByteBuffer()
    }

    /// Writes the status line and the fields.
    ///
    /// - Returns: whether the connection goes on after the response
    private func writeHead(of response: Response, _ framing: ResponseFraming, _ traits: RequestTraits) -> Bool {
        loop.claimOutput(for: self)
        guard let name = loop.configuration.serverName, !response.headers.contains(.server) else {
            return writeHead(response.status, response.headers, framing, traits)
        }
        var headers = response.headers
        headers[.server] = name
        return writeHead(response.status, headers, framing, traits)
    }

    /// Writes the head of a 101.
    func writeUpgradeHead(of response: Response, _ traits: RequestTraits) {
        _ = writeHead(of: response, response.framing(for: traits), traits)
    }

    private func writeHead(
        _ status: HTTPResponse.Status, _ headers: Headers, _ framing: ResponseFraming, _ traits: RequestTraits
    ) -> Bool {
        loop.heads.write(
            status: status, headers: headers, framing: framing, version: traits.version,
            keepAlive: keepsAlive(after: traits), date: loop.date.value, into: &loop.output)
    }

    /// Whether the connection can go on after the response that is about to be written.
    private func keepsAlive(after traits: RequestTraits) -> Bool {
        guard traits.keepsAlive, !loop.isDraining else { return false }
        switch receiving {
        case .nothing: return false
        case .head: return !(isInputClosed && parser.isIdle)
        case .content(let content): return content.isWorthFinishing(limit: loop.configuration.lingerLimit)
        case .rest: return true
        }
    }

    /// The response has been written: takes the next request, or none.
    private func endResponse(keepsAlive: Bool) {
        answering = .nothing
        guard keepsAlive else { return beginClosing() }
        if case .content(let content) = receiving {
            content.body.fail(ContentInterrupted(.disconnected))
            receiving = .rest(loop.configuration.lingerLimit)
            setDeadline(.rest, in: loop.timeouts.linger)
        }
    }

    // MARK: - Streamed responses

    /// Writes the head of a response whose content will be streamed.
    private func begin(_ response: Response, _ framing: ResponseFraming, on exchange: Exchange) {
        answering = .streaming(exchange)
        exchange.response = response
        exchange.framing = framing.length
        if case .bytes(let length) = framing.length { exchange.remaining = length }
        exchange.keepsAlive = writeHead(of: response, framing, exchange.traits)
        if loop.isDraining { drain() }
    }

    /// Writes a piece of streamed content.
    ///
    /// - Returns: whether there is room for more
    func writeStreamed(_ bytes: ByteBuffer, on exchange: Exchange) throws -> Bool {
        guard case .streaming(let current) = answering, current === exchange else { throw CancellationError() }
        try exchange.claim(bytes.readableBytes)
        loop.claimOutput(for: self)
        if case .chunked = exchange.framing {
            HTTP1Serializer.writeChunk(bytes, into: &loop.output)
        } else {
            loop.output.writeImmutableBuffer(bytes)
        }
        if loop.output.readableBytes >= Self.copiedContent { flush() }
        return isWritable
    }

    /// Ends a streamed response; an error breaks the connection off, so that the client sees that it is incomplete.
    func endStream(_ exchange: Exchange, _ error: (any Error)?) {
        loop.counters.requestEnded()
        let response = exchange.response
        exchange.response = nil
        guard case .streaming(let current) = answering, current === exchange else {
            response?.close(error ?? ContentInterrupted(.disconnected))
            return
        }
        if let error = error ?? exchange.incompleteness {
            loop.logger.debug("A streamed response was broken off: \(error)")
            answering = .nothing
            flush()
            response?.close(error)
            if case .unstated = exchange.framing { reset() } else { abort() }
            return
        }
        loop.claimOutput(for: self)
        if case .chunked = exchange.framing { HTTP1Serializer.writeLastChunk(into: &loop.output) }
        if let response, response.isWatched { loop.appendUnsent(response) }
        endResponse(keepsAlive: exchange.keepsAlive)
        resume()
    }

    /// Lets the writers go on for which the client has made room.
    func resumeWriters() {
        if case .streaming(let exchange) = answering { exchange.resumeWriters() }
    }
}

extension Response {
    /// How the content's end is told to the client.
    fileprivate func framing(for traits: RequestTraits) -> ResponseFraming {
        ResponseFraming(status: status, contentLength: body.length, method: traits.method, version: traits.version)
    }
}

/// A streamed response that wrote more or less than the length it was declared with.
package struct StreamLengthMismatch: Error, CustomStringConvertible {
    package init() {}

    package var description: String { "The stream did not write as many bytes as the length it was declared with." }
}
