import CarafeHTTP
import NIOCore
import TestSupport
import Testing

@testable import CarafeProxy

@Suite("A proxy between fast and slow")
struct BackPressureTests {
    /// More than all buffers on the way hold.
    private static let size = 64 * 1024 * 1024

    @Test("a client that does not read holds the server up")
    func slowClient() async throws {
        let server = try await ScriptedServer { _, _ in
            [.send("HTTP/1.1 200 OK\r\nContent-Length: \(Self.size)\r\n\r\n"), .flood(Self.size)]
        }
        try await withServer(Proxy(server.url)) { port in
            let client = try await RawConnection(port: port, reads: false)
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await eventually { server.heads.count == 1 })
            // What the system's buffers take is taken soon; then nothing moves.
            var last = -1
            while last != server.sentBytes {
                last = server.sentBytes
                try await Task.sleep(for: .milliseconds(200))
            }
            #expect(server.sentBytes < Self.size / 2)
            try await client.startReading()
            #expect(await eventually { client.count > Self.size })
        }
    }

    @Test("a server that does not read holds the client up")
    func slowServer() async throws {
        let server = try await ScriptedServer { _, _ in [.stopReading] }
        let proxy = Proxy(server.url)
        try await withServer(proxy) { port in
            let client = try await RawConnection(port: port)
            try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(Self.size)\r\n\r\n")
            #expect(await eventually { server.heads.count == 1 })
            let piece = ByteBuffer(repeating: 7, count: 1024 * 1024)
            for _ in 0..<(Self.size / piece.readableBytes) { client.push(piece) }
            try await Task.sleep(for: .milliseconds(300))
            #expect(try await client.unsentBytes > Self.size / 2)
            await client.reset()
            #expect(await eventually { proxy.pool.counts.open == 0 })
        }
    }
}
