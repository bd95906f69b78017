import Carafe
import CarafeTesting
import Synchronization
import Testing

@Suite("Server-sent events", .timeLimit(.minutes(5)))
struct EventStreamTests {
    /// What a stream that sends these events writes.
    static func text(_ send: @escaping @Sendable (EventWriter) async throws -> Void) async throws -> String {
        let (app, _) = smallApp()
        app.get("/") { EventStream(heartbeat: nil, send) }
        return try await app.test { client in try await client.get("/").text }
    }

    @Test("the fields say that nobody may keep it or hold it back")
    func fields() async throws {
        let (app, _) = smallApp()
        app.get("/") { EventStream { try await $0.send("a") } }
        try await app.test { client in
            let response = try await client.get("/")
            #expect(response.headers[.contentType] == "text/event-stream")
            #expect(response.headers[.cacheControl] == "no-cache")
            let buffering = try #require(HTTPField.Name("X-Accel-Buffering"))
            #expect(response.headers[buffering] == "no")
            #expect(response.headers[.contentLength] == nil)
        }
    }

    @Test("an event as it is written")
    func written() async throws {
        let text = try await Self.text { events in
            try await events.send("a\nb", event: "tick", id: "7", retry: .milliseconds(1_500))
            try await events.comment("here")
        }
        #expect(text == "event: tick\nid: 7\nretry: 1500\ndata: a\ndata: b\n\n: here\n\n")
    }

    @Test(
        "a message arrives as it was, its line breaks as LF",
        arguments: [
            ("", ""), ("plain", "plain"), ("two\nlines", "two\nlines"), ("a\r\nb\rc\n", "a\nb\nc\n"),
            ("\n\n", "\n\n"), (" leading space", " leading space"), ("data: x\n\nevent: y", "data: x\n\nevent: y"),
            ("ü\u{2028}\u{301}", "ü\u{2028}\u{301}"), ("a\r\u{301}b", "a\n\u{301}b"), ("a\0b", "a\0b"), (":", ":"),
        ])
    func message(sent: String, arrives: String) async throws {
        let read = EventText(try await Self.text { try await $0.send(sent) })
        #expect(read.events.count == 1 && read.comments.isEmpty)
        #expect(read.events.first.map { Array($0.data.unicodeScalars) } == Array(arrives.unicodeScalars))
    }

    @Test(
        "a type or id cannot end its line or begin another event",
        arguments: ["x\ndata: evil", "x\r\n\r\ndata: evil", "x\rdata: evil", "x\u{0}data: evil"])
    func injection(value: String) async throws {
        let expected = "xdata: evil"
        let read = EventText(try await Self.text { try await $0.send("good", event: value, id: value) })
        #expect(read.events == [.init(type: expected, data: "good", id: expected)])
        #expect(read.comments.isEmpty)
    }

    @Test("a comment of several lines stays one")
    func comment() async throws {
        let read = EventText(try await Self.text { try await $0.comment("a\ndata: evil\r\n\r\nid: 1") })
        #expect(read == EventText(": a\n: data: evil\n: \n: id: 1\n\n"))
        #expect(read.events.isEmpty && read.comments.count == 4)
    }

    @Test(
        "the time to reconnect is whole milliseconds, none negative",
        arguments: [
            (Duration.seconds(3), 3_000), (.milliseconds(250), 250), (.microseconds(1_999), 1), (.seconds(-3), 0),
            (.milliseconds(-1), 0), (.seconds(Int64.max), 3_155_760_000_000), (.zero, 0),
        ])
    func retry(duration: Duration, milliseconds: Int) async throws {
        let read = EventText(try await Self.text { try await $0.send("", retry: duration) })
        #expect(read.retry == milliseconds)
    }

    @Test("a value is sent as JSON on one line")
    func json() async throws {
        let read = EventText(try await Self.text { try await $0.send(json: ["text": "a\nb"], event: "note") })
        #expect(read.events == [.init(type: "note", data: "{\"text\":\"a\\nb\"}")])
    }

    @Test("while there are no events, a comment is sent at every heartbeat")
    func heartbeat() async throws {
        let (app, _) = smallApp()
        app.get("/") {
            EventStream(heartbeat: .milliseconds(5)) { events in
                try await Task.sleep(for: .seconds(60))
                try await events.send("too late")
            }
        }
        try await app.test { client in
            try await client.stream(.get, "/") { response in
                var lines: [String] = []
                for try await line in response.lines {
                    lines.append(line)
                    if lines.count == 4 { break }
                }
                #expect(lines == [": ", "", ": ", ""])
            }
        }
    }

    @Test(
        "events arrive as they are sent, and the sender is cancelled when the client goes away",
        arguments: [TestTransport.inMemory, .server])
    func cancellation(transport: TestTransport) async throws {
        let (ended, end) = AsyncStream.makeStream(of: Bool.self)
        let (app, _) = smallApp()
        app.get("/") {
            EventStream(heartbeat: .milliseconds(20)) { events in
                do {
                    try await events.send("first")
                    try await Task.sleep(for: .seconds(60))
                } catch {
                    end.yield(error is CancellationError)
                    throw error
                }
            }
        }
        try await app.test(transport) { client in
            try await client.stream(.get, "/") { response in
                for try await line in response.lines {
                    #expect(line == "data: first")
                    break
                }
            }
            var iterator = ended.makeAsyncIterator()
            #expect(await iterator.next() == true)
        }
    }

    @Test("a client that reconnects says where it left off")
    func lastEventID() async throws {
        let (app, _) = smallApp()
        app.get("/") { request in
            EventStream { try await $0.send("after \(request.lastEventID ?? "nothing")") }
        }
        try await app.test { client in
            let name = try #require(HTTPField.Name("Last-Event-ID"))
            let response = try await client.get("/", headers: [name: "41"])
            #expect(response.text == "data: after 41\n\n")
        }
    }
}
