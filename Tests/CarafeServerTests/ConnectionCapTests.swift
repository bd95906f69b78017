import CarafeHTTP
import CarafeServer
import Testing
import TestSupport

@Suite struct ConnectionCapTests {
    @Test("at the cap accepting pauses, says so, and goes on when a connection closes", arguments: [1, 3])
    func cap(count: Int) async throws {
        try await serve(.usual, { ($0.maxConnections, $0.threads) = (count, 2) }) { server in
            let clients = try (0..<count).map { _ in try server.connect() }
            for client in clients {
                try client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try client.response().text == "GET /a")
            }
            let waiting = try server.connect()
            try waiting.send("GET /b HTTP/1.1\r\nHost: x\r\n\r\n")
            waiting.setTimeout(milliseconds: 100)
            #expect(throws: RawClient.Failure.self) { try waiting.response() }
            #expect(server.server.statistics.connections == count)
            #expect(server.log.contains("warning: All \(count) connections are in use. Accepting pauses"))
            clients[0].close()
            waiting.setTimeout(milliseconds: 5000)
            #expect(try waiting.response().text == "GET /b")
            #expect(server.log.contains("notice: Connections are free again"))
        }
    }

    @Test("many more clients than the cap are all served in the end, and never more at a time")
    func crowd() async throws {
        let most = Counter()
        try await serve(.usual, { ($0.maxConnections, $0.threads) = (5, 2) }) { server in
            let clients = try (0..<60).map { _ in try server.connect() }
            for client in clients { try client.send("GET /later HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") }
            for client in clients {
                if server.server.statistics.connections > 5 { most.add() }
                #expect(try client.response().text == "GET /later")
                client.close()
            }
            #expect(most.value == 0)
            #expect(await server.settles(at: 0))
        }
    }

    @Test("the pause is logged once each time the cap is reached, not for every client that waits")
    func logOnce() async throws {
        try await serve(.usual, { $0.maxConnections = 1 }) { server in
            let first = try server.connect()
            #expect(await server.settles(at: 1))
            let waiting = try (0..<5).map { _ in try server.connect() }
            #expect(await eventually { server.log.contains("Accepting pauses") })
            #expect(server.log.lines.filter { $0.contains("Accepting pauses") }.count == 1)
            first.close()
            for client in waiting { client.close() }
            #expect(await server.settles(at: 0))
        }
    }
}
