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

    /// Reads the part into memory.
    package func read() throws -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(length)
        while buffer.readableBytes < length {
            let position = offset + buffer.readableBytes
            let wanted = length - buffer.readableBytes
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
