import CZlib

/// The zlib format (RFC 1950), as Python's `zlib.compress` and `zlib.decompress`.
enum Zlib {
    /// Why bytes could not be inflated.
    enum InflateError: Error {
        /// They are no complete zlib stream, or something follows it.
        case malformed
        /// They inflate to more than the limit.
        case tooLarge
    }

    /// The bytes compressed at zlib's default level; nil where zlib cannot.
    static func deflate(_ bytes: [UInt8]) -> [UInt8]? {
        var count = compressBound(uLong(bytes.count))
        var compressed = [UInt8](repeating: 0, count: Int(count))
        guard compress2(&compressed, &count, bytes, uLong(bytes.count), Z_DEFAULT_COMPRESSION) == Z_OK else {
            return nil
        }
        compressed.removeLast(compressed.count - Int(count))
        return compressed
    }

    /// The bytes that a whole zlib stream holds.
    ///
    /// The output grows with what is really there, so a stream that claims much costs no more than it is worth.
    ///
    /// - Parameter limit: the most bytes that it may inflate to.
    static func inflate(_ compressed: [UInt8], limit: Int) throws(InflateError) -> [UInt8] {
        guard let inputCount = UInt32(exactly: compressed.count) else { throw .tooLarge }
        // One byte over the limit tells a stream that is too large from one that just fits. zlib counts in 32 bits.
        let ceiling = min(max(0, limit), Int(Int32.max)) + 1
        var output = [UInt8](repeating: 0, count: min(ceiling, max(256, compressed.count * 4)))
        var input = compressed
        var stream = z_stream()
        guard inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .malformed
        }
        defer { inflateEnd(&stream) }

        let result = input.withUnsafeMutableBufferPointer { input -> Result<Int, InflateError> in
            stream.next_in = input.baseAddress
            stream.avail_in = inputCount
            while true {
                let written = Int(stream.total_out)
                let code = output.withUnsafeMutableBufferPointer { output in
                    stream.next_out = output.baseAddress.map { $0 + written }
                    stream.avail_out = UInt32(output.count - written)
                    return CZlib.inflate(&stream, Z_NO_FLUSH)
                }
                let total = Int(stream.total_out)
                if total == ceiling { return .failure(.tooLarge) }
                switch code {
                case Z_STREAM_END:
                    return stream.avail_in == 0 ? .success(total) : .failure(.malformed)
                case Z_OK where stream.avail_out == 0:
                    output.append(contentsOf: repeatElement(0, count: min(output.count, ceiling - output.count)))
                case Z_OK where stream.avail_in > 0:
                    continue
                default:
                    return .failure(.malformed)
                }
            }
        }
        output.removeLast(output.count - (try result.get()))
        return output
    }
}
