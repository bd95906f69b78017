package import NIOCore

/// Parses the frames that one side of a WebSocket receives into messages (RFC 6455 §5): bytes in, events out, no
/// sockets.
///
/// It is strict, and the outcome never depends on how the bytes were cut into reads. Text is checked as it arrives. What
/// is kept is the message that has been begun, at most as long as the limit, and less than a header beside it.
package struct WebSocketParser {
    /// Something that has arrived completely.
    package enum Event: Sendable, Equatable {
        case message(WebSocketMessage)
        case ping(ByteBuffer)
        case pong(ByteBuffer)
        /// The other side closes; the code is ``WebSocketCloseCode/noStatus`` where it gave none.
        case close(WebSocketCloseCode, String)
    }

    /// The frame whose payload is being received.
    private struct Frame {
        var opcode: WebSocketOpcode
        var isFinal: Bool
        var missing: Int
        var mask: WebSocketMask?
    }

    private let role: WebSocketRole
    private let maxMessageSize: Int
    private let maxFragments: Int
    private let inflater: WebSocketInflater?
    private var buffer = ByteBuffer()
    private var frame: Frame?
    private var message: IncomingMessage?
    private var control = ByteBuffer()
    private var failure: WebSocketFailure?

    /// A parser for a new connection.
    ///
    /// - Parameter deflate: how messages may be compressed; nil where nothing was agreed on
    package init(role: WebSocketRole, options: WebSocketOptions, deflate: WebSocketDeflate? = nil) {
        self.role = role
        maxMessageSize = max(0, options.maxMessageSize)
        maxFragments = options.maxFragments
        inflater = deflate.map { WebSocketInflater($0) }
    }

    /// Gives received bytes to the parser.
    package mutating func append(_ bytes: ByteBuffer) {
        guard failure == nil else { return }
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            var joined = ByteBuffer()
            joined.reserveCapacity(buffer.readableBytes + bytes.readableBytes)
            joined.writeImmutableBuffer(buffer)
            joined.writeImmutableBuffer(bytes)
            buffer = joined
        }
    }

    /// Whether bytes wait to be looked at.
    package var hasInput: Bool { buffer.readableBytes > 0 }

    /// The next event; nil when more bytes are needed.
    ///
    /// - Throws: what ends the connection; every later call throws the same
    package mutating func next() throws(WebSocketFailure) -> Event? {
        if let failure { throw failure }
        do {
            while true {
                if frame == nil {
                    guard try readHeader() else { break }
                }
                guard try readPayload() else { break }
                if let event = try endFrame() { return event }
            }
        } catch {
            failure = error
            (buffer, message, control) = (ByteBuffer(), nil, ByteBuffer())
            throw error
        }
        // Memory that was read into is another read's.
        if buffer.readableBytes == 0 { buffer = ByteBuffer() }
        return nil
    }

    private mutating func readHeader() throws(WebSocketFailure) -> Bool {
        let room = message.map { $0.isCompressed ? nil : maxMessageSize - $0.bytes.readableBytes } ?? maxMessageSize
        let context = WebSocketFrameHeader.Context(
            role: role, mayBeCompressed: inflater != nil, isWithinMessage: message != nil, room: room)
        guard let header = try WebSocketFrameHeader.read(from: &buffer, context) else { return false }
        if !header.opcode.isControl {
            if message == nil {
                message = IncomingMessage(isText: header.opcode == .text, isCompressed: header.isCompressed)
            }
            message?.fragments += 1
            if let message, message.fragments > maxFragments {
                throw WebSocketFailure(.policyViolation, "Too many fragments.")
            }
        }
        frame = Frame(
            opcode: header.opcode, isFinal: header.isFinal, missing: header.length, mask: header.mask)
        return true
    }

    /// Takes what has arrived of the frame's payload.
    ///
    /// - Returns: whether that was the rest of it
    private mutating func readPayload() throws(WebSocketFailure) -> Bool {
        guard var frame else { return false }
        guard frame.missing > 0 else { return true }
        guard let piece = buffer.readSlice(length: min(frame.missing, buffer.readableBytes)), piece.readableBytes > 0
        else { return false }
        frame.missing -= piece.readableBytes
        if frame.opcode.isControl {
            control.write(piece, &frame.mask)
        } else {
            try message?.append(piece, &frame.mask, inflater, limit: maxMessageSize)
        }
        self.frame = frame
        return frame.missing == 0
    }

    private mutating func endFrame() throws(WebSocketFailure) -> Event? {
        guard let frame else { return nil }
        self.frame = nil
        switch frame.opcode {
        case .text, .binary, .continuation:
            guard frame.isFinal, let ended = message else { return nil }
            message = nil
            return .message(try ended.finish(inflater, limit: maxMessageSize))
        case .ping: return .ping(takeControl())
        case .pong: return .pong(takeControl())
        case .close: return try Self.close(takeControl())
        }
    }

    private mutating func takeControl() -> ByteBuffer { exchange(&control, with: ByteBuffer()) }

    private static func close(_ payload: ByteBuffer) throws(WebSocketFailure) -> Event {
        var payload = payload
        guard let number: UInt16 = payload.readInteger() else { return .close(.noStatus, "") }
        let code = WebSocketCloseCode(number)
        guard code.isSendable else { throw WebSocketFailure(.protocolError, "Invalid close code.") }
        var validator = UTF8Validator()
        guard payload.withUnsafeReadableBytes({ validator.accept($0) }), validator.isComplete else {
            throw WebSocketFailure(.invalidData, "Reason that is not UTF-8.")
        }
        return .close(code, String(buffer: payload))
    }
}

