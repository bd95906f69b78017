import NIOCore
import TestSupport
import Synchronization
import Testing

@testable import CarafeHTTP

@Suite("What a client may ask of a WebSocket has an end")
struct WebSocketLimitTests {
    private var small: WebSocketOptions {
        var options = WebSocketOptions()
        options.maxMessageSize = 1_000
        options.maxFragments = 10
        return options
    }

    @Test(
        "a message as long as the limit is taken, one byte more is refused with its header",
        arguments: [0x81, 0x82] as [UInt8])
    func messageSize(_ first: UInt8) {
        let payload = [UInt8](repeating: 0x61, count: 1_000)
        var server = EchoServer(small)
        #expect(server.answers(to: [Wire.frame(first, payload)]).count == 1)
        // Nothing of the payload has come.
        #expect(server.answers(to: [Array(Wire.frame(first, payload + [0x61])[..<4])]) == [.close(1009)])
    }

    @Test("fragments count together")
    func fragmentedSize() {
        let half = [UInt8](repeating: 0x61, count: 500)
        var server = EchoServer(small)
        let frames = [Wire.frame(0x02, half), Wire.frame(0x00, half), Wire.frame(0x80, [0x61])]
        #expect(server.answers(to: frames) == [.close(1009)])
    }

    @Test("more frames than the limit end the connection, empty ones too")
    func fragments() {
        for payload in [[], [0x61]] as [[UInt8]] {
            var server = EchoServer(small)
            let frames = [Wire.frame(0x02, payload)] + (0..<9).map { _ in Wire.frame(0x00, payload) }
            #expect(server.answers(to: frames) == [])
            #expect(server.answers(to: [Wire.frame(0x00, payload)]) == [.close(1008)])
        }
        var usual = EchoServer()
        #expect(usual.answers(to: [Wire.frame(0x02)] + (0..<10_000).map { _ in Wire.frame(0x00) }) == [.close(1008)])
    }

    @Test("messages that nobody reads hold the client up, by number and by size")
    func heldUp() {
        var options = WebSocketOptions()
        options.receiveQueue = 4
        options.receiveBuffer = 1_000
        let socket = WebSocket(role: .server, options: options)
        for _ in 0..<4 {
            #expect(socket.wantsInput)
            socket.receive(ByteBuffer(bytes: Wire.text("a")))
        }
        #expect(!socket.wantsInput)
        socket.receive(ByteBuffer(bytes: Wire.text("b") + Wire.close(1000)))
        #expect(!socket.isOver, "What was held up has not been looked at.")
        let read = (0..<6).compactMap { _ in
            let message = socket.state.withLock { $0.takeMessage()?.text }
            _ = socket.takeOutput()
            return message
        }
        #expect(read == ["a", "a", "a", "a", "b"])
        #expect(socket.isOver)

        let bySize = WebSocket(role: .server, options: options)
        bySize.receive(ByteBuffer(bytes: Wire.frame(0x82, [UInt8](repeating: 0, count: 1_000))))
        #expect(!bySize.wantsInput)
    }

    @Test("pings whose answers are not taken hold the client up")
    func pings() {
        let socket = WebSocket(role: .server, options: WebSocketOptions())
        let pings = ByteBuffer(bytes: (0..<500).flatMap { _ in Wire.frame(0x89, [UInt8](repeating: 0, count: 125)) })
        var count = 0
        while socket.wantsInput, count < 1_000 {
            socket.receive(pings)
            count += 1
        }
        #expect(count < 40)
        #expect(socket.takeOutput()?.readableBytes ?? 0 < 1_200_000)
    }

    @Test("time and memory grow with the input alone")
    func linear() {
        let shapes = [
            ("bytes", Wire.frame(0x82, [0x61])), ("empty pings", Wire.frame(0x89)), ("texts", Wire.text("κόσμε")),
        ]
        for (name, frame) in shapes {
            let slope = Linearity.slope { bytes in
                var server = EchoServer()
                _ = server.answers(to: [bytes])
            } on: { size in
                (0..<(size / frame.count)).flatMap { _ in frame }
            }
            #expect(slope < 1.6, "\(name)")
        }
    }
}
