import Carafe
import CarafeTesting
import Testing

@Suite("What templates see of the app and the request", .timeLimit(.minutes(1)))
struct TemplateVariablesTests {
    private static let requestCases: [(String, String)] = [
        ("request.method", "GET"), ("request.path", "/blog/7/é"), ("request.full_path", "/blog/7/é?a=1&b=2&a=3"),
        ("request.url", "http://localhost/blog/7/%C3%A9?a=1&b=2&a=3"),
        ("request.base_url", "http://localhost/blog/7/%C3%A9"), ("request.url_root", "http://localhost/"),
        ("request.host", "localhost"), ("request.scheme", "http"), ("request.is_secure", "False"),
        ("request.query_string", "a=1&b=2&a=3"), ("request.remote_addr", "127.0.0.1"), ("request.is_json", "False"),
        ("request.args.a", "1"), ("request.args['b']", "2"), ("request.args.get('c', 'none')", "none"),
        ("request.args.getlist('a')", "['1', '3']"), ("request.args|length", "2"), ("'a' in request.args", "True"),
        ("request.args.items()|list", "[('a', '1'), ('b', '2')]"), ("request.args.c is defined", "False"),
        ("request.args", "ImmutableMultiDict([('a', '1'), ('b', '2'), ('a', '3')])"),
        ("request.args.to_dict(flat=false)", "{'a': ['1', '3'], 'b': ['2']}"),
        ("request.values.b", "2"), ("request.form|length", "0"), ("request.files", "[]"),
        ("request.headers['x-test']", "yes"), ("request.headers.get('X-Test')", "yes"),
        ("'X-Test' in request.headers", "True"), ("request.headers.nothing is defined", "False"),
        ("request.cookies.c", "d"), ("request.user_agent", "probe"), ("request.referrer", "None"),
        ("request.endpoint", "blog.show"), ("request.blueprint", "blog"), ("request.blueprints", "['blog']"),
        ("request.url_rule", "/blog/<int:id>/<word>"), ("request.view_args", "{'id': 7, 'word': 'é'}"),
        ("request.view_args.id + 1", "8"), ("request.accept_mimetypes.best", "text/html"),
        ("request.accept_mimetypes.accept_json", "True"), ("request.accept_mimetypes['application/json']", "0.5"),
        ("request.accept_mimetypes.best_match(['application/json', 'text/html'])", "text/html"),
        ("request.mimetype", ""), ("request.content_length", "None"), ("request.nothing is defined", "False"),
        ("request", "<Request 'http://localhost/blog/7/%C3%A9?a=1&b=2&a=3' [GET]>"),
    ]

    @Test("request has Flask's attributes", arguments: requestCases)
    func request(expression: String, output: String) async throws {
        let (app, _) = smallApp()
        let blog = Blueprint("blog", prefix: "/blog")
        blog.get("/<int:id>/<word>", name: "show") { (request: Request) in
            Response(try request.renderText(string: "{% autoescape false %}{{ \(expression) }}{% endautoescape %}"))
        }
        app.register(blog)
        try await app.test { client in
            let response = try await client.get(
                "/blog/7/%C3%A9?a=1&b=2&a=3",
                headers: [
                    HTTPField.Name("X-Test")!: "yes", .cookie: "c=d", .userAgent: "probe",
                    .accept: "text/html, application/json;q=0.5",
                ])
            #expect(response.text == output)
        }
    }

    @Test("a form that the handler has read is there; one that it has not is empty") func form() async throws {
        let (app, _) = smallApp()
        app.post("/read") { (request: Request) async throws in
            _ = try await request.form()
            return try render(string: "{{ request.form.a }} {{ request.values.a }}")
        }
        app.post("/unread") { (_: Request) in try render(string: "{{ request.form|length }}") }
        try await app.test { client in
            let read = try await client.post("/read", .form(["a": "1"]))
            #expect(read.text == "1 1")
            let unread = try await client.post("/unread", .form(["a": "1"]))
            #expect(unread.text == "0")
        }
    }

    @Test("a session is a dictionary; reading it makes the response vary, changing it saves it")
    func session() async throws {
        let (app, _) = smallApp()
        app.get("/untouched") { try render(string: "{{ 1 }}") }
        app.get("/read") {
            try render(string: "{{ session.user }}|{{ session['n'] }}|{{ 'n' in session }}|{{ session.get('x', 0) }}")
        }
        app.get("/write") { (request: Request) in
            request.session["n"] = 1
            return try render(string: "{{ session.update(user='ada') or '' }}{{ session.pop('n') }}{{ session }}")
        }
        try await app.test { client in
            let untouched = try await client.get("/untouched")
            #expect(untouched.headers[.vary] == nil)
            let read = try await client.get("/read")
            #expect(read.text == "||False|0" && read.headers[.vary] == "Cookie")
            let written = try await client.get("/write")
            #expect(written.text == "1&lt;SecureCookieSession {&#39;user&#39;: &#39;ada&#39;}&gt;")
            let after = try await client.get("/read")
            #expect(after.text == "ada||False|0")
        }
    }

