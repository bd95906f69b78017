import CarafeHTTP
import CarafeServer
import CarafeTesting
import NIOCore
import NIOPosix
import Synchronization
import TestSupport
import Testing

@testable import Carafe

@Suite("Health probes")
struct HealthTests {
    private struct Broken: Error, CustomStringConvertible { var description: String { "password=hunter2\nrefused" } }

    /// How often something has happened.
    private final class Count: Sendable {
        private let number = Atomic(0)
        var value: Int { number.load(ordering: .relaxed) }
        func add() { number.add(1, ordering: .relaxed) }
    }

    private static func app(_ health: Health = Health(isPublic: true)) -> (App, LogLines) {
        let (app, log) = smallApp()
        app.install(health)
        app.get("/livez") { "the app's own" }
        return (app, log)
    }

    private struct Report: Decodable {
        struct Check: Decodable { var name, status: String }
        var status: String
        var checks: [Check]
    }

    @Test("they are not there unless they are wanted")
    func off() async throws {
        let (app, _) = Self.app(Health())
        try await app.test { client async throws in
            #expect(try await client.get("/readyz").status == .notFound)
            #expect(try await client.get("/livez").text == "the app's own")
        }
    }

    @Test("an app that runs lives, and is ready while its checks pass")
    func passing() async throws {
        let (app, _) = Self.app()
        app.addReadinessCheck("one") {}
        try await app.test { client async throws in
            for (path, text) in [("/livez", "ok\n"), ("/readyz", "ready\n")] {
                let response = try await client.get(path)
                #expect(
                    response.status == .ok && response.text == text && response.headers[.cacheControl] == "no-store")
            }
            #expect(try await client.head("/readyz").status == .ok)
            #expect(try await client.post("/livez").status == .methodNotAllowed)
        }
    }

    @Test("a check that throws makes it unready; the page tells which one, the log why, once")
    func failing() async throws {
        var health = Health(isPublic: true)
        health.cacheTime = .zero
        let (app, log) = Self.app(health)
        app.addReadinessCheck("database") { throw Broken() }
        app.addReadinessCheck("search") {}
        try await app.test { client async throws in
            for _ in 0..<2 {
                let response = try await client.get("/readyz")
                #expect(response.status == .serviceUnavailable && response.text == "failing\n")
            }
            let response = try await client.get("/readyz?verbose")
            let report = try response.json(as: Report.self)
            #expect(response.status == .serviceUnavailable && report.status == "failing")
            #expect(report.checks.map(\.name) == ["database", "search"])
            #expect(report.checks.map(\.status) == ["failed", "passed"] && !response.text.contains("hunter2"))
            #expect(try await client.get("/livez").status == .ok)
        }
        #expect(log.containing("database").count == 1 && log.containing("refused").count == 1)
    }

    @Test("checks run side by side, each no longer than it may; one that hangs is not started again")
    func slow() async throws {
        var health = Health(isPublic: true)
        health.checkTimeout = .milliseconds(50)
        health.cacheTime = .zero
        let (app, _) = Self.app(health)
        let (starts, gate) = (Count(), AsyncStream<Void>.makeStream())
        for number in 0..<20 {
            app.addReadinessCheck("hangs \(number)") {
                starts.add()
                // It takes no notice of being cancelled.
                await Task.detached { for await _ in gate.stream {} }.value
            }
        }
        try await app.test { client async throws in
            let first = try await client.get("/readyz?verbose").json(as: Report.self)
            #expect(first.checks.allSatisfy { $0.status == "too slow" } && first.checks.count == 20)
            #expect(try await client.get("/readyz").status == .serviceUnavailable && starts.value == 20)
            gate.continuation.finish()
        }
    }

    @Test("probes that come together, or soon after one another, run the checks once")
    func cache() async throws {
        var health = Health(isPublic: true)
        health.cacheTime = .seconds(3600)
        let (app, _) = Self.app(health)
        let runs = Count()
        app.addReadinessCheck("counted") {
            runs.add()
            try await Task.sleep(for: .milliseconds(20))
        }
        try await app.test { client async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<10 {
                    group.addTask { () async throws in #expect(try await client.get("/readyz").status == .ok) }
                }
                try await group.waitForAll()
            }
            #expect(try await client.get("/readyz").status == .ok)
        }
        #expect(runs.value == 1)
    }

    @Test("a service that drains is unready, and asks nobody")
    func draining() async throws {
        let (app, _) = Self.app()
        let runs = Count()
        app.addReadinessCheck("counted") { runs.add() }
        try await app.test { client async throws in
            app.readiness.set(false)
            let response = try await client.get("/readyz")
            #expect(response.status == .serviceUnavailable && response.text == "stopping\n" && runs.value == 0)
            #expect(try await client.get("/livez").status == .ok)
        }
    }

    @Test("their own port answers nothing else, and the app's does not answer them")
    func ownPort() async throws {
        let (app, _) = smallApp(["CARAFE_HEALTH_PORT": "9000"])
        app.get("/") { "app" }
        let responder = try await app.start()
        func answer(_ path: String, at port: Int) async throws -> String {
            var parser = HTTP1Parser()
            parser.append(ByteBuffer(string: "GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n"))
            guard case .head(let head)? = try parser.next() else { return "" }
            let address = try SocketAddress(ipAddress: "127.0.0.1", port: port)
            let connection = ConnectionInfo(
                remoteAddress: nil, localAddress: address, scheme: "http",
                eventLoop: MultiThreadedEventLoopGroup.singleton.next())
            let request = Request(head: head, body: RequestBody(), connection: connection)
            let response = await responder.respond(to: request).response
            return "\(response.status.code) " + String(buffer: try await response.body.collect())
        }
        #expect(try await answer("/readyz", at: 9000) == "200 ready\n")
        #expect(try await answer("/livez?x", at: 9000) == "200 ok\n")
        #expect(try await answer("/", at: 9000) == "404 404 Not Found\n")
        #expect(try await answer("/", at: 8000) == "200 app")
        #expect(try await answer("/readyz", at: 8000).utf8.starts(with: "404".utf8))
        await app.stop()
    }

    @Test("mistakes are told at the start")
    func problems() async throws {
        var health = Health()
        health.readyPath = "ready"
        let (app, _) = smallApp(["CARAFE_HEALTH_PORT": "70000"])
        app.install(health)
        let problems = await app.problems().map(\.description).joined(separator: "\n")
        #expect(problems.contains("'ready'") && problems.contains("HEALTH_PORT is 70000"))
    }
}
