import NIOCore
import TestSupport
import Synchronization
import Testing

@testable import CarafeHTTP

@Suite("Messages are compressed as RFC 7692 has it")
struct WebSocketDeflateTests {
    private static func deflate(_ change: (inout WebSocketDeflate) -> Void = { _ in }) -> WebSocketDeflate {
        var deflate = WebSocketDeflate(WebSocketCompression())
        deflate.threshold = 0
        change(&deflate)
        return deflate
    }

    /// A frame of a client that compresses.
    private func compressed(_ bytes: [UInt8], _ deflater: WebSocketDeflater) throws -> [UInt8] {
        Wire.frame(0xC2, Array(try #require(deflater.deflated(ByteBuffer(bytes: bytes))).readableBytesView))
    }

    static let settings: [WebSocketDeflate] = [
        deflate(),
        deflate {
            $0.sendKeepsContext = false; $0.receiveKeepsContext = false
        },
        deflate {
            $0.sendBits = 9; $0.receiveBits = 9
        },
        deflate {
            $0.sendBits = 15; $0.receiveBits = 15
        },
        deflate {
            $0.level = 9; $0.memoryLevel = 9
        },
        deflate {
            $0.level = 1; $0.memoryLevel = 1
        },
    ]

    @Test("12 and 13: what is sent compressed comes back, in every setting, whole and cut", arguments: settings.indices)
    func echo(_ index: Int) throws {
        let deflate = Self.settings[index]
        var random = SplitMix64(seed: 3)
        let deflater = WebSocketDeflater(deflate)
        var server = EchoServer(deflate: deflate)
        for size in [1, 16, 64, 256, 1_024, 4_096, 8_192, 16_384, 32_768, 65_536, 131_072] {
            for alphabet in [2, 256] as [UInt16] {
                let bytes = (0..<size).map { _ in UInt8(truncatingIfNeeded: random.next() % UInt64(alphabet)) }
                let frame = try compressed(bytes, deflater)
                #expect(server.answers(to: Wire.cut(frame, every: 997)) == [.binary(bytes)], "\(size)")
            }
        }
    }

    @Test(
        "the examples of RFC 7692 §7.2.3",
        arguments: [
            [[0xC1, 0x07, 0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]],
            [[0x41, 0x03, 0xF2, 0x48, 0xCD], [0x80, 0x04, 0xC9, 0xC9, 0x07, 0x00]],
            [[0xC1, 0x0B, 0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00]],
            [[0xC1, 0x08, 0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00]],
            [[0xC1, 0x0D, 0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00]],
        ] as [[[UInt8]]])
    func examples(_ frames: [[UInt8]]) throws {
        var parser = WebSocketParser(role: .client, options: WebSocketOptions(), deflate: Self.deflate())
        for frame in frames { parser.append(ByteBuffer(bytes: frame)) }
        #expect(try parser.next() == .message(.text("Hello")))
    }

    @Test("messages refer to those before them, after one whose last block says that it is the last too")
    func context() throws {
        var parser = WebSocketParser(role: .client, options: WebSocketOptions(), deflate: Self.deflate())
        // The second message is nothing but references to the first (RFC 7692 §7.2.3.2).
        for bytes in [[0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], [0xF2, 0x00, 0x11, 0x00, 0x00]] as [[UInt8]] {
            parser.append(ByteBuffer(bytes: Wire.frame(0xC1, bytes, mask: nil)))
            #expect(try parser.next() == .message(.text("Hello")))
        }
        var ended = WebSocketParser(role: .client, options: WebSocketOptions(), deflate: Self.deflate())
        for bytes in [[0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00], [0xF2, 0x00, 0x11, 0x00, 0x00]] as [[UInt8]] {
            ended.append(ByteBuffer(bytes: Wire.frame(0xC1, bytes, mask: nil)))
            #expect(try ended.next() == .message(.text("Hello")))
        }
    }

    @Test("the limit is that of the inflated message, and a bomb is not inflated to its end")
    func bomb() throws {
        let deflate = Self.deflate {
            $0.sendBits = 15; $0.receiveBits = 15
        }
        let bomb = try compressed([UInt8](repeating: 0, count: 50_000_000), WebSocketDeflater(deflate))
        #expect(bomb.count < 60_000)
        var server = EchoServer(deflate: deflate)
        #expect(server.answers(to: [bomb]) == [.close(1009)])
        var options = WebSocketOptions()
        options.maxMessageSize = 1_000
        let deflater = WebSocketDeflater(deflate)
        var exact = EchoServer(options, deflate: deflate)
        #expect(exact.answers(to: [try compressed([UInt8](repeating: 0, count: 1_000), deflater)]).count == 1)
        #expect(exact.answers(to: [try compressed([UInt8](repeating: 0, count: 1_001), deflater)]) == [.close(1009)])
    }

    @Test("what cannot be inflated, and text that inflates to no UTF-8, end the connection with 1007")
    func malformed() throws {
        var broken = EchoServer(deflate: Self.deflate())
        #expect(broken.answers(to: [Wire.frame(0xC2, [0xFF, 0xFF, 0xFF])]) == [.close(1007)])
        var text = EchoServer(deflate: Self.deflate())
        let frame = try compressed([0x61, 0xC0, 0x80], WebSocketDeflater(Self.deflate()))
        #expect(text.answers(to: [[0xC1] + frame.dropFirst()]) == [.close(1007)])
    }

    @Test("RSV1 stands on the first frame of a message and on no other")
    func reservedBit() {
        let wrong = [
            [Wire.frame(0x42, [0]), Wire.frame(0xC0, [0])], [Wire.frame(0xC9)], [Wire.frame(0xC8)], [Wire.frame(0xCA)],
        ]
        for frames in wrong {
            var server = EchoServer(deflate: Self.deflate())
            #expect(server.answers(to: frames) == [.close(1002)])
        }
        var without = EchoServer()
        #expect(without.answers(to: [Wire.frame(0xC1, [0])]) == [.close(1002)])
    }

    @Test("a message that was not compressed is taken, and a short one is not compressed")
    func uncompressed() {
        var deflate = Self.deflate()
        deflate.threshold = 64
        var server = EchoServer(deflate: deflate)
        #expect(server.answers(to: [Wire.text("plain")]) == [.text("plain")])
        let socket = WebSocket(role: .server, options: WebSocketOptions(), deflate: deflate)
        socket.state.withLock { $0.write(.text, ByteBuffer(string: "short")) }
        #expect(socket.takeOutput()?.getInteger(at: 0, as: UInt8.self) == 0x81)
        socket.state.withLock { $0.write(.text, ByteBuffer(string: String(repeating: "long", count: 100))) }
        #expect(socket.takeOutput()?.getInteger(at: 0, as: UInt8.self) == 0xC1)
    }
}
