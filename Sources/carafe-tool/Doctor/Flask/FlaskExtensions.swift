/// The extensions and libraries that a Flask project uses, and what stands for each in Carafe.
struct FlaskExtensions {
    private static let subject = "extensions"

    private let project: FlaskProject

    init(_ project: FlaskProject) { self.project = project }

    var findings: [Finding] {
        let known = KnownExtension.all.compactMap { known -> Finding? in
            guard let place = place(of: known) else { return nil }
            switch known.counterpart {
            case .has(let what):
                return Finding(
                    .fine, Self.subject, "\(known.name): \(what)", file: place.file, line: place.line)
            case .partly(let what):
                return Finding(.warning, Self.subject, "\(known.name): \(what)", file: place.file, line: place.line)
            case .none(let instead):
                return Finding(
                    .warning, Self.subject, "\(known.name): nothing in Carafe stands for it.", hint: instead,
                    file: place.file, line: place.line)
            }
        }
        return known + strangers
    }

    /// Where it is imported; else where a file of requirements names it.
    private func place(of known: KnownExtension) -> (file: String, line: Int)? {
        if let place = project.use(of: known.modules) { return place }
        return project.requirements.first { known.packages.contains($0.package) }.map { ($0.file, $0.line) }
    }

    /// Modules that call themselves extensions of Flask and are not in the list.
    private var strangers: [Finding] {
        let known = Set(KnownExtension.all.flatMap(\.modules) + KnownExtension.elsewhere)
        var seen: Set<String> = []
        return project.each(\.imports).compactMap { file, found in
            let module = String(
                decoding: found.module.utf8.prefix { $0 != UInt8(ascii: ".") }, as: UTF8.self)
            guard module.utf8.starts(with: "flask_".utf8), !known.contains(module), seen.insert(module).inserted,
                !project.sources.contains(where: { isPart($0.file, of: module) })
            else { return nil }
            return Finding(
                .warning, Self.subject, "\(module) is not known to this tool.",
                hint: "See what it does, and whether Carafe needs it: docs/guide.md.", file: file, line: found.line)
        }
    }

    /// Whether a file belongs to a module of the project's own.
    private func isPart(_ file: String, of module: String) -> Bool {
        let parts = file.utf8.split(separator: 0x2F).map { String(decoding: $0, as: UTF8.self) }
        return parts.contains(module) || parts.last == module + ".py"
    }
}

/// What is known of an extension.
struct KnownExtension {
    enum Counterpart {
        /// Carafe does the same.
        case has(String)
        /// A part of it.
        case partly(String)
        /// Nothing; what to do instead.
        case none(String)
    }

    let name: String
    let modules: [String]
    let counterpart: Counterpart

