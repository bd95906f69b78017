import CarafeHTTP
import CarafeServer
import NIOCore
import Testing
import TestSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct FileTests {
    private static let content = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 5) }

    private static func responder(_ descriptor: CInt, _ ranges: [Range<Int>], _ recorder: Recorder) -> TestResponder {
        var responder = TestResponder()
        for (index, range) in ranges.enumerated() {
            responder = responder.at("/\(index)") { _ in
                let file = FileBody(descriptor: dup(descriptor), offset: range.lowerBound, length: range.count)
                return .now(recorder.watch(Response(body: .file(file))))
            }
        }
        return responder
    }

    @Test(
        "a file or a part of one is sent",
        arguments: [0..<2_000_000, 0..<10, 0..<0, 1_999_999..<2_000_000, 100_000..<165_537, 3..<100_000])
    func parts(range: Range<Int>) async throws {
        let recorder = Recorder()
        let descriptor = temporaryFile(Self.content)
        defer { close(descriptor) }
        try await serve(Self.responder(descriptor, [range], recorder)) { server in
            let response = try server.exchange("GET /0 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(response["content-length"] == "\(range.count)")
            #expect(response.body == Array(Self.content[range]))
            #expect(await eventually { recorder.events == ["closed"] })
        }
    }

    @Test("files are sent in order among other responses")
    func pipeline() async throws {
        let descriptor = temporaryFile(Self.content)
        defer { close(descriptor) }
        let ranges = [0..<2_000_000, 5..<20, 0..<70_000]
        try await serve(Self.responder(descriptor, ranges, Recorder())) { server in
            let client = try server.connect(receiveBuffer: 65_536)
            let paths = ["/0", "/a", "/1", "/2", "/0", "/b"]
            try client.send(paths.map { "GET \($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined())
            let sizes = try paths.map { _ in try client.response().body.count }
            #expect(sizes == [2_000_000, 6, 15, 70_000, 2_000_000, 6])
        }
    }

    @Test("HEAD of a file sends nothing of it")
    func head() async throws {
        let descriptor = temporaryFile(Self.content)
        defer { close(descriptor) }
        try await serve(Self.responder(descriptor, [0..<2_000_000], Recorder())) { server in
            let client = try server.connect()
            try client.send("HEAD /0 HTTP/1.1\r\nHost: x\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n")
            let response = try client.response(to: "HEAD")
            #expect(response["content-length"] == "2000000")
            #expect(try client.response().text == "GET /next")
        }
    }

    @Test("a file that is shorter than promised breaks the connection off", arguments: [100, 70_000, 16_000_000])
    func tooShort(length: Int) async throws {
        let recorder = Recorder()
        let descriptor = temporaryFile(Array(Self.content.prefix(length / 2)))
        defer { close(descriptor) }
        let responder = Self.responder(descriptor, [0..<length], recorder)
        try await serve(responder, { $0.keepAliveTimeout = .milliseconds(200) }) { server in
            let client = try server.connect()
            try client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /0 HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.response().text == "GET /a")
            #expect(throws: RawClient.Failure.self) { try client.response() }
            #expect(await server.settles(at: 0))
            #expect(recorder.events == ["broken off"])
        }
    }

    @Test("what could not be sent to one client never reaches the next")
    func noLeftovers() async throws {
        let descriptor = temporaryFile([1, 2, 3])
        defer { close(descriptor) }
        try await serve(Self.responder(descriptor, [0..<100], Recorder())) { server in
            let broken = try server.connect()
            try broken.send("GET /0 HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(throws: RawClient.Failure.self) { try broken.response() }
            let next = try server.exchange("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(next.text == "GET /a")
        }
    }

    @Test("a file that loses bytes while it is sent breaks the connection off")
    func truncated() async throws {
        let recorder = Recorder()
        let size = 30_000_000
        let descriptor = temporaryFile([])
        defer { close(descriptor) }
        ftruncate(descriptor, off_t(size))
        let responder = Self.responder(descriptor, [0..<size], recorder)
        try await serve(responder, { $0.keepAliveTimeout = .milliseconds(200) }) { server in
            let client = try server.connect(receiveBuffer: 65_536)
            try client.send("GET /0 HTTP/1.1\r\nHost: x\r\n\r\n")
            client.giveBack(try client.receive())
            ftruncate(descriptor, 1000)
            #expect(throws: RawClient.Failure.self) { try client.response() }
            #expect(await server.settles(at: 0))
            #expect(recorder.events == ["broken off"])
        }
    }
}
