public import NIOCore

/// Parses the requests of one HTTP/1 connection (RFC 9112): bytes in, events out, no sockets.
///
/// ```swift
/// var parser = HTTP1Parser()
/// parser.append(received)
/// while let event = try parser.next() { … }
/// ```
///
/// It is strict: what RFC 9112 leaves ambiguous, or lets a recipient repair, is refused, so that nobody between the
/// client and the server can have read the same bytes differently. The outcome never depends on how the bytes were
/// cut into reads. Each byte is looked at once or twice; what is not yet parsed is all that is kept.
public struct HTTP1Parser: Sendable {
    /// A part of a request.
    public enum Event: Sendable {
        /// Everything before the content.
        case head(RequestHead)
        /// Some of the content, never empty.
        case body(ByteBuffer)
        /// The end of the request, with the trailer fields where it had any.
        case end(trailers: Headers?)
    }

    private enum Phase {
        case head
        case content(remaining: Int)
        case chunks
        /// The request has no more content; its end is still to be told.
        case ending
        /// No request may follow on this connection.
        case finished
        /// What follows is not HTTP.
        case tunnel
        case failed(HTTP1Error)
    }

    private let limits: HTTP1Limits
    private let isSecured: Bool
    private var phase = Phase.head
    private var buffer = ByteBuffer()
    private var head = RequestHeadParser()
    private var chunks = ChunkedContent()
    private var emptyLines = 0
    private var keepsAlive = true
    /// Whether the buffer still is the one that the head was parsed from and keeps alive.
    private var isHeadInBuffer = false

    /// A parser for a new connection.
    ///
    /// - Parameters:
    ///   - limits: how much framing is read before a request is refused
    ///   - isSecured: whether the connection is one over TLS; an `https` target is refused on any other
    public init(limits: HTTP1Limits = HTTP1Limits(), isSecured: Bool = false) {
        self.limits = limits
        self.isSecured = isSecured
    }

    /// Whether the parser stands between two requests and nothing of the next one has arrived.
    public var isIdle: Bool {
        if case .head = phase { return buffer.readableBytes == 0 }
        return false
    }

    /// The bytes that have not been consumed: after an upgrade or CONNECT, the first of what follows.
    public var unconsumed: ByteBuffer { buffer }

    /// How many bytes of an incomplete head have been received; zero while content is received or nothing is.
    public var partialHeadLength: Int {
        if case .head = phase { return buffer.readableBytes }
        return 0
    }

    /// Gives received bytes to the parser.
    ///
    /// They are kept as they are where nothing is left from before, else copied behind it. After an error, or after
    /// the last request of the connection, they are ignored.
    public mutating func append(_ bytes: ByteBuffer) {
        switch phase {
        case .failed, .finished: return
        default: break
        }
        isHeadInBuffer = false
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else if buffer.readerIndex > buffer.readableBytes {
            // What has been consumed pays for moving the rest to the front.
            var moved = ByteBuffer()
            moved.reserveCapacity(buffer.readableBytes + bytes.readableBytes)
            moved.writeImmutableBuffer(buffer)
            moved.writeImmutableBuffer(bytes)
            buffer = moved
        } else {
            buffer.writeImmutableBuffer(bytes)
        }
    }

    /// The next event, nil when more bytes are needed or no request may follow.
    ///
    /// A ``Event/head(_:)`` is followed by any number of ``Event/body(_:)`` and one ``Event/end(trailers:)``; where
    /// the request has no content, the end is there at once.
    ///
    /// - Throws: what is wrong with the request; every later call throws the same
    public mutating func next() throws(HTTP1Error) -> Event? {
        switch phase {
        case .head: return try nextHead().map { .head($0) }
        case .content(let remaining): return nextContent(remaining)
        case .chunks: return try checked { (parser) throws(HTTP1Error) in try parser.nextChunk() }
        case .ending: return end(trailers: nil)
        case .tunnel: return buffer.readContent(upTo: .max, sharing: false).map { .body($0) }
        case .finished: return nil
        case .failed(let error): throw error
        }
    }

