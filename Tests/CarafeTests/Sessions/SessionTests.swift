import Carafe
import CarafeTesting
import Testing

@Suite("Sessions in a cookie", .timeLimit(.minutes(5)))
struct SessionTests {
    /// What `recorded` knows of a session: reads and writes by the path.
    static func sessionApp(_ key: String? = "for tests") -> (App, LogRecord) {
        let (app, log) = recordedApp()
        app.config.secretKey = key
        app.get("/untouched") { request in
            _ = request.session
            return "ok"
        }
        app.get("/get") { request -> String in request.session["a"] ?? "none" }
        app.get("/set/<value>") { (request: Request, value: String) in
            request.session["a"] = value
            return "ok"
        }
        app.get("/keys") { request in request.session.keys.joined(separator: ",") }
        app.get("/contains") { request in "\(request.session.contains("a"))" }
        app.get("/count") { request in "\(request.session.count) \(request.session.isEmpty)" }
        app.get("/permanent") { request in "\(request.session.isPermanent)" }
        app.get("/new") { request in "\(request.session.isNew)" }
        return (app, log)
    }

    @Test(
        "a response varies by cookie exactly where the session was looked at",
        arguments: [
            ("/untouched", false), ("/new", false), ("/get", true), ("/keys", true), ("/contains", true),
            ("/count", true), ("/permanent", true), ("/set/x", true),
        ])
    func vary(path: String, varies: Bool) async throws {
        try await Self.sessionApp().0.test { client in
            let response = try await client.get(path)
            #expect(response.headers[values: .vary] == (varies ? ["Cookie"] : []))
            #expect(response.headers.contains(.setCookie) == (path == "/set/x"))
        }
    }

    @Test("reading keeps a Vary field that is there")
    func varyIsKept() async throws {
        let (app, _) = Self.sessionApp()
        app.afterRequest { _, response in response.headers[.vary] = "Accept-Encoding" }
        try await app.test { client in
            let response = try await client.get("/get")
            #expect(response.headers[values: .vary] == ["Accept-Encoding, Cookie"])
        }
    }

    @Test("a cookie that was tampered with at any place is an empty session, and no error")
    func tampering() async throws {
        let (app, log) = Self.sessionApp()
        try await app.test(usesCookies: false) { client in
            let set = try await client.get("/set/sweet").headers[.setCookie] ?? ""
            let cookie = Array(set.utf8.prefix { $0 != UInt8(ascii: ";") })
            let intact = try await client.get("/get", headers: [.cookie: String(decoding: cookie, as: UTF8.self)])
            #expect(intact.text == "sweet")
            // The last character's low bits are no part of the signature.
            for index in cookie.indices.dropFirst("session=".utf8.count).dropLast() {
                var changed = cookie
                changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
                let header = String(decoding: changed, as: UTF8.self)
                let response = try await client.get("/get", headers: [.cookie: header])
                #expect(response.text == "none", "\(header)")
            }
        }
        #expect(log.messages.isEmpty)
    }

    @Test("Flask's cookies of 2023 are read while they are young enough, and are an empty session afterwards")
    func expiry() async throws {
        let cookie = "session=eyJhIjoxfQ.ZVPxAA.D3QXMI0ZQYNZDxORB__kVZyT7hk"
        for (lifetime, expected) in [(100 * 365 * 24 * 3600, "1"), (31 * 24 * 3600, "none")] {
            let (app, _) = recordedApp()
            app.config.secretKey = "dev"
            app.config.permanentSessionLifetime = lifetime
            app.get("/") { request in
                let value: Int? = request.session["a"]
                return value.map { "\($0)" } ?? "none"
            }
            try await app.test { client in
                let response = try await client.get("/", headers: [.cookie: cookie])
                #expect(response.text == expected)
            }
        }
    }

    @Test("sessions that a former key signed are read, and written with the current one")
    func fallbacks() async throws {
        let (old, new, rotated) = (Self.sessionApp("old").0, Self.sessionApp("new").0, Self.sessionApp("new").0)
        rotated.config.secretKeyFallbacks = ["older", "old"]
        func exchange(_ app: App, _ path: String, _ cookie: String) async throws -> (text: String, cookie: String) {
            try await app.test(usesCookies: false) { client in
                let response = try await client.get(path, headers: [.cookie: cookie])
                let set = response.headers[.setCookie] ?? ""
                return (response.text, String(decoding: set.utf8.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self))
            }
        }
        let first = try await exchange(old, "/set/x", "").cookie
        #expect(try await exchange(new, "/get", first).text == "none")
        #expect(try await exchange(rotated, "/get", first).text == "x")
        let second = try await exchange(rotated, "/set/y", first).cookie
        #expect(try await exchange(new, "/get", second).text == "y")
        #expect(try await exchange(old, "/get", second).text == "none")
    }

    @Test("a small cookie that would become a large session is an empty one")
    func bomb() async throws {
        let keys = try SecretKeys(current: "for tests")
        let serializer = SessionCookieSerializer(secretKeys: keys, maximumPayloadSize: 4_000_000)
        let cookie = try serializer.dumps(["a": .string(String(repeating: "x", count: 2_000_000))])
        #expect(cookie.utf8.count < 4093)
        let (app, log) = Self.sessionApp()
        try await app.test { client in
            let response = try await client.get("/get", headers: [.cookie: "session=\(cookie)"])
            #expect(response.text == "none")
        }
        #expect(log.messages.isEmpty)
    }

