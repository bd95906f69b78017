import Carafe
import CarafeServer
import CarafeTLS
import TestSupport
import Testing

@Suite("The PROXY protocol tells of the client", .mayBlock) struct ProxyProtocolTests {
    private func run(_ install: @escaping (App) -> Void, _ script: String) async throws -> String {
        let result = Result()
        let proxies = try ProxyProtocol(from: ["127.0.0.1"])
        try await serve {
            install($0)
            $0.get("/who") { request in "\(request.scheme) \(request.remoteAddress ?? "nobody")" }
        } server: {
            $0.proxyProtocol = proxies
        } then: { app in
            let prelude = """
                import socket, ssl, sys; sys.path.insert(0, "\(clients)")
                port, header = \(app.port), b"PROXY TCP4 192.0.2.7 198.51.100.1 1234 80\\r\\n"
                request = b"GET /who HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n"
                def text(connection): return connection.makefile("rb").read().rsplit(b"\\n", 1)[-1].decode()

                """
            result.text = String(decoding: try await Python.run(["-c", prelude + script]), as: UTF8.self)
        }
        return result.text
    }

    /// Written by one task, and read when that is over.
    private final class Result: @unchecked Sendable { var text = "" }

    @Test("before a handshake of TLS")
    func tls() async throws {
        let script = """
            connection = socket.create_connection(("127.0.0.1", port)); connection.sendall(header)
            context = ssl.create_default_context(); context.check_hostname = False; context.verify_mode = ssl.CERT_NONE
            connection = context.wrap_socket(connection); connection.sendall(request); print(text(connection))
            """
        #expect(try await run({ $0.install(TLS(certificate: "adhoc")) }, script) == "https 192.0.2.7\n")
    }

    @Test("before HTTP/1.1 where HTTP/2 is spoken too")
    func http1() async throws {
        let script = """
            connection = socket.create_connection(("127.0.0.1", port)); connection.sendall(header + request)
            print(text(connection))
            """
        #expect(try await run({ $0.install(HTTP2()) }, script) == "http 192.0.2.7\n")
    }

    @Test("before HTTP/2", .enabled(if: Python.has("h2", "hyperframe", "hpack")))
    func http2() async throws {
        let script = """
            from wire import *
            c = Client(port, greeting=False); c.send(header, PREFACE + settings(), c.headers(1, c.fields(path="/who")))
            print(c.response(1)[1].decode())
            """
        #expect(try await run({ $0.install(HTTP2()) }, script) == "http 192.0.2.7\n")
    }
}
