import Carafe
import CarafeTesting
import Foundation
import Synchronization
import Testing

@Suite("Maintenance")
struct MaintenanceTests {
    private static func app(_ maintenance: Maintenance) -> App {
        let (app, _) = smallApp()
        app.use(maintenance)
        app.get("/") { "ok" }
        app.get("/livez") { "alive" }
        app.get("/static/x") { "x" }
        return app
    }

    @Test("answers 503 with Retry-After while it is on")
    func switching() async throws {
        let isOn = Flag()
        try await Self.app(
            Maintenance(while: { isOn.value }, retryAfter: .seconds(60), message: "Back <soon>.")
        ).test { client async throws in
            #expect(try await client.get("/").text == "ok")
            isOn.value = true
            let response = try await client.get("/")
            #expect(response.status == .serviceUnavailable && response.headers[.retryAfter] == "60")
            #expect(response.headers[.cacheControl] == "no-store" && response.text.contains("Back &lt;soon&gt;."))
            let problem = try await client.get("/nowhere", headers: [.accept: "application/json"])
            #expect(problem.status == .serviceUnavailable && problem.text.contains("Back <soon>."))
            isOn.value = false
            #expect(try await client.get("/").text == "ok")
        }
    }

    @Test("a file turns it on and off")
    func file() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "maintenance-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data().write(to: URL(filePath: path))
        try await Self.app(Maintenance(whileExists: path)).test { client async throws in
            #expect(try await client.get("/").status == .serviceUnavailable)
            try FileManager.default.removeItem(atPath: path)
            // The file is looked for once a second.
            var response = try await client.get("/")
            for _ in 0..<600 where response.status != .ok {
                try await Task.sleep(for: .milliseconds(50))
                response = try await client.get("/")
            }
            #expect(response.text == "ok")
        }
    }

    @Test("some paths are answered all the same", arguments: [("/livez", 200), ("/static/x", 200), ("/livez/x", 503)])
    func paths(path: String, status: Int) async throws {
        let maintenance = Maintenance(while: { true }, allowing: ["/livez", "/static/*"])
        try await Self.app(maintenance).test { client async throws in
            #expect(try await client.get(path).status.code == status)
        }
    }

    @Test("some clients are let in", arguments: [("127.0.0.0/8", 200), ("192.0.2.1", 503), ("unix", 503)])
    func addresses(address: String, status: Int) async throws {
        try await Self.app(Maintenance(while: { true }, from: [address])).test(.server) { client async throws in
            #expect(try await client.get("/").status.code == status)
        }
    }

    @Test("paths and addresses are checked at the start")
    func problems() async {
        let (app, _) = smallApp()
        app.use(Maintenance(while: { true }, allowing: ["livez"]))
        app.use(Maintenance(while: { true }, from: ["localhost"]))
        #expect(await app.problems().count == 2)
    }
}

private final class Flag: Sendable {
    private let state = Mutex(false)
    var value: Bool {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
