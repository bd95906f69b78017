import CarafeHTTP
import CarafeTesting
import Foundation
import Testing

@testable import Carafe

@Suite("The watchdog of debug mode")
struct WatchdogTests {
    /// Holds the thread, as a handler that blocks does.
    private static func block() { usleep(80_000) }

    static func app(debug: Bool) -> (App, LogLines) {
        let (app, log) = smallApp(debug: debug)
        app.get("/sync", name: "slow") {
            block()
            return "done"
        }
        app.get("/async", name: "slower") { (request: Request) async throws in
            try await Task.sleep(for: .milliseconds(1))
            block()
            return "done"
        }
        app.get("/before", name: "beforehand") { (request: Request) async throws in
            block()
            return "done"
        }
        app.get("/waiting", name: "patient") { () async throws in
            try await Task.sleep(for: .milliseconds(80))
            return "done"
        }
        app.get("/blocking", name: "elsewhere") { (request: Request) async throws in
            try await request.blocking { block() }
            return "done"
        }
        return (app, log)
    }

    @Test(
        "names a handler that holds its loop, with the milliseconds",
        arguments: [TestTransport.inMemory, .server],
        [("/sync", "slow"), ("/async", "slower"), ("/before", "beforehand")])
    func slow(transport: TestTransport, route: (path: String, endpoint: String)) async throws {
        let (app, log) = Self.app(debug: true)
        try await app.test(transport) { client async throws in
            #expect(try await client.get(route.path).text == "done")
        }
        // The job that held the loop ends after its response has left.
        for _ in 0..<500 where log.containing("held its event loop").isEmpty {
            try await Task.sleep(for: .milliseconds(10))
        }
        let warning = try #require(log.containing("held its event loop").first)
        let parts = warning.split(separator: " for ")
        #expect(parts.first == "warning: The endpoint '\(route.endpoint)' held its event loop")
        let milliseconds = Int(parts.last?.prefix { $0 != " " } ?? "") ?? 0
        #expect((80..<60_000).contains(milliseconds))
        #expect(
            warning.hasSuffix(
                " ms (GET \(route.path)); every other connection of the loop had to wait. Put work that blocks into "
                    + "request.blocking { … }."))
    }

    @Test("a handler that waits or works elsewhere holds nothing", arguments: ["/waiting", "/blocking"])
    func patient(path: String) async throws {
        let (app, log) = Self.app(debug: true)
        try await app.test { client in
            _ = try await client.get(path)
            // A busy machine may hold the loop for a while, but hardly for as long as the handler waited.
            #expect(log.containing("held its event loop for 8").isEmpty)
        }
    }

    @Test("without debug mode nobody watches", arguments: ["/sync", "/async"])
    func withoutDebug(path: String) async throws {
        let (app, log) = Self.app(debug: false)
        #expect(try app.compile().watchdog == nil)
        try await app.test { client async throws in
            #expect(try await client.get(path).text == "done")
            #expect(log.all.isEmpty)
        }
    }

    @Test("within its patience it says nothing")
    func withinPatience() async throws {
        let log = LogLines()
        let watchdog = Watchdog(logger: Logger(label: "w") { _ in log.handler }, patience: .seconds(600))
        let (app, _) = Self.app(debug: false)
        try await app.test { client in
            let request = try #require(try await client.get("/sync").request)
            _ = watchdog.watch(request) { _ in .now(Response("x")) }
            _ = await watchdog.watch(request) { _ in .later { Response("x") } }.response
            #expect(log.all.isEmpty)
        }
    }

    @Test("sessions, g and the current request are the same under its eyes")
    func context() async throws {
        let (app, _) = smallApp(debug: true)
        app.get("/") { (request: Request) async throws in
            request.session["a"] = 1
            try await Task.sleep(for: .milliseconds(1))
            async let path = Request.current?.path
            return await path ?? "none"
        }
        try await app.test(.server) { client async throws in
            #expect(try await client.get("/").text == "/")
            #expect(client.cookie("session") != nil)
        }
    }
}
