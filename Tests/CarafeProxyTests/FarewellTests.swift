import Carafe
import CarafeHTTP
import CarafeTesting
import NIOCore
import Synchronization
import TestSupport
import Testing

@testable import CarafeProxy

@Suite("WebSockets through a proxy that goes down") struct FarewellTests {
    /// Frames of every form: short, masked, fragmented, with lengths of two and of eight bytes.
    private static let frames: [[UInt8]] = [
        [0x81, 2] + "hi".utf8, [0x89, 0], [0x82, 0x83, 1, 2, 3, 4, 5, 6, 7], [0x01, 0x80, 1, 2, 3, 4],
        [0x80, 126, 1, 44] + [UInt8](repeating: 0x88, count: 300),
        [0x82, 127, 0, 0, 0, 0, 0, 0, 0, 3, 0x88, 0x88, 0x88], [0x81, 0xFE, 0, 1, 9, 9, 9, 9, 8],
    ]
    private static let close: [UInt8] = [0x88, 23, 0x03, 0xE9] + "The server goes down.".utf8

    @Test("the close frame comes behind the frame that is under way, wherever that is cut, and nothing behind it")
    func everyCut() {
        let all = Self.frames.flatMap { $0 }
        let ends = Self.frames.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        for cut in 0...all.count {
            var farewell = TunnelFarewell()
            var passed = farewell.pass(ByteBuffer(bytes: all[..<cut])).map { Array($0.readableBytesView) } ?? []
            passed += farewell.leave().map { Array($0.readableBytesView) } ?? []
            // Byte by byte, so that every other cut is there as well.
            for byte in all[cut...] {
                passed += farewell.pass(ByteBuffer(bytes: [byte])).map { Array($0.readableBytesView) } ?? []
            }
            let end = ends.first { $0 >= cut } ?? all.count
            #expect(passed == all[..<end] + Self.close, "cut at \(cut)")
        }
    }

    @Test("a server that has closed the WebSocket itself, or is just doing so, has had the last word", arguments: 0...4)
    func closed(cut: Int) {
        let own: [UInt8] = [0x88, 2, 0x03, 0xE8]
        var farewell = TunnelFarewell()
        var passed =
            farewell.pass(ByteBuffer(bytes: [0x89, 0] + own[..<cut])).map { Array($0.readableBytesView) } ?? []
        passed += farewell.leave().map { Array($0.readableBytesView) } ?? []
        passed += farewell.pass(ByteBuffer(bytes: own[cut...])).map { Array($0.readableBytesView) } ?? []
        #expect(passed == [0x89, 0] + (cut == 0 ? Self.close : own))
    }

    @Test("a length that nothing has does not trap", arguments: [0x7F, 0xFF] as [UInt8])
    func endless(length: UInt8) {
        var farewell = TunnelFarewell()
        _ = farewell.pass(ByteBuffer(bytes: [0x82, length] + [UInt8](repeating: 0xFF, count: 100)))
        #expect(farewell.leave() == nil)
        #expect(farewell.pass(ByteBuffer(bytes: [1, 2, 3]))?.readableBytes == 3)
    }

    private static let handshake =
        "GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"

    @Test("the client is told 1001, and so is the other server, by the client's answer")
    func told() async throws {
        let codes = Codes()
        let app = App("behind", staticFolder: nil, environment: .none)
        app.webSocket("/chat") { socket in
            for try await message in socket { try await socket.send(message) }
            codes.add(socket.closeCode)
        }
        _ = try await app.start()
        let behind = try app.server(at: .hostname("127.0.0.1", port: 0), threads: 1)
        try await behind.start()
        let server = makeServer(Proxy("http://127.0.0.1:\(behind.boundAddress?.port ?? 0)"))
        try await server.start()
        let client = try await RawConnection(port: server.boundAddress?.port ?? 0)
        try await client.send(Self.handshake)
        client.push(ByteBuffer(bytes: [0x81, 0x82, 0, 0, 0, 0] + "hi".utf8))
        #expect(await client.waits(for: "\u{2}hi"))
        async let stopped: Void = server.shutdown(gracefulTimeout: .seconds(60))
        #expect(await client.waits(for: "The server goes down."))
        // What the client had on its way still arrives.
        client.push(ByteBuffer(bytes: [0x81, 0x80, 0, 0, 0, 0, 0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE9]))
        #expect(await eventually { codes.all == [.goingAway] })
        #expect(await eventually { client.isEnded })
        await stopped
        await behind.shutdown(gracefulTimeout: .zero)
    }

    @Test("a client that does not answer is not waited for longer than `tunnelCloseTimeout`")
    func silent() async throws {
        let other = try await ScriptedServer { _, _ in
            [
                .send(
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")
            ]
        }
        var proxy = Proxy(other.url)
        proxy.tunnelCloseTimeout = .milliseconds(50)
        let server = makeServer(proxy)
        try await server.start()
        let client = try await RawConnection(port: server.boundAddress?.port ?? 0)
        try await client.send(Self.handshake)
        #expect(await client.waits(for: "101 Switching Protocols"))
        await server.shutdown(gracefulTimeout: .seconds(600))
        #expect(client.text.contains("The server goes down."))
        #expect(await eventually { client.isEnded && other.openConnections == 0 })
    }

    /// The codes that WebSockets were closed with.
    private final class Codes: Sendable {
        private let codes = Mutex<[WebSocketCloseCode?]>([])
        var all: [WebSocketCloseCode?] { codes.withLock { $0 } }
        func add(_ code: WebSocketCloseCode?) { codes.withLock { $0.append(code) } }
    }
}
