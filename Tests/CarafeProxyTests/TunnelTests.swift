import Carafe
import CarafeHTTP
import CarafeTesting
import NIOCore
import TestSupport
import Testing

@testable import CarafeProxy

@Suite("WebSockets through a proxy")
struct TunnelTests {
    private static let handshake =
        "GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    private static let agreement =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"

    @Test(
        "messages of every size pass both ways, with subprotocols and compression",
        .enabled(if: PythonServer.isAvailable(.websockets)))
    func websockets() async throws {
        let server = try PythonServer(.websockets)
        try await withProxy(to: "http://127.0.0.1:\(server.port)") { client, _ async throws in
            try await client.webSocket("/room?a=b", subprotocols: ["chat"]) { socket async throws in
                #expect(try await socket.receiveText() == "/room?a=b chat")
                for text in ["hello", String(repeating: "é", count: 200_000), ""] {
                    try await socket.send(text)
                    #expect(try await socket.receiveText() == text)
                }
            }
        }
    }

    @Test("bytes pass as they are, those that come with the agreement too; the end of one side is the end of both")
    func bytes() async throws {
        let server = try await ScriptedServer { _, _ in
            [.send(Self.agreement + "\u{1}first"), .wait(milliseconds: 50), .send("second"), .close]
        }
        try await withServer(Proxy(server.url)) { port in
            let client = try await RawConnection(port: port)
            try await client.send(Self.handshake)
            #expect(await client.waits(for: "\r\n\r\n\u{1}first"))
            client.push(ByteBuffer(string: "up"))
            #expect(await client.waits(for: "second"))
            #expect(await eventually { client.isEnded })
            #expect(
                client.text.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                    && client.text.contains("Connection: Upgrade"))
        }
        let head = server.heads.first ?? ""
        #expect(
            head.contains("Connection: Upgrade\r\nUpgrade: websocket\r\n") && head.contains("Sec-WebSocket-Key: dGhl"))
    }

    @Test("a client that goes away ends the connection to the server")
    func clientGone() async throws {
        let server = try await ScriptedServer { _, _ in [.send(Self.agreement)] }
        try await withServer(Proxy(server.url)) { port in
            let client = try await RawConnection(port: port)
            try await client.send(Self.handshake)
            #expect(await client.waits(for: "101 Switching Protocols"))
            await client.close()
            #expect(await eventually { server.openConnections == 0 })
        }
    }

    @Test("silence ends a tunnel after its time")
    func silence() async throws {
        let server = try await ScriptedServer { _, _ in [.send(Self.agreement)] }
        var proxy = Proxy(server.url)
        proxy.tunnelTimeout = .milliseconds(50)
        try await withServer(proxy) { port in
            let client = try await RawConnection(port: port)
            try await client.send(Self.handshake)
            #expect(await eventually { client.isEnded })
        }
    }

    @Test("a server that does not agree, or to something else, is not believed")
    func refused() async throws {
        let server = try await ScriptedServer { head, _ in
            head.contains("/chat")
                ? [.send(Self.agreement.replacing("s3pP", with: "XXXX"))]
                : [.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno")]
        }
        try await withServer(Proxy(server.url)) { port in
            let client = try await RawConnection(port: port)
            try await client.send(Self.handshake)
            #expect(await client.waits(for: "502 Bad Gateway"))
            let other = try await RawConnection(port: port)
            try await other.send(Self.handshake.replacing("/chat", with: "/other"))
            #expect(await other.waits(for: "403 Forbidden"))
        }
    }

    @Test("a WebSocket's handshake with content, or over HTTP/1.0, is a request like any other")
    func noUpgrade() async throws {
        let server = try await ScriptedServer { _, _ in [answer("page", "Connection: close")] }
        try await withServer(Proxy(server.url)) { port in
            for text in [
                Self.handshake.replacing("HTTP/1.1\r\nHost", with: "HTTP/1.0\r\nHost"),
                Self.handshake.replacing("\r\n\r\n", with: "\r\nContent-Length: 2\r\n\r\nhi"),
            ] {
                let client = try await RawConnection(port: port)
                try await client.send(text)
                #expect(await client.waits(for: "page"))
            }
        }
        #expect(server.heads.count == 2 && !server.heads.contains { $0.contains("Upgrade") })
    }
}
