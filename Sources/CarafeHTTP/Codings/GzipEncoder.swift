import CZlib
internal import NIOCore

/// Encodes as gzip (RFC 1952), by zlib.
final class GzipEncoder: ContentEncoder {
    /// zlib keeps the stream's address: it must not move.
    private let stream: UnsafeMutablePointer<z_stream>

    /// How much room zlib is given at a time.
    private static let step = 8 * 1024

    /// - Parameter level: 1 to 9
    init?(level: Int) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 16 more than the window's size stand for gzip's header.
        let code = deflateInit2_(
            stream, Int32(min(max(level, 1), 9)), Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard code == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    func encode(_ input: ByteBuffer, isEnd: Bool, into output: inout ByteBuffer) throws(ContentEncodingFailure) {
        var input = input
        guard input.readableBytes <= Int(UInt32.max) else { throw ContentEncodingFailure() }
        let code = input.withUnsafeMutableReadableBytes { bytes -> Int32 in
            stream.pointee.next_in = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_in = UInt32(bytes.count)
            var code = Z_OK
            repeat {
                output.writeWithUnsafeMutableBytes(minimumWritableBytes: Self.step) { target in
                    stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
                    stream.pointee.avail_out = UInt32(clamping: target.count)
                    let room = Int(stream.pointee.avail_out)
                    code = deflate(stream, isEnd ? Z_FINISH : Z_SYNC_FLUSH)
                    return room - Int(stream.pointee.avail_out)
                }
            } while stream.pointee.avail_out == 0
            return code
        }
        guard code == (isEnd ? Z_STREAM_END : Z_OK) || !isEnd && code == Z_BUF_ERROR else {
            throw ContentEncodingFailure()
        }
    }
}
