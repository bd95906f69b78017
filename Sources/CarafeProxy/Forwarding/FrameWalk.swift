import CarafeHTTP
import NIOCore

/// Finds where the frames of a WebSocket end (RFC 6455 §5.2) in bytes that are passed on unread.
struct FrameWalk {
    private enum Place {
        /// Between two frames.
        case between
        /// Behind a frame's first byte.
        case opcode
        /// Within a length of several bytes: those that are left, and what the others have told.
        case length(left: Int, value: UInt64, maskBytes: UInt64)
        /// So many bytes before a frame's end.
        case content(left: UInt64)
    }

    private var place = Place.between
    /// Whether the frame that was begun last is a close frame, behind which nothing comes.
    private(set) var isClose = false

    /// Whether no frame is under way.
    var isBetweenFrames: Bool { if case .between = place { true } else { false } }

    /// Goes over bytes.
    mutating func pass(_ bytes: ByteBufferView) {
        var rest = bytes
        while !rest.isEmpty {
            let count = endOfFrame(in: rest)
            rest = rest.dropFirst(count)
        }
    }

    /// Goes over bytes to the end of the frame that is under way, or begins with them.
    ///
    /// - Returns: how many they are; where the frame does not end in them, all
    mutating func endOfFrame(in bytes: ByteBufferView) -> Int {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if case .content(let left) = place {
                let available = UInt64(bytes.endIndex - index)
                guard left <= available else {
                    place = .content(left: left - available)
                    return bytes.count
                }
                index += Int(left)
                place = .between
            } else {
                advance(over: bytes[index])
                index += 1
            }
            if case .between = place { break }
        }
        return index - bytes.startIndex
    }

    /// Goes over a byte before a frame's content.
    private mutating func advance(over byte: UInt8) {
        switch place {
        case .between:
            isClose = byte & 0x0F == WebSocketOpcode.close.rawValue
            place = .opcode
        case .opcode:
            let maskBytes: UInt64 = byte & 0x80 == 0 ? 0 : 4
            switch byte & 0x7F {
            case 126: place = .length(left: 2, value: 0, maskBytes: maskBytes)
            case 127: place = .length(left: 8, value: 0, maskBytes: maskBytes)
            case let length: begin(UInt64(length), maskBytes)
            }
        case .length(let left, let value, let maskBytes):
            let value = value << 8 | UInt64(byte)
            if left == 1 {
                begin(value, maskBytes)
            } else {
                place = .length(left: left - 1, value: value, maskBytes: maskBytes)
            }
        case .content: break
        }
    }

    private mutating func begin(_ length: UInt64, _ maskBytes: UInt64) {
        let (left, overflow) = length.addingReportingOverflow(maskBytes)
        place = left == 0 ? .between : .content(left: overflow ? .max : left)
    }
}
