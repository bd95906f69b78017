import Carafe
import CarafeDevelopment
import CarafeTesting
import Logging

/// An app in debug mode whose routes fail in many ways.
struct FailingApp {
    let app: App

    static let sessionSecret = "session-secret"

    struct PaymentFailed: Error, CustomStringConvertible {
        var amount = 7
        var hint = "Ask for another card."
        var description: String { "PaymentFailed: \(amount) € were <refused>." }
    }

    struct Outer: Error, CustomStringConvertible {
        var underlying: any Error
        var description: String { "The order could not be placed." }
    }

    init(debug: Bool = true, _ declare: (App) -> Void = { _ in }) {
        app = App("failing", staticFolder: nil, templateFolder: nil, environment: .none)
        app.logger = Logger(label: "failing") { _ in SilentLog() }
        app.config.debug = debug
        app.config.accessLog = nil
        app.config.secretKey = "a secret key that is long enough"
        app.config["MAIL_PASSWORD"] = "mail-secret"
        app.config["MAIL_SERVER"] = "mail.example"
        app.templates.loaders = [
            DictLoader([
                "page.html": """
                {% extends "layout.html" %}
                {% block main %}
                {% for item in items %}{% set double = item * 2 %}
                {% include "part.html" %}
                {% endfor %}
                {% endblock %}
                """,
                "layout.html": "<body>{% block main %}{% endblock %}</body>",
                "part.html": "{{ item }} of {{ items|length }}: {{ missing.name }}",
            ])
        ]
        app.route("/pay/<int:amount>", methods: [.get, .post], name: "pay") { (request: Request, amount: Int) throws in
            request.session["user"] = "ada"
            request.session["api_token"] = Self.sessionSecret
            request.g["plan"] = "free"
            request.logger.info("paying \(amount)")
            return try Self.pay(amount)
        }
        app.get("/wait") { () async throws -> String in try await Self.waitAndPay() }
        app.get("/chain") { () throws -> String in
            do { return try Self.pay(1) } catch { throw Outer(underlying: error) }
        }
        app.get("/page") { request in try request.render("page.html", ["items": [3, 4], "title": "Shop"]) }
        declare(app)
    }

    static func pay(_ amount: Int) throws -> String { throw PaymentFailed(amount: amount) }

    static func waitAndPay() async throws -> String {
        try await Task.sleep(for: .milliseconds(1))
        return try pay(2)
    }

    /// The tools of the app, once it has started.
    var workbench: Workbench? { app.developmentTools as? Workbench }
}

/// Takes every line and writes none.
private struct SilentLog: LogHandler {
    var metadata = Logger.Metadata()
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {}
}

extension TestResponse {
    /// The address of the error page that the response is.
    var errorPath: String? {
        guard let start = text.firstRange(of: "/__carafe/errors/") else { return nil }
        let id = text[start.upperBound...].utf8.prefix { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }
        return "/__carafe/errors/" + String(decoding: id, as: UTF8.self)
    }
}

let browserFields: Headers = [.accept: "text/html,application/xhtml+xml,*/*;q=0.8"]
