import Carafe
import CarafeTLS
import TestSupport
import Testing

@Suite(.enabled(if: Python.has("h2", "hyperframe", "hpack"))) struct WebSocketTests {
    private func run(_ body: String) async throws -> String {
        let result = Result()
        try await serve {
            $0.install(HTTP2())
        } then: { app in
            result.text = String(decoding: try await Python.run(http2WebSocket(app.port, body)), as: UTF8.self)
        }
        return result.text
    }

    /// Written by one task, and read when that is over.
    private final class Result: @unchecked Sendable { var text = "" }

    @Test("the server offers it, and messages go both ways")
    func messages() async throws {
        let text = try await run(
            """
            print(c.server_settings.get(8))
            fields = connect(); print(fields[":status"], "sec-websocket-accept" in fields, "upgrade" in fields)
            send(1, b"hello"); print(read())
            send(2, b"x" * 300); print(len(read()))
            send(8, b"\\x03\\xe8"); print(read()); print(read())
            c.send(c.headers(3)); print(c.response(3))
            """)
        #expect(
            text == """
                1
                200 False False
                b'\\x81\\x05hello'
                304
                b'\\x88\\x02\\x03\\xe8'
                b''
                ('200', b'Hello')

                """)
    }

    @Test("several messages in one read, and the stream's end")
    func end() async throws {
        let text = try await run(
            """
            connect()
            send(1, b"a"); send(1, b"b")
            text = b""
            while len(text) < 6: text += read()
            print(text)
            send(1, b"c", END_STREAM)
            print(read())
            """)
        #expect(text.utf8.starts(with: "b'\\x81\\x01a\\x81\\x01b'\n".utf8))
    }

    @Test(
        "a handshake that is wrong is refused",
        arguments: [
            ("connect(path='/nothing')[':status']", "404"), ("connect(path='/facts')[':status']", "400"),
            ("connect(version='12')[':status']", "426"), ("connect(protocol='tea')[':status']", "501"),
            ("connect(('origin', 'http://evil.example'))[':status']", "403"),
        ])
    func refused(call: String, status: String) async throws {
        let text = try await run("print(\(call))")
        #expect(text == "\(status)\n")
    }
}