    /// The names on the package index.
    var packages: [String] {
        modules.map {
            String(decoding: $0.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
        }
    }

    private init(_ name: String, _ modules: [String], _ counterpart: Counterpart) {
        self.name = name
        self.modules = modules
        self.counterpart = counterpart
    }

    /// Those that other parts of the report speak of.
    static let elsewhere = [
        "flask_session", "flask_kvsession", "flask_bcrypt", "flask_pymongo", "flask_mongoengine", "flask_mysqldb",
        "flask_redis",
    ]

    private static let remain = "Leave the routes that need it with Flask"

    static let all: [KnownExtension] = [
        // Data.
        KnownExtension(
            "Flask-SQLAlchemy", ["flask_sqlalchemy"],
            .has("CarafeSQL, with statements instead of models, on the same tables")),
        KnownExtension(
            "Flask-Migrate", ["flask_migrate"], .has("db upgrade and its like, counting in alembic_version")),
        KnownExtension(
            "marshmallow", ["flask_marshmallow", "marshmallow"], .has("Codable, with JSONBody as a parameter")),
        KnownExtension("Pydantic", ["flask_pydantic", "pydantic"], .has("Codable, with JSONBody as a parameter")),
        KnownExtension(
            "Flask-Caching", ["flask_caching", "flask_cache"],
            .none("\(remain), or keep values in the app: app[Type.self].")),
        // Forms and people.
        KnownExtension(
            "Flask-WTF", ["flask_wtf", "wtforms"],
            .partly("Form<T> reads and checks fields; tokens against forged requests are to be made by hand.")),
        KnownExtension(
            "Flask-Login", ["flask_login"],
            .partly(
                "request.session[\"_user_id\"] is who is signed in; a before-request hook takes the place of login_required. "
                    + "Remember-me cookies are not read.")),
        KnownExtension("Flask-Security", ["flask_security"], .none("\(remain); the session tells who is signed in.")),
        KnownExtension("Flask-Principal", ["flask_principal"], .none("Check rights in a before-request hook.")),
        KnownExtension(
            "Flask-HTTPAuth", ["flask_httpauth"],
            .none("Read request.headers[.authorization] in a before-request hook.")),
        KnownExtension(
            "Flask-JWT-Extended", ["flask_jwt_extended", "flask_jwt"], .none("\(remain), or use swift-jwt-kit.")),
        KnownExtension(
            "Flask-Dance, Authlib", ["flask_dance", "authlib"],
            .none("\(remain): signing in elsewhere ends in the shared session.")),
        // Interfaces.
        KnownExtension(
            "Flask-RESTful", ["flask_restful", "flask_restx"],
            .partly("Routes, and any Encodable as JSON; no description of the interface is made.")),
        KnownExtension(
            "flask-smorest, APIFlask", ["flask_smorest", "apiflask", "flasgger"],
            .partly("Routes, and any Encodable as JSON; no description of the interface is made.")),
        KnownExtension(
            "Flask-CORS", ["flask_cors"], .has("app.use(CORS(…)), with wildcards instead of regular expressions")),
        KnownExtension(
            "Flask-Limiter", ["flask_limiter"],
            .partly(
                "app.use(RateLimit(…)) counts in each process; limits that workers share belong to the proxy in front.")
        ),
        KnownExtension("Flask-GraphQL", ["flask_graphql", "graphene", "ariadne", "strawberry"], .none("\(remain).")),
        // Sockets.
        KnownExtension("flask-sock", ["flask_sock", "flask_sockets", "simple_websocket"], .has("app.webSocket")),
        KnownExtension(
            "Flask-SocketIO", ["flask_socketio", "socketio"],
            .none("Socket.IO is a protocol of its own. \(remain), or move its clients to app.webSocket.")),
        KnownExtension("Flask-SSE", ["flask_sse"], .has("EventStream and EventChannel")),
        // Work in the background.
        KnownExtension(
            "Celery", ["celery", "flask_celeryext"],
            .none("Keep the workers; leave the routes with Flask that send tasks.")),
        KnownExtension(
            "RQ", ["rq", "flask_rq2", "flask_rq"],
            .none("Keep the workers; leave the routes with Flask that send jobs.")),
        KnownExtension(
            "Huey, Dramatiq", ["huey", "dramatiq", "flask_dramatiq"],
            .none("Keep the workers; leave the routes with Flask that send tasks.")),
        KnownExtension(
            "APScheduler", ["flask_apscheduler", "apscheduler"], .none("Keep it in its own process, or use cron.")),
        KnownExtension(
            "Flask-Mail", ["flask_mail", "flask_mailman"],
            .none("app.renderText makes the text; leave the routes with Flask that send it.")),
        // Pages.
        KnownExtension(
            "Flask-Babel", ["flask_babel", "flask_babelex"],
            .partly("Templates have I18nExtension with catalogues of your own; dates and numbers are not localized.")),
        KnownExtension(
            "Flask-Moment", ["flask_moment"], .none("Give templates a global 'moment', or format dates in Swift.")),
        KnownExtension(
            "Flask-Assets", ["flask_assets", "webassets"],
            .partly("Static files carry a version in their URLs; nothing is bundled.")),
        KnownExtension(
            "Bootstrap-Flask", ["flask_bootstrap"], .none("Its macros are templates: copy them into the project's.")),
        KnownExtension("Flask-Admin", ["flask_admin"], .none("Leave it with Flask: it works on the same database.")),
        KnownExtension("Flask-Uploads", ["flask_uploads", "flask_reuploaded"], .has("Upload as a parameter")),
        KnownExtension("Flask-HTMX", ["flask_htmx"], .partly("request.headers has what it reads.")),
        // Running and watching.
        KnownExtension("Flask-Script", ["flask_script"], .has("app.command")),
        KnownExtension("python-dotenv", ["dotenv"], .has(".env is read at the start")),
        KnownExtension("Flask-DebugToolbar", ["flask_debugtoolbar"], .has("the toolbar of debug mode")),
        KnownExtension("Flask-Compress", ["flask_compress"], .none("Compress in the proxy in front.")),
        KnownExtension("Flask-Talisman", ["flask_talisman"], .has("app.use(SecurityHeaders()), with csp_nonce()")),
        KnownExtension(
            "Prometheus exporter", ["prometheus_flask_exporter", "prometheus_client"],
            .none("Receive the app's signals: app.signals.requestFinished.")),
        KnownExtension("Sentry", ["sentry_sdk"], .none("Receive app.signals.gotRequestException.")),
        KnownExtension("OpenTelemetry", ["opentelemetry"], .none("Receive the app's signals.")),
        KnownExtension(
            "Gunicorn, uWSGI", ["gunicorn", "uwsgi", "waitress", "gevent", "eventlet"],
            .has("the app serves itself: docs/deploying.md")),
        KnownExtension(
            "Flask-Testing", ["flask_testing", "pytest_flask"], .has("CarafeTesting: app.test { client in … }")),
    ]
}