    @Test("g has what the app keeps with the request") func g() async throws {
        let (app, _) = smallApp()
        app.beforeRequest { (request: Request) in
            request.g["article"] = Article(id: 1, title: "T")
            request.g["n"] = 5
        }
        app.get("/") {
            try render(
                string:
                    "{{ g.article.title }} {{ g.n }} {{ g.get('m', 6) }} {{ 'n' in g }} {{ g.m is defined }} {{ g|list }}"
            )
        }
        try await app.test { client in
            let response = try await client.get("/")
            #expect(response.text == "T 5 6 True False [&#39;article&#39;, &#39;n&#39;]")
        }
    }

    private final class Opaque: Sendable {}

    @Test("a value in g that is not Encodable is an error where a template touches it") func opaque() async throws {
        let (app, _) = smallApp(debug: true)
        app.beforeRequest { (request: Request) in request.g["it"] = Opaque() }
        app.get("/untouched") { try render(string: "ok") }
        app.get("/touched") { try render(string: "{{ g.it }}") }
        try await app.test { client in
            let untouched = try await client.get("/untouched")
            #expect(untouched.text == "ok")
            let touched = try await client.get("/touched")
            #expect(touched.status == .internalServerError && touched.text.contains("make the type Encodable"))
        }
    }

    @Test(
        "config has the app's values; secrets are masked",
        arguments: [
            ("config.DEBUG", "False"), ("config['COLOR']", "red"), ("config.get('NONE', 1)", "1"),
            ("config.SECRET_KEY", "********"), ("config.MAIL.PASSWORD", "********"), ("config.MAIL.HOST", "h"),
            ("'COLOR' in config", "True"), ("config.PERMANENT_SESSION_LIFETIME", "2678400"),
        ])
    func config(expression: String, output: String) throws {
        let (app, _) = smallApp()
        app.config["COLOR"] = "red"
        app.config["MAIL"] = ["HOST": "h", "PASSWORD": "p"]
        #expect(try app.renderText(string: "{{ \(expression) }}") == output)
    }

    @Test(
        "url_for builds URLs as Flask's",
        arguments: [
            ("url_for('blog.show', id=3)", "/blog/3"), ("url_for('.show', id=3)", "/blog/3"),
            ("url_for('.show', id=3, q='a b', none=none)", "/blog/3?q=a+b"),
            ("url_for('.show', id=3, tag=['x', 'y'])", "/blog/3?tag=x&amp;tag=y"),
            ("url_for('.show', id=3, _anchor='top')", "/blog/3#top"),
            ("url_for('.show', id=3, _external=true)", "http://localhost/blog/3"),
            ("url_for('.show', id=3, _scheme='https', _external=true)", "https://localhost/blog/3"),
            ("url_for('.change', id=3, _method='POST')", "/blog/3/change"),
            ("url_for('.show', **{'id': 4})", "/blog/4"),
        ])
    func urlFor(expression: String, output: String) async throws {
        let (app, _) = smallApp()
        let blog = Blueprint("blog", prefix: "/blog")
        blog.get("/<int:id>", name: "show") { (id: Int) in try render(string: "{{ \(expression) }}") }
        blog.post("/<int:id>/change", name: "change") { (id: Int) in "" }
        app.register(blog)
        try await app.test { client in
            let response = try await client.get("/blog/1")
            #expect(response.text == output)
        }
    }

    @Test("a URL that cannot be built is a template error with the hint") func buildError() async throws {
        let (app, log) = smallApp(debug: true)
        app.get("/posts", name: "posts") { "" }
        app.get("/") { try render(string: "a\n{{ url_for('post') }}") }
        try await app.test { client in
            let response = try await client.get("/")
            #expect(response.status == .internalServerError && response.text.contains("Did you mean"))
            #expect(log.containing("BuildError: Could not build url for endpoint 'post'.").count == 1)
            #expect(log.containing("line 2").count == 1)
        }
    }

    @Test("flashed messages come once, with their categories and filtered by them") func flashes() async throws {
        let (app, _) = smallApp()
        app.get("/") { (request: Request) in
            request.flash("a <b>")
            request.flash("c", category: "error")
            return try render(
                string: """
                    {% for m in get_flashed_messages() %}{{ m }};{% endfor %}
                    {% for c, m in get_flashed_messages(with_categories=true) %}{{ c }}={{ m }};{% endfor %}
                    {{ get_flashed_messages(category_filter=['error']) }}
                    """)
        }
        app.get("/next") { try render(string: "{{ get_flashed_messages() }}") }
        try await app.test { client in
            let first = try await client.get("/")
            #expect(first.text == "a &lt;b&gt;;c;\nmessage=a &lt;b&gt;;error=c;\n[&#39;c&#39;]")
            let next = try await client.get("/next")
            #expect(next.text == "[]")
        }
    }

    @Test("an imported template sees them too, without the render's own variables") func imported() async throws {
        let site = try TemplateFixture([
            "templates/_m.html":
                "{% macro m() %}{{ request.path }} {{ x is defined }} {{ config.DEBUG }}{% endmacro %}",
            "templates/a.html": "{% from '_m.html' import m %}{{ m() }}",
        ])
        let (app, _) = site.app()
        app.get("/here") { try render("a.html", ["x": 1]) }
        try await app.test { client in
            let response = try await client.get("/here")
            #expect(response.text == "/here False False")
        }
    }
}
