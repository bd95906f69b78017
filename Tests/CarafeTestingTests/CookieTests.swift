import Carafe
import CarafeTesting
import Testing

@Suite("The test client's cookies and sessions")
struct CookieTests {
    @Test("cookies are kept and sent back")
    func cookies() async throws {
        try await sampleApp().test { client in
            #expect(try await client.get("/taste").text == "none")
            _ = try await client.get("/cookie")
            #expect(client.cookie("taste") == "sweet")
            #expect(try await client.get("/taste").text == "sweet")
            client.deleteCookie("taste")
            #expect(try await client.get("/taste").text == "none")
        }
    }

    @Test("a client without cookies forgets")
    func withoutCookies() async throws {
        try await sampleApp().test(usesCookies: false) { client in
            _ = try await client.get("/cookie")
            #expect(try await client.get("/taste").text == "none")
        }
    }

    @Test("cookies go only to their host and path")
    func scope() async throws {
        try await sampleApp().test { client in
            client.setCookie(SetCookie("taste", "sour"), host: "example.com")
            let elsewhere = try await client.get("/taste")
            #expect(elsewhere.text == "none")
            #expect(try await client.get("http://example.com/taste").text == "sour")
            #expect(try await client.get("http://www.example.com/taste").text == "none")
            var below = SetCookie("taste", "bitter")
            below.path = "/other"
            client.setCookie(below)
            #expect(try await client.get("/taste").text == "none")
        }
    }

    @Test("an expired cookie is dropped")
    func expiry() async throws {
        try await sampleApp().test { client in
            client.setCookie("taste", "sweet")
            var gone = SetCookie("taste", "")
            gone.maxAge = 0
            client.setCookie(gone)
            #expect(client.cookie("taste") == nil)
        }
    }

    @Test("sessions are read and written between requests", arguments: [TestTransport.inMemory, .server])
    func sessions(_ transport: TestTransport) async throws {
        try await sampleApp().test(transport) { client in
            #expect(try await client.get("/count").text == "1")
            let count: Int? = try await client.session { $0["count"] }
            #expect(count == 1)
            try await client.session { $0["count"] = 41 }
            #expect(try await client.get("/count").text == "42")
            try await client.session { $0.clear() }
            #expect(client.cookie("session") == nil)
        }
    }

    @Test("flashed messages can be looked at")
    func flashes() async throws {
        try await sampleApp().test { client in
            _ = try await client.get("/flash")
            #expect(try await client.flashes() == [FlashedMessage("Saved.", category: "good")])
            #expect(try await client.flashes().count == 1)
        }
    }

    @Test("the request can be looked at after its response")
    func request() async throws {
        let app = sampleApp()
        app.get("/mark", name: "mark") { request in
            request.g["mark"] = 7
            return "ok"
        }
        try await app.test { client in
            let response = try await client.get("/mark")
            let mark: Int? = response.request?.g["mark"]
            #expect(mark == 7)
            #expect(response.request?.endpoint == "mark")
        }
    }
}
