import Carafe
import CarafeTesting
import NIOCore
import Testing

@Suite("The test client, in memory and over a socket", .timeLimit(.minutes(5)))
struct TestClientTests {
    static let transports: [TestTransport] = [.inMemory, .server]

    @Test("a response has its status, fields and content", arguments: transports)
    func response(_ transport: TestTransport) async throws {
        try await sampleApp().test(transport) { client in
            let response = try await client.get("/")
            #expect(response.status == .ok)
            #expect(response.headers[.contentType] == "text/plain; charset=utf-8")
            #expect(response.headers[.contentLength] == "13")
            #expect(response.text == "Hello, World!")
        }
    }

    @Test("text, bytes and JSON arrive with their content type", arguments: transports)
    func contents(_ transport: TestTransport) async throws {
        try await sampleApp().test(transport) { client in
            let text = try await client.post("/echo", .text("grüße"))
            #expect(text.text == "grüße")
            #expect(text.headers[.contentType] == "text/plain; charset=utf-8")
            let json = try await client.post("/echo", .json(["a": 1]))
            let numbers: [String: Int] = try json.json()
            #expect(numbers == ["a": 1])
            #expect(json.headers[.contentType] == "application/json")
            let bytes = try await client.post("/echo", .bytes([0, 255]))
            #expect(Array(bytes.body.readableBytesView) == [0, 255])
        }
    }

    @Test("a stream is sent piece by piece", arguments: transports)
    func streamedUpload(_ transport: TestTransport) async throws {
        let pieces = AsyncStream<ByteBuffer> { continuation in
            for number in 0..<100 { continuation.yield(ByteBuffer(string: "\(number) ")) }
            continuation.finish()
        }
        try await sampleApp().test(transport) { client in
            let response = try await client.post("/echo", .stream(pieces))
            #expect(response.text == (0..<100).map { "\($0) " }.joined())
        }
    }

    @Test("a large upload goes through", arguments: transports)
    func largeUpload(_ transport: TestTransport) async throws {
        try await sampleApp().test(transport) { client in
            let response = try await client.post("/echo", .bytes([UInt8](repeating: 7, count: 3_000_000)))
            #expect(response.body.readableBytes == 3_000_000)
        }
    }

    @Test("forms are sent as browsers send them", arguments: transports)
    func forms(_ transport: TestTransport) async throws {
        try await sampleApp().test(transport) { client in
            let simple = try await client.post("/form", .form(["a": "1 & 2", "a": "ü"]))
            #expect(simple.text == "a=1 & 2;a=ü")
            let files = try await client.post(
                "/form",
                .multipart([.field("t\"x", "v"), .file("f", filename: "a \"b\".txt", "text")]))
            #expect(files.text == "t\"x=v|f:a \"b\".txt:text/plain; charset=utf-8")
        }
    }

    @Test("query values join those of the path", arguments: transports)
    func query(_ transport: TestTransport) async throws {
        try await sampleApp().test(transport) { client in
            let response = try await client.get("/query?a=1", query: ["b": "ü&"])
            #expect(response.text == "a=1;b=ü&")
        }
    }

    @Test("an absolute URL names the host", arguments: transports)
    func absoluteURL(_ transport: TestTransport) async throws {
        try await sampleApp().test(transport) { client in
            let other = try await client.get("http://api.example.com/host")
            #expect(other.text == "http api.example.com")
            #expect(try await client.get("/host").text == "http localhost")
        }
    }

    @Test("https is known to the app without a socket")
    func https() async throws {
        try await sampleApp().test { client in
            let response = try await client.get("https://example.com/host")
            #expect(response.text == "https example.com")
        }
    }

    @Test("redirects are followed when asked, and kept as history", arguments: transports)
    func redirects(_ transport: TestTransport) async throws {
        try await sampleApp().test(transport) { client in
            #expect(try await client.get("/once").location == "/")
            let followed = try await client.get("/once", followRedirects: true)
            #expect(followed.text == "Hello, World!")
            #expect(followed.history.map(\.status.code) == [302])
            #expect(followed.url == "http://localhost/")
        }
    }

    @Test("307 keeps the method and the content", arguments: transports)
    func keepingRedirect(_ transport: TestTransport) async throws {
        try await sampleApp().test(transport) { client in
            let response = try await client.post("/keep", .text("body"), followRedirects: true)
            #expect(response.text == "POST body")
        }
    }

    @Test("loops and other hosts are not followed", arguments: ["/loop", "/away"])
    func unfollowable(_ path: String) async throws {
        try await sampleApp().test { client in
            await #expect(throws: RedirectError.self) { _ = try await client.get(path, followRedirects: true) }
        }
    }

    @Test("a stream is read line by line", arguments: transports)
    func streamedResponse(_ transport: TestTransport) async throws {
        try await sampleApp().test(transport) { client in
            var lines: [String] = []
            try await client.stream(.get, "/stream") { response in
                for try await line in response.lines { lines.append(line) }
            }
            #expect(lines == ["line 1", "line 2", "line 3"])
        }
    }

    @Test("a stream may be left in the middle", arguments: transports)
    func leavingStream(_ transport: TestTransport) async throws {
        try await sampleApp().test(transport) { client in
            let first = try await client.stream(.get, "/endless") { response in
                try await response.body.first { _ in true }?.readableBytes
            }
            #expect((first ?? 0) > 0)
        }
    }

    @Test("a stream that breaks off is an error", arguments: transports)
    func brokenStream(_ transport: TestTransport) async throws {
        try await sampleApp().test(transport) { client in
            await #expect(throws: (any Error).self) { _ = try await client.get("/broken") }
        }
    }

    @Test("the error behind a 500 can be looked at")
    func unexpectedError() async throws {
        try await sampleApp().test { client in
            let response = try await client.get("/fail")
            #expect(response.status == .internalServerError)
            #expect(response.unexpectedError is Broken)
        }
    }

    @Test("a request that no server lets through is refused", arguments: transports)
    func refusal(_ transport: TestTransport) async throws {
        try await sampleApp().test(transport) { client in
            let response = try await client.get("/", headers: [.contentLength: "nonsense"])
            #expect(response.status == .badRequest)
        }
    }
}
