import Carafe
import NIOCore
import Synchronization

/// The snippets of docs/guide/routing.md. Each function holds one block, word for word; `SnippetTests` says where one is
/// missing.
enum RoutingPage {
    static func routes(_ app: App) {
        app.get("/") { "Hello, World!" }
        app.post("/posts") { "created" }
        app.route("/login", methods: [.get, .post]) { request in
            request.method == .post ? "checking" : "please log in"
        }
    }

    static func variables(_ app: App) {
        app.get("/hello/<name>") { (name: String) in "Hello, \(name)!" }
        app.get("/posts/<int:id>") { (id: Int) in "Post \(id)" }
        app.get("/archive/<int:year>/<int:month>") { (year: Int, month: Int) in "\(month)/\(year)" }
        app.get("/files/<path:name>") { (name: String) in "The file \(name)" }
    }

    static func enumVariable(_ app: App) {
        enum Format: String, PathParameter {
            case html, json
        }

        app.get("/report.<format>") { (format: Format) in "The report as \(format.rawValue)" }
    }

    static func ownConverter(_ app: App) {
        struct Hexadecimal: Converter {
            var kind: RoutingValue.Kind { .int }
            func value(from text: String) -> RoutingValue? { Int(text, radix: 16).map(RoutingValue.int) }
            func text(for value: RoutingValue) -> String? {
                if case .int(let number) = value { String(number, radix: 16) } else { nil }
            }
        }

        app.converter("hex") { _ in Hexadecimal() }
        app.get("/color/<hex:rgb>") { (rgb: Int) in "Color number \(rgb)" }
    }

    static func defaults(_ app: App) {
        app.get("/page/", name: "first_page", defaults: ["number": 1]) { (number: Int) in "Page \(number)" }
        app.get("/page/<int:number>", name: "page") { (number: Int) in "Page \(number)" }
    }

    static func subdomains(_ app: App) {
        app.config.serverName = "example.com"
        app.subdomainMatching = true
        app.get("/", name: "site") { "The site" }
        app.get("/", name: "api", subdomain: "api") { "The API" }
    }

    static func urls(_ app: App) {
        let show = app.get("/posts/<int:id>", name: "post") { (id: Int) in "Post \(id)" }

        app.get("/links") { request in
            let typed = try show.url(5)
            let named = try request.url(for: "post", ["id": 5, "page": 2])
            let style = try request.url(for: "static", ["filename": "style.css"])
            let whole = try request.url(for: "post", ["id": 5], anchor: "top", external: true)
            return [typed, named, style, whole]
        }
    }

    static func preprocessors(_ app: App) {
        let pages = Blueprint("pages", prefix: "/<language>")
        pages.urlValuePreprocessor { request, values in
            request.g["language"] = values.remove("language")?.text
        }
        pages.urlDefaults { request, endpoint, values in
            let language: String? = request.g["language"]
            if let language { values["language"] = .one(.string(language)) }
        }
        pages.get("/about", name: "about") { request in
            let language: String? = request.g["language"]
            return "\(language ?? "?"): \(try request.url(for: ".about"))"
        }
        app.register(pages)
    }

    static func blueprints(_ app: App) {
        let blog = Blueprint("blog", prefix: "/blog", staticFolder: "blog/static")
        blog.get("/", name: "index") { "All posts" }
        blog.get("/<int:id>", name: "show") { (request: Request, id: Int) in
            let index = try request.url(for: ".index")
            return "Post \(id); all are at \(index)"
        }
        blog.afterRequest { request, response in response.headers[.cacheControl] = "no-store" }
        app.register(blog)
    }
}
