import Carafe
import CarafeTesting
import Foundation
import NIOCore
import NIOPosix
import Synchronization
import Testing

@Suite("Teardown runs exactly once", .timeLimit(.minutes(5)))
struct TeardownTests {
    struct Failed: Error {}

    /// Counts teardowns, and lets a test wait for them.
    final class Counter: Sendable {
        private let events = Mutex<[String]>([])

        func add(_ event: String) { events.withLock { $0.append(event) } }

        /// What came, once there is something, and after a while in which a second one would have come.
        func wait() async throws -> [String] {
            while events.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(1)) }
            try await Task.sleep(for: .milliseconds(5))
            return events.withLock { events in
                defer { events = [] }
                return events
            }
        }
    }

    static let transports: [TestTransport] = [.inMemory, .server]

    /// An app whose every request adds its path and error to the counter.
    static func countingApp(_ counter: Counter, isAsynchronous: Bool = false) -> App {
        let (app, _) = recordedApp()
        let note = { @Sendable (request: Request, error: (any Error)?) in
            counter.add("\(request.path) \(LifecycleTrace.kind(error))")
            #expect(Request.current === request)
        }
        if isAsynchronous {
            app.teardownRequest { request, error async in
                await Task.yield()
                note(request, error)
            }
        } else {
            app.teardownRequest(note)
        }
        app.get("/plain") { "ok" }
        app.get("/later") { () async in
            await Task.yield()
            return "ok"
        }
        app.get("/abort") { () throws -> String in throw Abort(.forbidden) }
        app.get("/given") { () throws -> String in throw Abort(Response("given")) }
        app.get("/fail") { () throws -> String in throw Failed() }
        app.get("/faillater") { () async throws -> String in
            await Task.yield()
            throw Failed()
        }
        app.get("/empty") { HTTPResponse.Status.noContent }
        app.get("/slash/") { "ok" }
        app.get("/file") { File(#filePath) }
        app.get("/stream") { Stream { writer in for _ in 0..<3 { try await writer.write("piece\n") } } }
        app.get("/broken") { Stream { writer in throw Failed() } }
        app.get("/endless") {
            Stream { writer in while true { try await writer.write(String(repeating: "x\n", count: 4096)) } }
        }
        app.get("/events") { EventStream { events in while true { try await events.send("tick") } } }
        app.post("/form") { (request: Request) async throws in "\(try await request.form().files.count)" }
        app.get("/port") { request in "\(request.connection.localAddress?.port ?? 0)" }
        app.afterRequest { request, _ in if request.path == "/after" { throw Failed() } }
        app.get("/after") { "ok" }
        return app
    }

    @Test(
        "whatever becomes of the request", arguments: transports,
        [
            ("/plain", "none"), ("/later", "none"), ("/abort", "none"), ("/given", "none"), ("/fail", "Failed"),
            ("/faillater", "Failed"), ("/empty", "none"), ("/slash", "none"), ("/nothing", "none"), ("/file", "none"),
            ("/stream", "none"), ("/broken", "none"), ("/after", "Failed"),
        ])
    func outcomes(transport: TestTransport, expected: (path: String, error: String)) async throws {
        for isAsynchronous in [false, true] {
            let counter = Counter()
            try await Self.countingApp(counter, isAsynchronous: isAsynchronous).test(transport) { client in
                _ = try? await client.get(expected.path)
                let afterGet = try await counter.wait()
                #expect(afterGet == ["\(expected.path) \(expected.error)"])
                _ = try? await client.head(expected.path)
                let afterHead = try await counter.wait()
                #expect(afterHead == afterGet)
            }
        }
    }

    @Test("after the last byte of a stream, not before", arguments: transports)
    func afterStream(transport: TestTransport) async throws {
        let counter = Counter()
        let app = Self.countingApp(counter)
        app.get("/watched") { Stream { _ in counter.add("streamed") } }
        try await app.test(transport) { client in
            _ = try await client.get("/watched")
            #expect(try await counter.wait() == ["streamed", "/watched none"])
        }
    }

    @Test("where the client goes away in the middle", arguments: transports, ["/endless", "/events", "/stream"])
    func clientLeaves(transport: TestTransport, path: String) async throws {
        let counter = Counter()
        try await Self.countingApp(counter).test(transport) { client in
            try await client.stream(.get, path) { response in for try await _ in response.lines { break } }
            #expect(try await counter.wait() == ["\(path) none"])
        }
    }

    @Test("where the client goes away while a large file is sent")
    func clientLeavesFile() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "carafe-teardown-\(UUID().uuidString)").path
        try Data(count: 20_000_000).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let counter = Counter()
        let app = Self.countingApp(counter)
        app.get("/large") { File(path) }
        try await app.test(.server) { client in
            try await client.stream(.get, "/large") { response in for try await _ in response.body { break } }
            #expect(try await counter.wait() == ["/large none"])
        }
    }

    @Test("where the client breaks the connection off before there is an answer, and the handler is cancelled")
    func clientLeavesHandler() async throws {
        let counter = Counter()
        let app = Self.countingApp(counter)
        let started = AsyncStream<Void>.makeStream()
        app.get("/slow") { () async throws -> String in
            started.continuation.finish()
            do {
                try await Task.sleep(for: .seconds(60))
            } catch {
                counter.add("cancelled")
                throw error
            }
            return "slept"
        }
        try await app.test(.server) { client in
            let port = try #require(Int(try await client.get("/port").text))
            #expect(try await counter.wait() == ["/port none"])
            let socket = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port).get()
            let request = ByteBuffer(string: "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
            try await socket.writeAndFlush(request).get()
            for await _ in started.stream {}
            // A client that only shuts its side may still wait for the answer; one that resets the connection does not.
            let options = try #require(socket as? any SocketOptionProvider)
            try await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
            try await socket.close().get()
            var events: [String] = []
            while events.count < 2 { events += try await counter.wait() }
            #expect(events == ["cancelled", "/slow none"])
        }
    }

    @Test("uploads are gone with the request")
    func uploads() async throws {
        let counter = Counter()
        let app = Self.countingApp(counter)
        try await app.test { client in
            let response = try await client.post(
                "/form", .multipart([.file("f", filename: "a.bin", [UInt8](repeating: 7, count: 2_000_000))]))
            #expect(response.text == "1")
            #expect(try await counter.wait() == ["/form none"])
        }
    }

    @Test("for each of many requests on one connection")
    func pipelined() async throws {
        let counter = Counter()
        let app = Self.countingApp(counter)
        try await app.test(.server) { client in
            let port = try #require(Int(try await client.get("/port").text))
            _ = try await counter.wait()
            let socket = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port).get()
            let request = "GET /plain HTTP/1.1\r\nHost: localhost\r\n\r\nGET /later HTTP/1.1\r\nHost: localhost\r\n\r\n"
            try await socket.writeAndFlush(ByteBuffer(string: String(repeating: request, count: 10))).get()
            var events: [String] = []
            while events.count < 20 { events += try await counter.wait() }
            #expect(events == (0..<10).flatMap { _ in ["/plain none", "/later none"] })
            try await socket.close().get()
        }
    }
}
