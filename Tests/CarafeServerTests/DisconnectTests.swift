import CarafeHTTP
import CarafeServer
import NIOCore
import Testing
import TestSupport

/// Clients that leave in the middle, and responses that break off.
@Suite struct DisconnectTests {
    @Test(
        "the handler's task is cancelled when the client leaves, and its response closed once",
        arguments: [false, true])
    func handler(overUnixSocket: Bool) async throws {
        let recorder = Recorder()
        let responder = TestResponder().later("/wait") { _ in
            recorder.note("started")
            do { try await Task.sleep(for: .seconds(60)) } catch { recorder.note("cancelled") }
            return recorder.watch(Response("never"))
        }
        try await serve(responder, { if overUnixSocket { $0.address = temporarySocket() } }) { server in
            let client = try server.connect()
            try client.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await eventually { recorder.events == ["started"] })
            client.reset()
            #expect(await server.settles(at: 0))
            #expect(recorder.events == ["started", "cancelled", "broken off"])
        }
    }

    @Test("a stream is cancelled when the client leaves, whether it waits or writes", arguments: [false, true])
    func stream(writes: Bool) async throws {
        let recorder = Recorder()
        let responder = TestResponder().at("/stream") { _ in
            .now(
                recorder.watch(
                    Response(
                        body: .stream { writer in
                            defer { recorder.note("ended") }
                            try await writer.write("first")
                            while writes { try await writer.write(ByteBuffer(repeating: 0x61, count: 10_000)) }
                            try await Task.sleep(for: .seconds(60))
                        })))
        }
        try await serve(responder) { server in
            let client = try server.connect()
            try client.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try client.receive()
            client.reset()
            #expect(await server.settles(at: 0))
            #expect(recorder.events == ["ended", "broken off"])
        }
    }

    @Test("the reader of content is told when the client leaves")
    func upload() async throws {
        let recorder = Recorder()
        let responder = TestResponder().later("/upload") { request in
            do { _ = try await request.body.collect() } catch { recorder.note("interrupted") }
            return recorder.watch(Response("never"))
        }
        try await serve(responder) { server in
            let client = try server.connect()
            try client.send("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc")
            #expect(await eventually { server.server.statistics.requests == 1 })
            client.reset()
            #expect(await server.settles(at: 0))
            #expect(recorder.events == ["interrupted", "broken off"])
        }
    }

    @Test("a response closes once, when its last byte has left", arguments: ["/text", "/large", "/stream", "/later"])
    func closesOnce(path: String) async throws {
        let recorder = Recorder()
        let large = ByteBuffer(repeating: 0x61, count: 16_000_000)
        let responder = TestResponder()
            .at("/text") { _ in .now(recorder.watch(Response("text"))) }
            .at("/large") { _ in .now(recorder.watch(Response(body: .bytes(large)))) }
            .at("/stream") { _ in .now(recorder.watch(Response(body: .stream { try await $0.write(large) }))) }
            .later("/later") { _ in recorder.watch(Response("later")) }
        try await serve(responder) { server in
            let client = try server.connect(receiveBuffer: 65_536)
            try client.send("GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            if path == "/large" || path == "/stream" {
                try await Task.sleep(for: .milliseconds(50))
                #expect(recorder.events == [])
            }
            #expect(try client.response().status == 200)
            #expect(await eventually { !recorder.events.isEmpty })
            client.close()
            #expect(await server.settles(at: 0))
            #expect(recorder.events == ["closed"])
        }
    }

    @Test("a client that never reads its response breaks it off when it leaves")
    func largeBrokenOff() async throws {
        let recorder = Recorder()
        let responder = TestResponder().at("/large") { _ in
            .now(recorder.watch(Response(body: .bytes(ByteBuffer(repeating: 0x61, count: 20_000_000)))))
        }
        try await serve(responder) { server in
            let client = try server.connect(receiveBuffer: 65_536)
            try client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try client.receive()
            client.reset()
            #expect(await server.settles(at: 0))
            #expect(recorder.events == ["broken off"])
        }
    }

    private struct Broken: Error {}

    @Test(
        "a stream that throws lets the client see that it is incomplete", arguments: ["HTTP/1.1", "HTTP/1.0"],
        [nil, 10])
    func throwingStream(version: String, length: Int?) async throws {
        let recorder = Recorder()
        let responder = TestResponder().at("/broken") { _ in
            .now(
                recorder.watch(
                    Response(
                        body: .stream(length: length) { writer in
                            try await writer.write("half")
                            throw Broken()
                        })))
        }
        try await serve(responder) { server in
            let client = try server.connect()
            try client.send("GET /broken \(version)\r\nHost: x\r\n\r\n")
            #expect(throws: RawClient.Failure.self) { try client.response() }
            #expect(await server.settles(at: 0))
            #expect(recorder.events == ["broken off"])
        }
    }

    @Test("a stream that writes more or less than it declared is broken off", arguments: ["", "four", "sevenxx"])
    func wrongLength(content: String) async throws {
        let responder = TestResponder().at("/wrong") { _ in
            .now(Response(body: .stream(length: 6) { try await $0.write(content) }))
        }
        try await serve(responder) { server in
            let client = try server.connect()
            try client.send("GET /wrong HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(throws: RawClient.Failure.self) { try client.response() }
        }
    }
}
