package import HTTPTypes
package import NIOCore

/// Parses the responses of one HTTP/1 connection (RFC 9112), as a client or a proxy receives them: bytes in, events out, no
/// sockets.
///
/// It has the grammar of ``HTTP1Parser`` and is as strict: a response that two readers could take in two ways is refused, so that
/// none can be smuggled past whoever passes it on.
package struct HTTP1ResponseParser: Sendable {
    /// A part of a response.
    package enum Event: Sendable {
        /// An interim response (1xx); others follow.
        case informational(status: Int)
        /// Everything before the content.
        case head(ResponseHead)
        /// Some of the content, never empty.
        case body(ByteBuffer)
        /// The end of the response. Trailer fields are left out.
        case end
    }

    private enum Phase {
        /// No request waits for an answer.
        case idle
        case head
        case content(remaining: Int)
        case chunks
        case toTheEnd
        case ending
        /// What follows is not HTTP.
        case upgraded
        case failed(MalformedResponse)
    }

    private let limits: HTTP1Limits
    private var phase = Phase.idle
    private var buffer = ByteBuffer()
    private var head = ResponseHeadParser()
    private var chunks = ChunkedContent()
    private var method = HTTPRequest.Method.get
    private var informational = 0

    /// The most interim responses before a response.
    package static let mostInformational = 16

    /// More than requests may have: a server's fields are its application's, which sets cookies and policies of any length.
    package static let usualLimits: HTTP1Limits = {
        var limits = HTTP1Limits()
        (limits.field, limits.section, limits.fields) = (16 * 1024, 64 * 1024, 200)
        return limits
    }()

    /// A parser for a new connection.
    package init(limits: HTTP1Limits = Self.usualLimits) { self.limits = limits }

    /// Tells that a request is sent, whose response comes next.
    package mutating func expectResponse(to method: HTTPRequest.Method) {
        guard case .idle = phase else { return }
        self.method = method
        informational = 0
        phase = .head
    }

    /// Whether no response is expected or under way, and nothing has arrived that nobody asked for.
    package var isIdle: Bool {
        if case .idle = phase { return buffer.readableBytes == 0 }
        return false
    }

    /// The bytes that have not been consumed: after an upgrade, the first of what follows.
    package var unconsumed: ByteBuffer { buffer }

    /// Gives received bytes to the parser.
    package mutating func append(_ bytes: ByteBuffer) {
        if case .failed = phase { return }
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            buffer.discardReadBytes()
            buffer.writeImmutableBuffer(bytes)
        }
    }

    /// The next event, nil when more bytes are needed.
    ///
    /// - Throws: what is wrong with the response; every later call throws the same
    package mutating func next() throws(MalformedResponse) -> Event? {
        do throws(MalformedResponse) {
            switch phase {
            case .idle, .upgraded: return nil
            case .head: return try nextHead()
            case .content(let remaining): return nextContent(remaining)
            case .chunks: return try nextChunk()
            case .toTheEnd: return buffer.readContent(upTo: .max, sharing: false).map { .body($0) }
            case .ending: return end()
            case .failed(let error): throw error
            }
        } catch {
            phase = .failed(error)
            buffer = ByteBuffer()
            throw error
        }
    }

    /// Tells that the server has shut its side, after everything that it had sent was taken.
    ///
    /// - Returns: the end of a response that ends with the connection
    /// - Throws: where a response is incomplete
    package mutating func finish() throws(MalformedResponse) -> Event? {
        switch phase {
        case .idle, .upgraded: return nil
        case .toTheEnd, .ending: return end()
        case .failed(let error): throw error
        case .head, .content, .chunks: throw MalformedResponse("The connection ended within a response.")
        }
    }

    private mutating func nextHead() throws(MalformedResponse) -> Event? {
        guard buffer.readableBytes > 0 else { return nil }
        let advanced = buffer.withUnsafeReadableBytes { bytes in
            Result { () throws(MalformedResponse) in try head.advance(bytes, limits: limits) }
        }
        guard let length = try advanced.get(), let bytes = buffer.readSlice(length: length) else { return nil }
        let response = try head.finish(bytes, to: method)
        if response.status.code < 200, response.content != .upgraded {
            informational += 1
            guard informational <= Self.mostInformational else {
                throw MalformedResponse("There are too many interim responses.")
            }
            return .informational(status: response.status.code)
        }
        switch response.content {
        case .none, .length(0): phase = .ending
        case .length(let length): phase = .content(remaining: length)
        case .chunked:
            phase = .chunks
            chunks = ChunkedContent()
        case .toTheEnd: phase = .toTheEnd
        case .upgraded: phase = .upgraded
        }
        return .head(response)
    }

    private mutating func nextContent(_ remaining: Int) -> Event? {
        guard let piece = buffer.readContent(upTo: remaining, sharing: false) else { return nil }
        let left = remaining - piece.readableBytes
        phase = left > 0 ? .content(remaining: left) : .ending
        return .body(piece)
    }

    private mutating func nextChunk() throws(MalformedResponse) -> Event? {
        do throws(HTTP1Error) {
            switch try chunks.next(from: &buffer, limits: limits) {
            case .bytes(let bytes): return .body(bytes)
            case .end: return end()
            case nil: return nil
            }
        } catch {
            throw MalformedResponse(error)
        }
    }

    private mutating func end() -> Event {
        phase = .idle
        return .end
    }
}

/// A response whose form is wrong or ambiguous, or that is not all there.
package struct MalformedResponse: Error, Sendable, CustomStringConvertible {
    /// What is wrong, for logs; it contains nothing that the server sent.
    package let reason: String

    init(_ reason: String) { self.reason = reason }

    init(_ error: HTTP1Error) { reason = error.reason }

    package var description: String { reason }
}
