import Carafe
import CarafeTesting
import Foundation
import Testing

@Suite("The URL of a typed route")
struct RouteURLTests {
    struct Page: Decodable { var page: Int? }
    struct Item: Codable { var id: Int }
    enum Format: String, PathParameter { case html, json }

    @Test("its values are those of the handler's path variables")
    func values() async throws {
        let (app, _) = smallApp()
        let id = try #require(UUID(uuidString: HandlerFormTests.uuid))
        let none = app.get("/none") { "" }
        let request = app.get("/request") { (request: Request) in request.path }
        let one = app.get("/one/<int:id>") { (id: Int) in "\(id)" }
        let afterRequest = app.get("/after/<name>") { (request: Request, name: String) in name }
        let two = app.get("/two/<float:x>/<uuid:id>") { (x: Double, id: UUID) in "\(x) \(id)" }
        let three = app.get("/three/<a>/<any(true, false):b>/<c>") { (a: String, b: Bool, c: Format) in "\(a)\(b)\(c)" }
        let query = app.get("/query/<int:id>") { (id: Int, query: Query<Page>) in "\(id)" }
        let body = app.post("/body/<int:id>") { (request: Request, id: Int, body: JSONBody<Item>) in "\(id)" }
        let alone = app.get("/alone") { (query: Query<Page>) in "" }
        try await app.test { _ async throws in
            #expect(try none.url() == "/none")
            #expect(try request.url() == "/request")
            #expect(try one.url(5) == "/one/5")
            #expect(try afterRequest.url("a b/ü") == "/after/a%20b/%C3%BC")
            #expect(try two.url(1.5, id) == "/two/1.5/\(HandlerFormTests.uuid)")
            #expect(try three.url("x", true, .json) == "/three/x/true/json")
            #expect(try query.url(5) == "/query/5")
            #expect(try body.url(5) == "/body/5")
            #expect(try alone.url() == "/alone")
        }
    }

    @Test("a blueprint's route has its prefix")
    func blueprint() async throws {
        let (app, _) = smallApp()
        let blog = Blueprint("blog", prefix: "/blog")
        let post = blog.get("/<int:id>", name: "post") { (id: Int) in "\(id)" }
        app.register(blog)
        try await app.test { _ async throws in
            #expect(try post.url(7) == "/blog/7")
            #expect(post.endpoint == "post")
        }
    }

    @Test("before the start there is none")
    func beforeStart() async throws {
        let (app, _) = smallApp()
        let route = app.get("/", name: "index") { "" }
        let error = #expect(throws: URLBuildingError.self) { try route.url() }
        #expect(
            error?.description == """
                The URL for 'index' cannot be built before the app has started, or it belongs to a blueprint that is not \
                registered.
                """)
    }
}
