package import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open file, or a part of one, that is sent without being read into memory. The file is closed when the last
/// reference goes.
package final class FileBody: Sendable {
    package let descriptor: CInt
    package let offset: Int
    package let length: Int

    /// Takes over an open file descriptor.
    package init(descriptor: CInt, offset: Int, length: Int) {
        self.descriptor = descriptor
        self.offset = offset
        self.length = length
    }

    deinit { close(descriptor) }

    /// Whether the file has become so short that the part is no longer all there.
    package var isTruncated: Bool {
        var status = stat()
        return fstat(descriptor, &status) != 0 || Int(status.st_size) < offset + length
    }

    /// How much is read at a time where the part is written piece by piece.
    private static let piece = 64 * 1024

    /// Writes the part piece by piece, for connections that the system cannot send it over.
    @Sendable package func write(to writer: ResponseWriter) async throws {
        var position = 0
        while position < length {
            let piece = try read(position..<min(position + Self.piece, length))
            position += piece.readableBytes
            try await writer.write(piece)
        }
    }

    /// Reads the part into memory.
    package func read() throws -> ByteBuffer { try read(0..<length) }

    /// Reads some of the part into memory.
    private func read(_ range: Range<Int>) throws -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(range.count)
        while buffer.readableBytes < range.count {
            let position = offset + range.lowerBound + buffer.readableBytes
            let wanted = range.count - buffer.readableBytes
            // The buffer may have room for more than is wanted.
            let count = try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: wanted) {
                let read = pread(descriptor, $0.baseAddress, min($0.count, wanted), off_t(position))
                if read < 0 { throw IOError(errnoCode: errno, reason: "pread") }
                return read
            }
            if count == 0 { throw ContentInterrupted(.disconnected) }
        }
        return buffer
    }
}
