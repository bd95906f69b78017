import Carafe
import CarafeTesting
import Foundation
import Testing

@Suite("The forms of a handler")
struct HandlerFormTests {
    enum Format: String, PathParameter { case html, json }
    enum Level: Int, PathParameter { case low = 1, high = 2 }
    struct Item: Codable, Equatable { var id: Int }
    struct Page: Decodable { var page: Int? }

    static func app() -> App {
        let (app, _) = smallApp()
        app.get("/none") { "none" }
        app.get("/none/async") { () async in "none" }
        app.get("/request") { request in request.path }
        app.get("/request/typed") { (request: Request) in request.path }
        app.get("/request/async") { (request: Request) async throws -> String in request.path }
        app.get("/string/<name>") { (name: String) in name }
        app.get("/string/<name>/async") { (name: String) async in name }
        app.get("/int/<int:number>") { (number: Int) in "\(number + 1)" }
        app.get("/signed/<int(signed=True):number>") { (number: Int) in "\(number)" }
        app.get("/double/<float:number>") { (number: Double) in "\(number * 2)" }
        app.get("/whole/<int:number>") { (number: Double) in "\(number)" }
        app.get("/text/<int:number>") { (number: String) in number }
        app.get("/bool/<any(true, false):flag>") { (flag: Bool) in "\(!flag)" }
        app.get("/bool/any/<flag>") { (flag: Bool) in "\(flag)" }
        app.get("/uuid/<uuid:id>") { (id: UUID) in id.uuidString }
        app.get("/format/report.<format>") { (format: Format) in "\(format)" }
        app.get("/level/<int:level>") { (level: Level) in "\(level)" }
        app.get("/path/<path:rest>/end") { (rest: String) in rest }
        app.get("/request/<int:id>") { (request: Request, id: Int) in "\(request.method) \(id)" }
        app.get("/after/<int:id>") { (id: Int, request: Request) in "\(request.method) \(id)" }
        app.get("/<a>/<int:b>/<float:c>/six/<uuid:d>") {
            (a: String, request: Request, b: Int, c: Double, query: Query<Page>, d: UUID) in
            "\(a) \(b) \(c) \(query.value.page ?? 0) \(d) \(request.method)"
        }
        app.get("/six/async/<a>/<b>/<c>/<d>/<e>/<f>") {
            (a: String, b: String, c: String, d: String, e: String, f: String) async throws in a + b + c + d + e + f
        }
        app.get("/session") { (session: Session) in "\(session.isEmpty)" }
        return app
    }

    static let uuid = "550e8400-e29b-41d4-a716-446655440000"

    @Test(
        "every form takes its parameters",
        arguments: [
            ("/none", "none"), ("/none/async", "none"),
            ("/request", "/request"), ("/request/typed", "/request/typed"), ("/request/async", "/request/async"),
            ("/string/a%20b", "a b"), ("/string/%C3%BC/async", "ü"),
            ("/int/41", "42"), ("/signed/-3", "-3"), ("/double/1.5", "3.0"), ("/whole/7", "7.0"), ("/text/7", "7"),
            ("/bool/true", "false"), ("/bool/any/0", "false"), ("/bool/any/1", "true"),
            ("/uuid/\(uuid)", uuid.uppercased()),
            ("/format/report.json", "json"), ("/level/2", "high"), ("/path/a/b/end", "a/b"),
            ("/request/5", "GET 5"), ("/after/5", "GET 5"),
            ("/x/1/2.5/six/\(uuid)?page=3", "x 1 2.5 3 \(uuid.uppercased()) GET"),
            ("/six/async/1/2/3/4/5/6", "123456"), ("/session", "true"),
        ])
    func forms(path: String, text: String) async throws {
        try await Self.app().test { client in
            let response = try await client.get(path)
            #expect(response.status == .ok)
            #expect(response.text == text)
        }
    }

    @Test(
        "a path whose variable has no such value is 404",
        arguments: [
            "/int/x", "/int/-1", "/int/+1", "/int/99999999999999999999", "/double/1", "/bool/maybe", "/bool/any/maybe",
            "/uuid/1", "/format/report.pdf", "/level/3",
        ])
    func noSuchValue(path: String) async throws {
        try await Self.app().test { client in
            let response = try await client.get(path)
            #expect(response.status == .notFound)
        }
    }

