import NIOCore

/// Gives a connection the buffers that it reads into.
///
/// NIO keeps a connection's first buffer for as long as the connection lives, so that one is small. Later ones come
/// from, and go back to, the one spare that all connections of the event loop share: an idle connection holds no
/// buffer but its first. A read that fills its buffer (an upload) makes the next one large.
struct ReadBufferAllocator: RecvByteBufferAllocator {
    private static let firstSize = 512
    static let usualSize = 4096
    private static let largeSize = 64 * 1024

    private let loop: ConnectionLoop
    private var size: Int32 = Int32(Self.firstSize)

    init(loop: ConnectionLoop) { self.loop = loop }

    /// Nil keeps NIO from pooling buffers for each connection.
    func nextBufferSize() -> Int? { nil }

    func buffer(allocator: ByteBufferAllocator) -> ByteBuffer {
        if size == Self.usualSize, let spare = loop.takeSpareBuffer() { return spare }
        return allocator.buffer(capacity: Int(size))
    }

    /// True, always: NIO then asks for a new buffer instead of using its own again.
    mutating func record(actualReadBytes: Int) -> Bool {
        size = Int32(
            actualReadBytes == Int(size) && size >= Self.usualSize
                ? Self.largeSize
                : actualReadBytes > Self.usualSize ? Self.largeSize : Self.usualSize)
        return true
    }
}