    @Test("a permanent session's cookie expires after the time that is configured, counted from each response")
    func lifetime() async throws {
        let (app, _) = Self.sessionApp()
        app.config.permanentSessionLifetime = 100_000
        app.get("/stay") { request in
            request.session.isPermanent = true
            return "ok"
        }
        app.get("/plain") { "ok" }
        try await app.test { client in
            for path in ["/stay", "/plain", "/nothing"] {
                let before = HTTPDate.now
                let response = try await client.get(path)
                let cookie = try #require(SetCookie(parsing: response.headers[.setCookie] ?? ""))
                let expires = try #require(cookie.expires)
                #expect(expires >= before.advanced(by: 100_000) && expires <= HTTPDate.now.advanced(by: 100_000))
                #expect(response.headers[values: .vary] == ["Cookie"])
            }
        }
    }

    @Test("a cookie that browsers would drop is warned of, with its size")
    func oversized() async throws {
        let (app, log) = recordedApp()
        app.get("/<int:size>") { (request: Request, size: Int) in
            var random = SystemRandomNumberGenerator()
            request.session["a"] = (0..<size).map { _ in String(UInt8.random(in: 0...255, using: &random)) }
            return "ok"
        }
        try await app.test(usesCookies: false) { client in
            _ = try await client.get("/10")
            #expect(log.messages.isEmpty)
            let size = try await client.get("/3000").headers[.setCookie]?.utf8.count ?? 0
            #expect(size > 4093)
            try #require(log.messages.count == 1)
            #expect(log.messages[0].contains("The session cookie is \(size) bytes large"))
            #expect(log.messages[0].contains("4093"))
        }
    }

    @Test("a cookie's limit can be set, and 0 warns never", arguments: [(0, 0), (60, 1), (5000, 0)])
    func limit(limit: Int, warnings: Int) async throws {
        let (app, log) = Self.sessionApp()
        app.config.maxCookieSize = limit
        try await app.test { client in _ = try await client.get("/set/0123456789012345678901234567890123456789") }
        #expect(log.messages.count == warnings)
    }

    @Test("without a secret key a session is empty, and writing to it is a 500 that the log explains once")
    func withoutKey() async throws {
        let (app, log) = Self.sessionApp(nil)
        try await app.test { client in
            let read = try await client.get("/get")
            #expect(read.text == "none")
            #expect(!read.headers.contains(.vary))
            #expect(log.messages.isEmpty)
            let written = try await client.get("/set/x")
            #expect(written.status == .internalServerError)
            #expect(!written.headers.contains(.setCookie))
            try #require(log.errors.count == 1)
            #expect(log.errors[0].contains("no secret key was set"))
            #expect(log.errors[0].contains("CARAFE_SECRET_KEY"))
        }
    }

    @Test("a handler that takes the session needs a secret key from the start")
    func declaredSession() async throws {
        let (app, _) = recordedApp()
        app.config.secretKey = nil
        app.get("/") { (session: Session) in "\(session.count)" }
        let error = await #expect(throws: ConfigurationError.self) { try await app.test { _ in } }
        #expect(error?.description.contains("Sessions are used but no secret key is set.") == true)
        #expect(error?.description.contains("SessionTests.swift") == true)
    }

    @Test("a value of every type comes back, and as another type it is nil")
    func values() async throws {
        let (app, _) = recordedApp()
        app.get("/set") { request in
            request.session["int"] = 7
            request.session["flag"] = true
            request.session["number"] = 1.5
            request.session["text"] = "grüße"
            request.session["list"] = ["a", "b"]
            request.session["map"] = ["k": 1]
            return "ok"
        }
        app.get("/get") { request in
            let session = request.session
            let (list, map): ([String]?, [String: Int]?) = (session["list"], session["map"])
            #expect(session["int"] == 7 && session["flag"] == true && session["number"] == 1.5)
            #expect(session["text"] == "grüße")
            #expect(list == ["a", "b"])
            #expect(map == ["k": 1])
            let wrong: Int? = session["text"]
            #expect(wrong == nil)
            return "read"
        }
        try await app.test { client in
            _ = try await client.get("/set")
            #expect(try await client.get("/get").text == "read")
        }
    }

    @Test("messages wait in the session, whatever keeps it", arguments: [false, true])
    func flashes(stored: Bool) async throws {
        let (app, _) = recordedApp()
        if stored { app.useSessionStore(MemorySessionStore()) }
        app.get("/flash") { request in
            request.flash("one")
            request.flash("two", category: "error")
            return "ok"
        }
        app.get("/show") { request in
            request.flashedMessages().map { "\($0.category):\($0.text)" }.joined(separator: " ")
        }
        try await app.test { client in
            _ = try await client.get("/flash")
            #expect(try await client.get("/show").text == "message:one error:two")
            #expect(try await client.get("/show").text == "")
        }
    }
}