    @Test("the parameters of the content may stand in any order among the others", arguments: [1, 2, 3])
    func several(form: Int) async throws {
        let (app, _) = smallApp()
        app.post("/1/<int:id>") { (id: Int, body: JSONBody<Item>, query: Query<Page>, session: Session) in
            "\(id) \(body.value.id) \(query.value.page ?? 0) \(session.isEmpty)"
        }
        app.post("/2/<int:id>") { (body: JSONBody<Item>, request: Request, id: Int, query: Query<Page>) async in
            "\(id) \(body.value.id) \(query.value.page ?? 0) \(request.session.isEmpty)"
        }
        app.post("/3/<int:id>") { (session: Session, query: Query<Page>, body: JSONBody<Item>, id: Int) async throws in
            "\(id) \(body.value.id) \(query.value.page ?? 0) \(session.isEmpty)"
        }
        try await app.test { client in
            let response = try await client.post("/\(form)/1?page=3", .json(Item(id: 2)))
            #expect(response.text == "1 2 3 true")
        }
    }

    @Test("every verb registers its method, and GET answers HEAD")
    func verbs() async throws {
        let (app, _) = smallApp()
        let answer: @Sendable (Request) -> String = { $0.method.rawValue }
        app.get("/", answer)
        app.post("/", answer)
        app.put("/", answer)
        app.patch("/", answer)
        app.delete("/", answer)
        app.route("/both", methods: [.get, .post], answer)
        app.route("/default", answer)
        try await app.test { client in
            for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete] {
                #expect(try await client.request(method, "/").text == method.rawValue)
            }
            let head = try await client.head("/")
            #expect(head.status == .ok && head.text.isEmpty)
            #expect(try await client.post("/both").text == "POST")
            #expect(try await client.post("/default").status == .methodNotAllowed)
            #expect(try await client.options("/both").headers[.allow] == "GET, HEAD, OPTIONS, POST")
        }
    }

    @Test("a parameter of one's own is taken from the request, and what it throws is the answer")
    func ownParameter() async throws {
        let (app, _) = smallApp()
        app.get("/<int:id>") { (user: CurrentUser, id: Int) in "\(user.name) \(id)" }
        app.get("/async/<int:id>") { (id: Int, user: CurrentUser) async in "\(user.name) \(id)" }
        try await app.test { client in
            let known = try await client.get("/5", authorization: .basic(username: "ada", password: ""))
            #expect(known.text == "ada 5")
            let unknown = try await client.get("/async/5")
            #expect(unknown.status == .unauthorized)
            #expect(unknown.headers[.wwwAuthenticate] == "Basic")
        }
    }

    @Test("a parameter of one's own may take part of the path, checked against the rule")
    func ownPathParameter() async throws {
        let (app, _) = smallApp()
        app.get("/at/<year>") { (year: Year) in "\(year.number)" }
        app.get("/wrong/<int:year>", name: "wrong") { (year: Year) in "\(year.number)" }
        let problems = await app.problems()
        #expect(problems.count == 1)
        #expect(problems.first?.message.contains("<int:year>") == true)
    }

    @Test("a converter of one's own makes the values of a handler's parameters, and of URLs")
    func ownConverter() async throws {
        let (app, _) = smallApp()
        app.converter("hex") { _ in Hexadecimal() }
        let color = app.get("/color/<hex:rgb>") { (rgb: Int) in "\(rgb)" }
        try await app.test { client async throws in
            #expect(try color.url(255) == "/color/ff")
            #expect(try await client.get("/color/FF").text == "255")
            #expect(try await client.get("/color/xyz").status == .notFound)
        }
    }

    struct Hexadecimal: Converter {
        var kind: RoutingValue.Kind { .int }

        func value(from text: String) -> RoutingValue? { Int(text, radix: 16).map(RoutingValue.int) }

        func text(for value: RoutingValue) -> String? {
            if case .int(let number) = value { String(number, radix: 16) } else { nil }
        }
    }

    struct CurrentUser: HandlerParameter {
        var name: String
        static let source = ParameterSource.request

        static func extract(from input: inout HandlerInput) throws -> CurrentUser {
            guard case .basic(let name, _)? = input.request.headers.authorization?.credentials else {
                throw Abort(.unauthorized, headers: [.wwwAuthenticate: "Basic"])
            }
            return CurrentUser(name: name)
        }
    }

    struct Year: PathParameter {
        var number: Int
        static let kinds: [RoutingValue.Kind] = [.string]
        var pathValue: RoutingValue { .string("\(number)") }

        init?(pathValue: RoutingValue) {
            guard let number = Int(pathValue.text) else { return nil }
            self.number = number
        }
    }
}
