internal import NIOCore

/// Decodes the chunked transfer coding (RFC 9112 §7.1) of one request.
struct ChunkedContent {
    /// What was decoded.
    enum Piece {
        case bytes(ByteBuffer)
        case end(trailers: Headers?)
    }

    private enum Phase {
        case size
        case data(remaining: Int)
        /// The CRLF after a chunk's data.
        case dataEnd
        case trailers
    }

    private var phase = Phase.size
    private var lines = LineReader()
    private var extensionBytes = 0
    private var trailers = TrailerSection()

    /// Decodes as much as makes one piece; nil when more bytes are needed.
    ///
    /// Small chunks that have arrived together are joined, so that a client cannot turn a few kilobytes into
    /// thousands of pieces.
    mutating func next(from buffer: inout ByteBuffer, limits: HTTP1Limits) throws(HTTP1Error) -> Piece? {
        var joined = ByteBuffer()
        while true {
            switch phase {
            case .size:
                guard let size = try nextSize(from: &buffer, limits: limits) else { return Self.piece(joined) }
                phase = size > 0 ? .data(remaining: size) : .trailers
            case .data(let remaining):
                let isSmall = min(remaining, buffer.readableBytes) < ByteBuffer.sharedContentMinimum
                if !isSmall, joined.readableBytes > 0 { return Self.piece(joined) }
                guard let bytes = buffer.readContent(upTo: remaining, sharing: true) else {
                    return Self.piece(joined)
                }
                let left = remaining - bytes.readableBytes
                phase = left > 0 ? .data(remaining: left) : .dataEnd
                if !isSmall { return .bytes(bytes) }
                joined.writeImmutableBuffer(bytes)
            case .dataEnd:
                guard try skipDataEnd(&buffer) else { return Self.piece(joined) }
                phase = .size
            case .trailers:
                // The content is told before its end.
                if joined.readableBytes > 0 { return Self.piece(joined) }
                guard try nextTrailers(from: &buffer, limits: limits) else { return nil }
                return .end(trailers: trailers.headers)
            }
        }
    }

    private static func piece(_ joined: ByteBuffer) -> Piece? {
        joined.readableBytes > 0 ? .bytes(joined) : nil
    }

    /// The size of the next chunk, from its line.
    private mutating func nextSize(
        from buffer: inout ByteBuffer, limits: HTTP1Limits
    ) throws(HTTP1Error) -> Int? {
        let result = buffer.withUnsafeReadableBytes { bytes in
            Result { () throws(HTTP1Error) -> (size: Int, lineLength: Int)? in
                guard let line = try lines.next(in: bytes, limit: limits.chunkLine, tooLong: .chunkLineTooLong)
                else { return nil }
                let chunk = try ChunkLine(line, in: bytes)
                extensionBytes += chunk.extensionLength
                guard extensionBytes <= limits.chunkExtensions else { throw HTTP1Error(.chunkExtensionsTooLong) }
                return (chunk.size, lines.start)
            }
        }
        guard let (size, lineLength) = try result.get() else { return nil }
        buffer.moveReaderIndex(forwardBy: lineLength)
        lines = LineReader()
        return size
    }

    /// - Returns: false while the CRLF has not arrived
    private func skipDataEnd(_ buffer: inout ByteBuffer) throws(HTTP1Error) -> Bool {
        guard let first: UInt8 = buffer.getInteger(at: buffer.readerIndex) else { return false }
        guard first == 0x0D else { throw HTTP1Error(.chunkEnd) }
        guard let second: UInt8 = buffer.getInteger(at: buffer.readerIndex + 1) else { return false }
        guard second == 0x0A else { throw HTTP1Error(.chunkEnd) }
        buffer.moveReaderIndex(forwardBy: 2)
        return true
    }

    /// - Returns: false while the section is not complete
    private mutating func nextTrailers(
        from buffer: inout ByteBuffer, limits: HTTP1Limits
    ) throws(HTTP1Error) -> Bool {
        let result = buffer.withUnsafeReadableBytes { bytes in
            Result { () throws(HTTP1Error) in try trailers.advance(bytes, limits: limits) }
        }
        guard let length = try result.get(), let bytes = buffer.readSlice(length: length) else { return false }
        trailers.finish(bytes)
        return true
    }
}
