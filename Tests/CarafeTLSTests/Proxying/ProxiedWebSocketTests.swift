import Carafe
import CarafeProxy
import CarafeTLS
import Foundation
import TestSupport
import Testing

@Suite("A WebSocket over HTTP/2 that a proxy passes on", .enabled(if: Python.has("h2", "hyperframe", "hpack")))
struct ProxiedWebSocketTests {
    /// Serves an app, and another before it that speaks HTTP/2 and passes `/there` on.
    private func serveBoth(_ body: @escaping @Sendable (_ behind: ServedApp, _ front: ServedApp) async throws -> Void)
        async throws
    {
        try await serve { _ in
        } then: { behind in
            try await serve {
                $0.install(HTTP2())
                $0.mount("/there", Proxy("http://127.0.0.1:\(behind.port)"))
            } then: { front in
                try await body(behind, front)
            }
        }
    }

    @Test("an extended CONNECT becomes an upgrade: messages of every size go both ways, and the end of both")
    func messages() async throws {
        try await serveBoth { behind, front in
            let script = """
                fields = connect(path="/there/ws"); print(sorted(name for name in fields if name != "date"), fields[":status"])
                send(1, b"hello"); print(read())
                send(2, b"x" * 300); print(len(read()))
                for n in range(50):
                    send(2, b"y" * 16_000)
                    size = 0
                    while size < 16_004:
                        data = read(); size += len(data)
                        c.send(window_update(0, len(data)), window_update(1, len(data)))
                    assert size == 16_004
                send(8, b"\\x03\\xe8"); print(read()); print(read())
                c.send(c.headers(3)); print(c.response(3))
                """
            let text = String(decoding: try await Python.run(http2WebSocket(front.port, script)), as: UTF8.self)
            #expect(
                text == """
                    [':status'] 200
                    b'\\x81\\x05hello'
                    304
                    b'\\x88\\x02\\x03\\xe8'
                    b''
                    ('200', b'Hello')

                    """)
            #expect(
                await eventually { behind.server.statistics.requests == 0 && front.server.statistics.requests == 0 })
        }
    }

    @Test(
        "what the other server refuses is refused",
        arguments: [
            ("connect(path='/there/nothing')[':status']", "404"),
            ("connect(('origin', 'http://evil.example'), path='/there/ws')[':status']", "403"),
        ])
    func refused(call: String, status: String) async throws {
        try await serveBoth { _, front in
            let output = try await Python.run(http2WebSocket(front.port, "print(\(call))"))
            #expect(String(decoding: output, as: UTF8.self) == "\(status)\n")
        }
    }

    @Test(
        "a client that resets its stream, or goes away, ends the WebSocket behind",
        arguments: ["c.send(rst(1))", "c.socket.close()"])
    func gone(end: String) async throws {
        try await serveBoth { behind, front in
            let script = """
                connect(path="/there/ws"); send(1, b"hello"); read()
                \(end); print("gone", flush=True); sys.stdin.read()
                """
            _ = try await Python.run(http2WebSocket(front.port, script))
            #expect(
                await eventually { behind.server.statistics.requests == 0 && front.server.statistics.requests == 0 })
        }
    }

    @Test("a server that goes down says 1001, and both sides come to an end")
    func goingDown() async throws {
        try await serveBoth { behind, front in
            let script = """
                connect(path="/there/ws"); send(1, b"hello"); print(read(), flush=True)
                frame = read(); print(frame)
                send(8, frame[2:4]); print(read())
                """
            let process = try ChildProcess(Python.interpreter, ["-B"] + http2WebSocket(front.port, script))
            var text = String(decoding: process.read(), as: UTF8.self)
            await front.server.shutdown(gracefulTimeout: .seconds(30))
            text += String(decoding: process.readToEnd(), as: UTF8.self)
            _ = process.wait()
            #expect(
                text == """
                    b'\\x81\\x05hello'
                    b'\\x88\\x17\\x03\\xe9The server goes down.'
                    b''

                    """)
            #expect(await eventually { behind.server.statistics.requests == 0 })
        }
    }
}
