import Carafe
import CarafeTesting
import Synchronization
import Testing

@Suite("Sessions in a store", .timeLimit(.minutes(5)))
struct SessionStoreTests {
    /// Keeps sessions as the one in memory does, and what it was asked.
    final class WatchedStore: SessionStore {
        private let store = MemorySessionStore()
        private let log = Mutex<[String]>([])
        private let names = Mutex<[String]>([])
        let failure: String?

        struct Failed: Error {}

        init(failure: String? = nil) { self.failure = failure }

        /// What was asked since the last time, the ids numbered in the order of their appearance.
        func take() -> [String] {
            log.withLock { log in
                defer { log = [] }
                return log
            }
        }

        private func note(_ what: String, _ id: String) async throws {
            let number = names.withLock { names in
                if let index = names.firstIndex(of: id) { return index }
                names.append(id)
                return names.count - 1
            }
            log.withLock { $0.append("\(what) \(number)") }
            await Task.yield()
            if what == failure { throw Failed() }
        }

        func load(id: String) async throws -> SessionObject? {
            try await note("load", id)
            return try await store.load(id: id)
        }

        func save(id: String, values: SessionObject, lifetime: Int) async throws {
            try await note("save", id)
            try await store.save(id: id, values: values, lifetime: lifetime)
        }

        func delete(id: String) async throws {
            try await note("delete", id)
            try await store.delete(id: id)
        }
    }

    static func storeApp(_ store: WatchedStore) -> (App, LogRecord) {
        let (app, log) = recordedApp()
        app.useSessionStore(store)
        app.get("/nothing") { "ok" }
        app.get("/get") { request -> String in request.session["a"] ?? "none" }
        app.get("/set/<value>") { (request: Request, value: String) in
            request.session["a"] = value
            return "ok"
        }
        app.get("/permanent") { request in
            request.session.isPermanent = true
            return "ok"
        }
        app.get("/clear") { request in
            request.session.clear()
            return "ok"
        }
        app.get("/login") { request in
            request.session.regenerateID()
            request.session["a"] = "known"
            return "ok"
        }
        return (app, log)
    }

    @Test("a session is loaded, saved where it was changed, and deleted where it was emptied")
    func lifecycle() async throws {
        let store = WatchedStore()
        try await Self.storeApp(store).0.test { client in
            _ = try await client.get("/nothing")
            #expect(store.take() == [])
            _ = try await client.get("/set/x")
            #expect(store.take() == ["save 0"])
            let read = try await client.get("/get")
            #expect(read.text == "x")
            #expect(!read.headers.contains(.setCookie))
            #expect(store.take() == ["load 0"])
            _ = try await client.get("/set/y")
            #expect(store.take() == ["load 0", "save 0"])
            let cleared = try await client.get("/clear")
            #expect(cleared.headers[.setCookie]?.contains("Max-Age=0") == true)
            #expect(store.take() == ["load 0", "delete 0"])
            #expect(try await client.get("/get").text == "none")
            #expect(store.take() == [])
        }
    }

    @Test("a permanent session is saved again with every response, so that it does not expire")
    func permanent() async throws {
        let store = WatchedStore()
        try await Self.storeApp(store).0.test { client in
            _ = try await client.get("/permanent")
            _ = store.take()
            let response = try await client.get("/nothing")
            #expect(response.headers[.setCookie]?.contains("Expires=") == true)
            #expect(store.take() == ["load 0", "save 0"])
        }
    }

    @Test("a new id takes the values along, and the old one is worth nothing")
    func regeneration() async throws {
        let store = WatchedStore()
        try await Self.storeApp(store).0.test { client in
            _ = try await client.get("/set/planted")
            let planted = try #require(client.cookie("session"))
            _ = store.take()
            _ = try await client.get("/login")
            #expect(client.cookie("session") != planted)
            #expect(store.take() == ["load 0", "delete 0", "save 1"])
            #expect(try await client.get("/get").text == "known")
            client.setCookie("session", planted)
            #expect(try await client.get("/get").text == "none")
        }
    }

    @Test("the cookie holds no value of the session, and an id that nobody signed is not asked for")
    func cookie() async throws {
        let store = WatchedStore()
        try await Self.storeApp(store).0.test(usesCookies: false) { client in
            let cookie = try await client.get("/set/sweet").headers[.setCookie] ?? ""
            #expect(!cookie.contains("sweet"))
            _ = store.take()
            let guesses = ["guess", "guess.ZVPxAA.xxxx", ""]
            for guess in guesses {
                #expect(try await client.get("/get", headers: [.cookie: "session=\(guess)"]).text == "none")
            }
            #expect(store.take() == [])
        }
    }

    @Test("a store that fails is a 500, logged", arguments: ["load", "save", "delete"])
    func failures(failure: String) async throws {
        let (working, _) = Self.storeApp(WatchedStore())
        let cookie = try await working.test { client in
            _ = try await client.get("/set/x")
            return client.cookie("session") ?? ""
        }
        let (app, log) = Self.storeApp(WatchedStore(failure: failure))
        try await app.test { client in
            client.setCookie("session", cookie)
            _ = failure == "delete" ? try await client.get("/set/x") : try await client.get("/nothing")
            let path = ["load": "/get", "save": "/set/y", "delete": "/clear"][failure] ?? ""
            let response = try await client.get(path)
            #expect(response.status == .internalServerError)
            #expect(log.errors.contains { $0.contains("Failed") })
        }
    }

    @Test("a store needs a secret key from the start")
    func secretKey() async throws {
        let (app, _) = Self.storeApp(WatchedStore())
        app.config.secretKey = nil
        await #expect(throws: ConfigurationError.self) { try await app.test { _ in } }
    }

    @Test("the store in memory forgets what has expired, and what is too much")
    func memory() async throws {
        let store = MemorySessionStore(limit: 10)
        try await store.save(id: "gone", values: ["a": 1], lifetime: 0)
        #expect(try await store.load(id: "gone") == nil)
        for id in 0..<25 { try await store.save(id: "\(id)", values: ["a": .int(id)], lifetime: 100 + id) }
        #expect(try await store.load(id: "0") == nil)
        #expect(try await store.load(id: "24")?["a"] == 24)
        var kept = 0
        for id in 0..<25 where try await store.load(id: "\(id)") != nil { kept += 1 }
        #expect(kept <= 10)
    }
}
