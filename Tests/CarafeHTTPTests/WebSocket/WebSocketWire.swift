import NIOCore
import Synchronization

@testable import CarafeHTTP

/// Frames as bytes, right or wrong.
enum Wire {
    /// A frame.
    ///
    /// - Parameters:
    ///   - first: the flags and the opcode; `0x81` is a whole text
    ///   - lengthBytes: how many bytes the length is written in beside the first; as few as it needs unless told
    ///   - mask: the key; nil for none
    static func frame(
        _ first: UInt8, _ payload: [UInt8] = [], lengthBytes: Int? = nil, mask: [UInt8]? = [0x12, 0x34, 0x56, 0x78]
    ) -> [UInt8] {
        let count = payload.count
        let bytes = lengthBytes ?? (count < 126 ? 0 : count <= 0xFFFF ? 2 : 8)
        let short = bytes == 0 ? UInt8(count) : bytes == 2 ? 126 : 127
        var frame = [first, short | (mask == nil ? 0 : 0x80)]
        for index in (0..<bytes).reversed() { frame.append(UInt8(truncatingIfNeeded: count >> (8 * index))) }
        guard let mask else { return frame + payload }
        return frame + mask + payload.enumerated().map { $1 ^ mask[$0 & 3] }
    }

    static func text(_ text: String) -> [UInt8] { frame(0x81, Array(text.utf8)) }

    static func close(_ code: UInt16?, _ reason: String = "") -> [UInt8] {
        frame(0x88, code.map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] + Array(reason.utf8) } ?? [])
    }

    /// Bytes in pieces of so many.
    static func cut(_ bytes: [UInt8], every count: Int) -> [[UInt8]] {
        stride(from: 0, to: bytes.count, by: count).map { Array(bytes[$0..<min($0 + count, bytes.count)]) }
    }
}

/// A server that sends back each message, without sockets.
struct EchoServer {
    private let socket: WebSocket
    private var client: WebSocketParser

    init(_ options: WebSocketOptions = WebSocketOptions(), deflate: WebSocketDeflate? = nil) {
        socket = WebSocket(role: .server, options: options, deflate: deflate)
        var patient = options
        patient.maxMessageSize = 64 * 1024 * 1024
        client = WebSocketParser(role: .client, options: patient, deflate: deflate)
    }

    /// What the client gets for the pieces; a protocol error of the server's is the last of it.
    mutating func answers(to pieces: [[UInt8]]) -> [Answer] {
        var answers: [Answer] = []
        for piece in pieces {
            socket.receive(ByteBuffer(bytes: piece))
            var isIdle = false
            while !isIdle {
                isIdle = true
                while let message = socket.state.withLock({ $0.takeMessage() }) {
                    isIdle = false
                    socket.state.withLock { if $0.isOpen { $0.write(message.opcode, message.bytes) } }
                }
                if let output = socket.takeOutput() {
                    isIdle = false
                    client.append(output)
                }
                socket.state.withLock { $0.advance() }
            }
        }
        do {
            while let event = try client.next() { answers.append(Answer(event)) }
        } catch {
            answers.append(.broken(error.description))
        }
        return answers
    }

    var isOver: Bool { socket.isOver }
    var closeCode: WebSocketCloseCode? { socket.closeCode }
}

/// What a server sends, as a table has it.
enum Answer: Equatable, Sendable {
    case text(String)
    case binary([UInt8])
    case pong(String)
    case ping
    case close(UInt16)
    case broken(String)

    init(_ event: WebSocketParser.Event) {
        switch event {
        case .message(.text(let text)): self = .text(text)
        case .message(.binary(let bytes)): self = .binary(Array(bytes.readableBytesView))
        case .ping: self = .ping
        case .pong(let payload): self = .pong(String(buffer: payload))
        case .close(let code, _): self = .close(code.rawValue)
        }
    }
}
