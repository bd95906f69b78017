import Carafe
import CarafeTesting
import Testing
import TestSupport

@Suite("A channel of server-sent events", .timeLimit(.minutes(5)))
struct EventChannelTests {
    private func app(_ channel: EventChannel) -> App {
        let (app, _) = smallApp()
        app.get("/news") { (request: Request) in
            channel.stream(for: request, heartbeat: nil, retry: .milliseconds(250))
        }
        return app
    }

    /// So many events of a stream, after the time to reconnect.
    private func events(_ response: StreamedResponse, _ count: Int) async throws -> EventText {
        var lines: [String] = []
        var ends = 0
        for try await line in response.lines {
            lines.append(line)
            if line.isEmpty { ends += 1 }
            if ends == count + 1 { break }
        }
        return EventText(lines.joined(separator: "\n") + "\n")
    }

    private func listen<Result>(
        _ client: TestClient, after id: String? = nil, _ body: (StreamedResponse) async throws -> Result
    ) async throws -> Result {
        let name = try #require(HTTPField.Name("Last-Event-ID"))
        return try await client.stream(.get, "/news", headers: id.map { [name: $0] } ?? [:], body)
    }

    @Test("everyone who listens gets each event with an id", arguments: [TestTransport.inMemory, .server])
    func send(_ transport: TestTransport) async throws {
        let channel = EventChannel()
        try await app(channel).test(transport) { (client) async throws in
            try await listen(client) { (one) async throws in
                try await listen(client) { (two) async throws in
                    #expect(await eventually { channel.count == 2 })
                    #expect(channel.send("a", event: "tick") == 2)
                    #expect(try channel.send(json: ["b": 1]) == 2)
                    let received = try await [events(one, 2), events(two, 2)]
                    #expect(received[0] == received[1])
                    #expect(received[0].events.map(\.data) == ["a", #"{"b":1}"#])
                    #expect(received[0].events.map(\.type) == ["tick", "message"])
                    #expect(Set(received[0].events.map(\.id)).count == 2)
                    #expect(received[0].retry == 250)
                }
            }
            // Over a connection it shows with the next event that they have gone.
            #expect(await eventually { channel.send("c") == 0 })
        }
    }

    @Test("a client that connects again gets what it has missed, and nothing twice")
    func resume() async throws {
        let channel = EventChannel(replay: 3)
        try await app(channel).test { (client) async throws in
            let id = try await listen(client) { response in
                #expect(await eventually { channel.count == 1 })
                for text in ["1", "2"] { channel.send(text) }
                return try await events(response, 2).events[1].id
            }
            for text in ["3", "4"] { channel.send(text) }
            let missed = try await listen(client, after: id) { response in
                #expect(await eventually { channel.count == 1 })
                channel.send("5")
                return try await events(response, 3)
            }
            #expect(missed.events.map(\.data) == ["3", "4", "5"])
            // Of what it has missed since, only the last three are kept; ids of another process say nothing.
            for text in ["6", "7"] { channel.send(text) }
            for unknown in [id, "other-1", "", "\(id)9999999999999999999999", id + "x"] {
                let kept = try await listen(client, after: unknown) { try await events($0, 3) }
                #expect(kept.events.map(\.data) == ["5", "6", "7"], "\(unknown)")
            }
        }
    }

    @Test("the stream of a listener that is too slow ends, and the others notice nothing")
    func slow() async throws {
        let channel = EventChannel(queue: 4)
        let text = String(repeating: "x", count: 1_000_000)
        try await app(channel).test(.server) { (client) async throws in
            try await listen(client) { (slow) async throws in
                #expect(await eventually { channel.count == 1 })
                var count = 0
                while channel.count == 1, count < 1_000 {
                    channel.send(text)
                    count += 1
                    try await Task.sleep(for: .milliseconds(1))
                }
                #expect(channel.count == 0)
                var lines = 0
                for try await line in slow.lines where line.utf8.count > 1_000_000 { lines += 1 }
                #expect(1..<count ~= lines)
            }
        }
    }
}