/// A message of which frames are still to come.
struct IncomingMessage {
    let isText: Bool
    let isCompressed: Bool
    var fragments = 0
    private(set) var bytes = ByteBuffer()
    private var validator = UTF8Validator()

    init(isText: Bool, isCompressed: Bool) {
        self.isText = isText
        self.isCompressed = isCompressed
    }

    /// Takes bytes of a frame's payload.
    mutating func append(
        _ piece: ByteBuffer, _ mask: inout WebSocketMask?, _ inflater: WebSocketInflater?, limit: Int
    ) throws(WebSocketFailure) {
        let start = bytes.writerIndex
        if isCompressed, let inflater {
            var unmasked = ByteBuffer()
            unmasked.write(piece, &mask)
            do throws(WebSocketFailure) {
                try inflater.inflate(unmasked, into: &bytes, limit: limit)
            } catch {
                // What came first is told first, wherever the bytes were cut.
                try check(from: start)
                throw error
            }
        } else {
            bytes.write(piece, &mask)
        }
        try check(from: start)
    }

    /// The whole message.
    consuming func finish(_ inflater: WebSocketInflater?, limit: Int) throws(WebSocketFailure) -> WebSocketMessage {
        if isCompressed, let inflater {
            let start = bytes.writerIndex
            do throws(WebSocketFailure) {
                try inflater.finish(into: &bytes, limit: limit)
            } catch {
                try check(from: start)
                throw error
            }
            try check(from: start)
        }
        guard isText else { return .binary(bytes) }
        guard validator.isComplete else { throw Self.invalidText }
        return .text(String(buffer: bytes))
    }

    private mutating func check(from start: Int) throws(WebSocketFailure) {
        guard isText else { return }
        let isValid = bytes.withUnsafeReadableBytes { all in
            let offset = start - bytes.readerIndex
            return validator.accept(UnsafeRawBufferPointer(rebasing: all[offset...]))
        }
        if !isValid { throw Self.invalidText }
    }

    private static let invalidText = WebSocketFailure(.invalidData, "Text that is not UTF-8.")
}

extension ByteBuffer {
    /// Writes a piece of payload, unmasked where it is masked.
    fileprivate mutating func write(_ piece: ByteBuffer, _ mask: inout WebSocketMask?) {
        if var key = mask {
            writeMasked(piece, &key)
            mask = key
        } else {
            writeImmutableBuffer(piece)
        }
    }
}
