import CZlib
internal import NIOCore

/// Inflates a connection's messages (RFC 7692 §7.2.2). zlib's memory is asked for with the first compressed message.
final class WebSocketInflater {
    private let deflate: WebSocketDeflate
    /// zlib keeps the stream's address: it must not move.
    private var stream: UnsafeMutablePointer<z_stream>?

    /// How many bytes are inflated at a time.
    private static let step = 16 * 1024
    /// What a sender leaves away at a message's end.
    private static let tail = ByteBuffer(bytes: [0x00, 0x00, 0xFF, 0xFF])

    init(_ deflate: WebSocketDeflate) { self.deflate = deflate }

    deinit {
        guard let stream else { return }
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Inflates a piece of a message.
    ///
    /// - Parameter limit: the most bytes that `output` may hold afterwards
    func inflate(_ piece: ByteBuffer, into output: inout ByteBuffer, limit: Int) throws(WebSocketFailure) {
        guard let stream = open() else { throw WebSocketFailure(.internalError, "No memory to inflate.") }
        var piece = piece
        let result = piece.withUnsafeMutableReadableBytes { bytes in
            Result { () throws(WebSocketFailure) in try Self.run(stream, bytes, into: &output, limit: limit) }
        }
        try result.get()
    }

    /// Inflates what a message's last piece still held.
    func finish(into output: inout ByteBuffer, limit: Int) throws(WebSocketFailure) {
        try inflate(Self.tail, into: &output, limit: limit)
        if !deflate.receiveKeepsContext, let stream { inflateReset(stream) }
    }

    private func open() -> UnsafeMutablePointer<z_stream>? {
        if let stream { return stream }
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // A negative size stands for deflate without zlib's own header.
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(stream, -Int32(max(9, deflate.receiveBits)), ZLIB_VERSION, size) == Z_OK else {
            stream.deallocate()
            return nil
        }
        self.stream = stream
        return stream
    }

    private static func run(
        _ stream: UnsafeMutablePointer<z_stream>, _ input: UnsafeMutableRawBufferPointer,
        into output: inout ByteBuffer, limit: Int
    ) throws(WebSocketFailure) {
        stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(clamping: input.count)
        while true {
            var code = Z_OK
            // One byte over the limit tells a message that is too large from one that just fits.
            let room = min(step, max(0, limit - output.readableBytes) + 1)
            output.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { target in
                stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.pointee.avail_out = UInt32(room)
                code = CZlib.inflate(stream, Z_SYNC_FLUSH)
                return room - Int(stream.pointee.avail_out)
            }
            guard output.readableBytes <= limit else { throw WebSocketFailure(.messageTooBig, "Message too big.") }
            switch code {
            case Z_STREAM_END: try restart(stream)
            case Z_OK, Z_BUF_ERROR: break
            default: throw WebSocketFailure(.invalidData, "Data that cannot be inflated.")
            }
            // Output that was not filled says that zlib holds nothing back.
            if stream.pointee.avail_in == 0, stream.pointee.avail_out > 0 { return }
            if code == Z_BUF_ERROR, stream.pointee.avail_out > 0 { return }
        }
    }

    /// Goes on after a block that says that it is the last (RFC 7692 §7.2.3.4), with the window as it is.
    private static func restart(_ stream: UnsafeMutablePointer<z_stream>) throws(WebSocketFailure) {
        var length: UInt32 = 0
        let window = UnsafeMutablePointer<UInt8>.allocate(capacity: 32 * 1024)
        defer { window.deallocate() }
        guard inflateGetDictionary(stream, window, &length) == Z_OK, inflateReset(stream) == Z_OK,
            length == 0 || inflateSetDictionary(stream, window, length) == Z_OK
        else { throw WebSocketFailure(.internalError, "Deflate could not go on.") }
    }
}

/// Deflates a connection's messages (RFC 7692 §7.2.1). zlib's memory is asked for with the first one.
final class WebSocketDeflater {
    private let deflate: WebSocketDeflate
    /// zlib keeps the stream's address: it must not move.
    private var stream: UnsafeMutablePointer<z_stream>?

    /// Set where zlib has failed: the two windows may differ from then on.
    private var hasFailed = false

    private static let step = 4 * 1024

    init(_ deflate: WebSocketDeflate) { self.deflate = deflate }

    deinit {
        guard let stream else { return }
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Whether a message of this size is worth it.
    func isWorthIt(_ size: Int) -> Bool {
        !hasFailed && size > 0 && size >= deflate.threshold && size < Int(Int32.max)
    }

    /// A message's bytes deflated; nil where zlib has no memory.
    func deflated(_ message: ByteBuffer) -> ByteBuffer? {
        guard let stream = open() else { return nil }
        var (message, output) = (message, ByteBuffer())
        message.withUnsafeMutableReadableBytes { input in
            stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_in = UInt32(clamping: input.count)
            repeat {
                output.writeWithUnsafeMutableBytes(minimumWritableBytes: Self.step) { target in
                    stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
                    stream.pointee.avail_out = UInt32(target.count)
                    _ = CZlib.deflate(stream, Z_SYNC_FLUSH)
                    return target.count - Int(stream.pointee.avail_out)
                }
            } while stream.pointee.avail_out == 0
        }
        if !deflate.sendKeepsContext { deflateReset(stream) }
        // The receiver puts the end of the last, empty block back.
        guard output.readableBytes > 4 else {
            hasFailed = true
            return nil
        }
        output.moveWriterIndex(to: output.writerIndex - 4)
        return output
    }

    private func open() -> UnsafeMutablePointer<z_stream>? {
        if let stream { return stream }
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let size = Int32(MemoryLayout<z_stream>.size)
        let code = deflateInit2_(
            stream, deflate.level, Z_DEFLATED, -Int32(deflate.sendBits), deflate.memoryLevel, Z_DEFAULT_STRATEGY,
            ZLIB_VERSION, size)
        guard code == Z_OK else {
            stream.deallocate()
            return nil
        }
        self.stream = stream
        return stream
    }
}
