import Carafe
import CarafeTesting
import TestSupport
import Testing

@testable import CarafeProxy

@Suite("Servers that misbehave behind a proxy")
struct MalformedResponseTests {
    @Test(
        "a malformed or ambiguous response is a 502, and nothing of it reaches the client",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\nContent-Length: 0\n\n", "HTTP/2.0 200 OK\r\n\r\n", "<html>hello</html>\r\n\r\n",
            "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n", "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
            "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
            "HTTP/1.1 999 Odd\r\n\r\n", "HTTP/1.1 20\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 3",
        ])
    func malformed(text: String) async throws {
        let server = try await ScriptedServer { _, _ in [.send(text), .close] }
        try await withProxy(to: server.url) { client, _ async throws in
            let response = try await client.get("/")
            #expect(response.status == .badGateway && response.text == "502 Bad Gateway\n")
        }
    }

    @Test("a server that is not there, or closes without a word, is a 502")
    func unreachable() async throws {
        let closing = try await ScriptedServer { _, _ in [.close] }
        try await withProxy(to: closing.url) { client, _ async throws in
            #expect(try await client.get("/").status == .badGateway)
            #expect(try await client.post("/", .text("a")).status == .badGateway)
        }
        #expect(closing.connections == 2)
        try await withProxy(to: "http://127.0.0.1:1") { client, _ async throws in
            #expect(try await client.get("/").status == .badGateway)
        }
        try await withProxy(to: "unix:/nonexistent/socket") { client, _ async throws in
            #expect(try await client.get("/").status == .badGateway)
        }
    }

    @Test("a server that is too slow with its response is a 504; one that pauses within it breaks it off")
    func slow() async throws {
        let silent = try await ScriptedServer { _, _ in [] }
        try await withProxy(to: silent.url) {
            $0.responseTimeout = .milliseconds(50)
        } _: { client, _ async throws in
            let response = try await client.get("/")
            #expect(response.status == .gatewayTimeout && response.text == "504 Gateway Timeout\n")
        }
        #expect(await eventually { silent.openConnections == 0 })
        let pausing = try await ScriptedServer { _, _ in [.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")] }
        try await withProxy(to: pausing.url) {
            $0.idleTimeout = .milliseconds(50)
        } _: { client, _ async throws in
            await #expect(throws: (any Error).self) { try await client.get("/") }
        }
    }

    @Test(
        "a response that ends too early is broken off, not made to look complete",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        ])
    func cut(text: String) async throws {
        let server = try await ScriptedServer { _, _ in [.send(text), .wait(milliseconds: 30), .close] }
        try await withProxy(to: server.url) { client, _ async throws in
            await #expect(throws: (any Error).self) { try await client.get("/") }
        }
    }

    @Test("what a server sends behind its response never becomes the answer to another request")
    func excess() async throws {
        let server = try await ScriptedServer { _, _ in
            [
                .send(
                    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirstHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"
                )
            ]
        }
        try await withProxy(to: server.url) { client, proxy async throws in
            for _ in 0..<3 { #expect(try await client.get("/").text == "first") }
            #expect(await eventually { proxy.pool.counts == .init(open: 0, idle: 0) })
        }
        #expect(server.connections == 3)
    }

    @Test("interim responses are not passed on, and not without end")
    func interim() async throws {
        let server = try await ScriptedServer { head, _ in
            let count = head.contains("/many") ? 20 : 3
            return [
                .send(String(repeating: "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", count: count)),
                answer("hello"),
            ]
        }
        try await withProxy(to: server.url) { client, _ async throws in
            let response = try await client.get("/")
            #expect(response.status == .ok && response.text == "hello" && !response.headers.contains(.link))
            #expect(try await client.get("/many").status == .badGateway)
        }
    }

    @Test("trailer fields are dropped; HTTP/1.0 and content that ends with the connection are read")
    func forms() async throws {
        let server = try await ScriptedServer { head, _ in
            if head.contains("/trailers") {
                return [
                    .send(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Sum\r\n\r\n5\r\nhello\r\n0\r\nSum: 1\r\n\r\n"
                    )
                ]
            }
            return [.send("HTTP/1.0 200 OK\r\n\r\nhel"), .wait(milliseconds: 5), .send("lo"), .close]
        }
        try await withProxy(to: server.url) { client, _ async throws in
            let response = try await client.get("/trailers")
            #expect(response.text == "hello" && response.trailers == nil && !response.headers.contains(.trailer))
            #expect(try await client.get("/old").text == "hello")
        }
    }
}

extension HTTPField.Name {
    fileprivate static let link = HTTPField.Name("Link")!
}
