import CarafeHTTP
import NIOCore

/// Says good-bye to the client of a WebSocket when this server goes down: a close frame takes the place of what the other server
/// would have sent behind its last whole frame. The client's answer passes, and tells that server as well.
struct TunnelFarewell {
    private enum Stage {
        case staying
        /// The frame that is under way comes first.
        case leaving
        /// The close frame is on its way; nothing may come behind it.
        case gone
    }

    private var stage = Stage.staying
    private var frames = FrameWalk()

    /// What goes on to the client of bytes that the other server has sent; nil where nothing does.
    mutating func pass(_ bytes: ByteBuffer) -> ByteBuffer? {
        switch stage {
        case .staying:
            frames.pass(bytes.readableBytesView)
            return bytes
        case .leaving:
            var bytes = bytes
            var passed = bytes.readSlice(length: frames.endOfFrame(in: bytes.readableBytesView))
            if frames.isBetweenFrames, let frame = leave() { passed?.writeImmutableBuffer(frame) }
            return passed
        case .gone: return nil
        }
    }

    /// Says good-bye, as soon as it can be.
    ///
    /// - Returns: the close frame, where it can be sent at once
    mutating func leave() -> ByteBuffer? {
        if case .gone = stage { return nil }
        guard frames.isBetweenFrames else {
            stage = .leaving
            return nil
        }
        stage = .gone
        // The other server has said it before.
        return frames.isClose ? nil : Self.frame
    }

    private static let frame: ByteBuffer = {
        var frame = ByteBuffer()
        WebSocketFrame.writeClose(.goingAway, "The server goes down.", role: .server, into: &frame)
        return frame
    }()
}
