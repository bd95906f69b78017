import Carafe
import CarafeTesting
import Synchronization
import Testing

@Suite("How many query values and cookies a request may have")
struct CountLimitTests {
    static func app() -> App {
        let (app, _) = smallApp()
        app.get("/") { request in "\(request.query.count) \(request.cookies.count)" }
        app.get("/async") { (request: Request) async in "\(request.query.count) \(request.cookies.count)" }
        return app
    }

    static func query(_ count: Int, _ item: String = "a=1") -> String {
        Array(repeating: item, count: count).joined(separator: "&")
    }

    static func cookies(_ count: Int, _ item: String = "a=1") -> String {
        Array(repeating: item, count: count).joined(separator: "; ")
    }

    @Test("1,000 query values are read", arguments: ["/", "/async"], ["a", "a=1"])
    func enoughValues(path: String, item: String) async throws {
        try await Self.app().test { client in
            // Empty items are none.
            let query = "&&" + Self.query(1_000, item) + (item == "a" ? "&&&" : "")
            let response = try await client.get("\(path)?\(query)")
            #expect(response.text == "1000 0")
        }
    }

    @Test("one more is 400 before the handler runs", arguments: ["/", "/async"], ["a", "a=1"])
    func tooManyValues(path: String, item: String) async throws {
        try await Self.app().test { client in
            let response = try await client.get("\(path)?\(Self.query(1_001, item))")
            #expect(response.status == .badRequest)
            #expect(response.text.contains("The query has more than 1000 values."))
        }
    }

    @Test("100 cookies are read, in one field or several", arguments: ["/", "/async"])
    func enoughCookies(path: String) async throws {
        try await Self.app().test { client in
            let one = try await client.get(path, headers: [.cookie: Self.cookies(100)])
            #expect(one.text == "0 100")
            let quoted = try await client.get(
                path, headers: [.cookie: Self.cookies(99) + "; b=\"\(Self.cookies(20))\""])
            #expect(quoted.text == "0 100")
            var headers = Headers()
            try headers.append(Self.cookies(50), for: .cookie)
            try headers.append(Self.cookies(50), for: .cookie)
            #expect(try await client.get(path, headers: headers).text == "0 100")
        }
    }

    @Test("one more is 400 before the handler runs", arguments: ["/", "/async"], ["a", "a=1"])
    func tooManyCookies(path: String, item: String) async throws {
        try await Self.app().test { client in
            let response = try await client.get(path, headers: [.cookie: Self.cookies(101, item)])
            #expect(response.status == .badRequest)
            #expect(response.text.contains("The request has more than 100 cookies."))
            var headers = Headers()
            try headers.append(Self.cookies(51, item), for: .cookie)
            try headers.append(Self.cookies(50, item), for: .cookie)
            #expect(try await client.get(path, headers: headers).status == .badRequest)
        }
    }

    @Test("fields that only look like cookies do not count")
    func otherFields() async throws {
        try await Self.app().test { client in
            let many = String(repeating: "a;", count: 300)
            let response = try await client.get("/", headers: [.accept: many, .range: many])
            #expect(response.text == "0 0")
        }
    }
}
