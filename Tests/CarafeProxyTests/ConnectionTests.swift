import Carafe
import CarafeTesting
import TestSupport
import Testing

@testable import CarafeProxy

@Suite("A proxy's connections")
struct ConnectionTests {
    @Test("one connection serves request after request")
    func keepAlive() async throws {
        let server = try await ScriptedServer { _, _ in [answer("hello")] }
        try await withProxy(to: server.url) { client, proxy async throws in
            for _ in 0..<4 { #expect(try await client.get("/").text == "hello") }
            #expect(proxy.pool.counts == .init(open: 1, idle: 1))
        }
        #expect(server.connections == 1)
    }

    @Test("a host with several addresses is reached at the one where the server is")
    func severalAddresses() async throws {
        let server = try await ScriptedServer { _, _ in [answer("hello")] }
        try await withProxy(to: "http://localhost:\(server.port)") { client, _ async throws in
            for _ in 0..<20 { #expect(try await client.post("/", .text("a")).text == "hello") }
        }
    }

    @Test("a server that says close is not asked again on the same connection")
    func close() async throws {
        let server = try await ScriptedServer { _, _ in [answer("hello", "Connection: close")] }
        try await withProxy(to: server.url) { client, _ async throws in
            for _ in 0..<3 { #expect(try await client.get("/").text == "hello") }
        }
        #expect(server.connections == 3)
    }

    @Test("a kept connection that turns out to be dead costs nobody an answer")
    func stale() async throws {
        // Every second request on a connection finds it closed.
        let server = try await ScriptedServer { head, number in
            head.contains("/die") || number > 0 && head.contains("/first") ? [.close] : [answer("\(number)")]
        }
        try await withProxy(to: server.url) { client, _ async throws in
            #expect(try await client.get("/").text == "0")
            // The connection is closed when this arrives; it is asked again on another, and answered there.
            #expect(try await client.get("/die").status == .badGateway)
        }
        #expect(server.heads.filter { $0.contains("/die") }.count == 2)
    }

    @Test("requests that may not be repeated go over new connections, and are sent once")
    func unrepeatable() async throws {
        let server = try await ScriptedServer { head, _ in head.hasPrefix("POST") ? [.close] : [answer("hello")] }
        try await withProxy(to: server.url) { client, _ async throws in
            #expect(try await client.get("/").text == "hello")
            #expect(try await client.post("/", .text("pay")).status == .badGateway)
        }
        #expect(server.heads.filter { $0.hasPrefix("POST") }.count == 1 && server.connections == 2)
    }

    @Test("idle connections are closed after a while, and only so many are kept")
    func idle() async throws {
        let server = try await ScriptedServer { _, _ in [answer("hello")] }
        try await withProxy(to: server.url) {
            $0.keepAliveTimeout = .milliseconds(20)
        } _: { client, proxy async throws in
            _ = try await client.get("/")
            #expect(await eventually { proxy.pool.counts == .init(open: 0, idle: 0) && server.openConnections == 0 })
        }
        try await withProxy(to: server.url) {
            $0.maxIdleConnections = 0
        } _: { client, proxy async throws in
            _ = try await client.get("/")
            #expect(await eventually { proxy.pool.counts == .init(open: 0, idle: 0) })
        }
    }

    @Test("past the most connections requests wait their turn, and are a 503 when it does not come")
    func most() async throws {
        let server = try await ScriptedServer { head, _ in
            head.contains("/long") ? [.wait(milliseconds: 100), answer("long")] : [answer("hello")]
        }
        try await withProxy(to: server.url) {
            $0.maxConnections = 1
        } _: { client, _ async throws in
            async let long = client.get("/long")
            try await Task.sleep(for: .milliseconds(10))
            #expect(try await client.get("/").text == "hello")
            #expect(try await long.text == "long")
        }
        #expect(server.connections == 1)
        let silent = try await ScriptedServer { _, _ in [] }
        try await withProxy(to: silent.url) {
            $0.maxConnections = 1
            $0.connectTimeout = .milliseconds(50)
            $0.responseTimeout = .seconds(2)
        } _: { client, _ async throws in
            async let long = client.get("/long")
            #expect(await eventually { silent.heads.count == 1 })
            let response = try await client.get("/")
            #expect(response.status == .serviceUnavailable && response.headers[.retryAfter] == "1")
            #expect(try await long.status == .gatewayTimeout)
        }
    }

    @Test("a client that goes away takes its connection to the server with it")
    func abandoned() async throws {
        let server = try await ScriptedServer { _, _ in [] }
        try await withServer(Proxy(server.url)) { port in
            let client = try await RawConnection(port: port)
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await eventually { server.heads.count == 1 })
            await client.reset()
            #expect(await eventually { server.openConnections == 0 })
        }
    }

    @Test("a response that ends with the connection is not taken for whole where that was broken off")
    func brokenOff() async throws {
        let server = try await ScriptedServer { _, _ in
            [.send("HTTP/1.1 200 OK\r\n\r\nhalf"), .wait(milliseconds: 20), .reset]
        }
        try await withProxy(to: server.url) { client, _ async throws in
            await #expect(throws: (any Error).self) { try await client.get("/") }
        }
    }

    @Test("content is asked for before it is sent where the client asks; a server that refuses gets none of it")
    func expectation() async throws {
        let server = try await ScriptedServer { head, _ in
            head.contains("/refused")
                ? [.send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")]
                : [
                    .send("HTTP/1.1 100 Continue\r\n\r\n"), .wait(milliseconds: 50),
                    answer("taken", "Connection: close"),
                ]
        }
        try await withProxy(to: server.url) { client, _ async throws in
            let expecting: Headers = [.expect: "100-continue"]
            #expect(try await client.post("/taken", .text("hello"), headers: expecting).text == "taken")
            #expect(server.heads.last?.contains("Via: 1.1 carafe\r\n") == true)
            #expect(try await client.post("/refused", .text("hello"), headers: expecting).status == .unauthorized)
        }
    }
}