    /// The next head, nil when more bytes are needed or no request may follow: what ``next()`` gives between two
    /// requests, without the event around it.
    package mutating func nextHead() throws(HTTP1Error) -> RequestHead? {
        switch phase {
        case .head: break
        case .failed(let error): throw error
        default: return nil
        }
        do {
            return try parseHead()
        } catch {
            fail(error)
            throw error
        }
    }

    /// Takes the end of a request whose head says that it has no content: the event that ``next()`` would give.
    package mutating func endWithoutContent() {
        if case .ending = phase { phase = keepsAlive ? .head : .finished }
    }

    /// Takes everything that follows as it is: the connection speaks another protocol.
    package mutating func becomeTunnel() { phase = .tunnel }

    /// Remembers an error.
    @inline(__always)
    private mutating func checked(
        _ step: (inout HTTP1Parser) throws(HTTP1Error) -> Event?
    ) throws(HTTP1Error) -> Event? {
        do {
            return try step(&self)
        } catch {
            fail(error)
            throw error
        }
    }

    private mutating func fail(_ error: HTTP1Error) {
        phase = .failed(error)
        buffer = ByteBuffer()
    }

    private mutating func parseHead() throws(HTTP1Error) -> RequestHead? {
        guard try skipEmptyLines(), buffer.readableBytes > 0 else { return nil }
        let advanced = buffer.withUnsafeReadableBytes { bytes in
            Result { () throws(HTTP1Error) in try head.advance(bytes, limits: limits) }
        }
        guard let length = try advanced.get(), let bytes = buffer.readSlice(length: length) else { return nil }
        let request = try head.finish(bytes, isSecured: isSecured)
        emptyLines = 0
        keepsAlive = request.keepsAlive
        isHeadInBuffer = true
        switch request.framing {
        case .none: phase = .ending
        case .contentLength(let length): phase = .content(remaining: length)
        case .chunked:
            phase = .chunks
            chunks = ChunkedContent()
        }
        return request
    }

    /// Skips the empty lines that some clients send between requests.
    ///
    /// - Returns: false while it is not known whether a line is empty
    private mutating func skipEmptyLines() throws(HTTP1Error) -> Bool {
        while let first: UInt8 = buffer.getInteger(at: buffer.readerIndex), first == 0x0D {
            guard let second: UInt8 = buffer.getInteger(at: buffer.readerIndex + 1) else { return false }
            guard second == 0x0A else { throw HTTP1Error(.bareCarriageReturn) }
            emptyLines += 1
            guard emptyLines <= HTTP1Limits.emptyLines else { throw HTTP1Error(.tooManyEmptyLines) }
            buffer.moveReaderIndex(forwardBy: 2)
        }
        return true
    }

    private mutating func nextContent(_ remaining: Int) -> Event? {
        guard let piece = buffer.readContent(upTo: remaining, sharing: isHeadInBuffer) else { return nil }
        let left = remaining - piece.readableBytes
        phase = left > 0 ? .content(remaining: left) : .ending
        return .body(piece)
    }

    private mutating func nextChunk() throws(HTTP1Error) -> Event? {
        switch try chunks.next(from: &buffer, limits: limits) {
        case .bytes(let bytes): return .body(bytes)
        case .end(let trailers): return end(trailers: trailers)
        case nil: return nil
        }
    }

    private mutating func end(trailers: Headers?) -> Event {
        phase = keepsAlive ? .head : .finished
        return .end(trailers: trailers)
    }
}

extension ByteBuffer {
    /// Content shorter than this is copied, so that a few bytes do not keep a whole read's buffer in memory.
    static let sharedContentMinimum = 1024

    /// Takes up to `limit` bytes of content; nil where there are none.
    ///
    /// - Parameter sharing: whether the storage is kept in memory anyway
    mutating func readContent(upTo limit: Int, sharing: Bool) -> ByteBuffer? {
        let length = Swift.min(limit, readableBytes)
        guard length > 0, let slice = readSlice(length: length) else { return nil }
        if sharing || length >= Self.sharedContentMinimum { return slice }
        var copy = ByteBuffer()
        copy.writeImmutableBuffer(slice)
        return copy
    }
}
