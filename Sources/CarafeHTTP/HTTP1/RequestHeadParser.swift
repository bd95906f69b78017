internal import NIOCore

/// Parses the head of one request, line by line as the lines arrive (RFC 9112 §2 to §6).
///
/// Places count from the head's first byte.
struct RequestHeadParser {
    private var lines = LineReader()
    private var requestLine: RequestLine?
    private var section = HeaderSection()

    /// Parses the lines that are complete.
    ///
    /// - Parameter bytes: all that has been received from the head's first byte on
    /// - Returns: the length of the head, nil while it is not complete
    mutating func advance(_ bytes: UnsafeRawBufferPointer, limits: HTTP1Limits) throws(HTTP1Error) -> Int? {
        if requestLine == nil {
            guard let line = try nextRequestLine(in: bytes, limits: limits) else { return nil }
            requestLine = try RequestLine(line, in: bytes, limits: limits)
            section = HeaderSection(start: lines.start)
        }
        return try section.advance(&lines, bytes, limits: limits)
    }

    /// The request line; its length is limited by what its parts may have together.
    private mutating func nextRequestLine(
        in bytes: UnsafeRawBufferPointer, limits: HTTP1Limits
    ) throws(HTTP1Error) -> Range<Int>? {
        let limit = HTTP1Limits.method + 1 + limits.target + 9
        do {
            return try lines.next(in: bytes, limit: limit, tooLong: .targetTooLong)
        } catch {
            guard error.rule == .targetTooLong else { throw error }
            throw RequestLine.overlong(0..<limit, in: bytes)
        }
    }

    /// The head, once it is complete; the parser is then ready for another.
    ///
    /// - Parameters:
    ///   - bytes: exactly the head's
    ///   - isSecured: whether the connection is one over TLS
    mutating func finish(_ bytes: ByteBuffer, isSecured: Bool) throws(HTTP1Error) -> RequestHead {
        guard let line = exchange(&requestLine, with: nil) else { throw HTTP1Error(.requestLine) }
        let (fields, framingFields) = (section.fields, section.framing)
        section = HeaderSection()
        lines = LineReader()
        if line.target.isHTTPS, !isSecured { throw HTTP1Error(.wrongServer) }
        let framing = try framingFields.framing(of: line)
        let authority = line.target.authority ?? framingFields.host
        return RequestHead(
            method: line.method, target: line.target.target(in: bytes), version: line.version,
            headers: Headers(received: bytes, fields: fields),
            authority: authority.map { bytes.slice($0) } ?? ByteBuffer(), framing: framing,
            // What follows a CONNECT is not HTTP.
            keepsAlive: framingFields.keepsAlive(in: line.version) && line.target.form != .authority,
            expectsContinue: framing != .none && framingFields.expectsContinue(in: line.version))
    }
}

extension ByteBuffer {
    /// Part of the bytes, counted from the reader index, sharing their storage.
    func slice(_ range: Range<Int>) -> ByteBuffer {
        getSlice(at: readerIndex &+ range.lowerBound, length: range.count) ?? ByteBuffer()
    }
}
