import Testing

@testable import carafe_tool

@Suite("carafe doctor --flask")
struct FlaskReportTests {
    private static let key = "5f2b7e1a9c0d4e8f5f2b7e1a9c0d4e8fa1b2c3d4e5f60718293a4b5c6d7e8f90"

    /// What is said of a project of these files, as `state subject: message`.
    private func report(_ files: [String: String]) throws -> [String] {
        let fixture = try ToolFixture(files)
        return try FlaskReport(of: fixture.folder).findings.all.map { finding in
            let place = finding.file.map { "\($0):\(finding.line ?? 0): " } ?? ""
            return "\(finding.state.rawValue) \(finding.subject): \(place)\(finding.message)"
        }
    }

    @Test("a plain app has nothing that must be mended")
    func plain() throws {
        let found = try report([
            "app.py": """
            import os
            from flask import Flask
            from werkzeug.security import generate_password_hash
            app = Flask(__name__)
            app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
            app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql+psycopg2://localhost/x"
            @app.route("/")
            def index():
                return generate_password_hash("x")
            """,
            "templates/index.html": "{{ x|upper }}", "venv/pyvenv.cfg": "",
            "venv/lib/flask_session.py": "import flask_session",
        ])
        #expect(found.filter { !$0.hasPrefix("ok ") } == ["note project: 1 Python file, 1 route, 0 blueprints"])
        #expect(found.contains { $0.contains("Flask's own cookie") })
        #expect(found.contains { $0.hasPrefix("ok passwords: app.py:9: Werkzeug's scrypt") })
        #expect(found.contains { $0.hasPrefix("ok databases: app.py:6:") })
        #expect(found.contains("ok templates: 1 of 1 templates compile as they are"))
    }

    @Test(
        "what Carafe cannot share must be mended",
        arguments: [
            ("from flask_session import Session", "error sessions: app.py:2: Flask-Session"),
            ("class S(SecureCookieSessionInterface): pass", "error sessions: app.py:2: S is a session interface"),
            ("class T(JSONTag): pass", "error sessions: app.py:2: T puts values"),
            (
                "SECRET_KEY = 'dev'",
                "error secret key: app.py:2: SECRET_KEY is written in the source, and is an example"
            ),
            ("SECRET_KEY = os.environ.get('K', 'dev')", "warning secret key: app.py:2: What stands in for SECRET_KEY"),
            (
                "SECRET_KEY = '\(FlaskReportTests.key)'",
                "warning secret key: app.py:2: SECRET_KEY is written in the source."
            ),
            ("from flask_bcrypt import Bcrypt", "error passwords: app.py:2: bcrypt's hashes"),
            ("import argon2", "error passwords: app.py:2: Argon2's hashes"),
            ("h = generate_password_hash(p, 'sha256')", "warning passwords: app.py:2: 'sha256' is a method"),
            ("from itsdangerous import TimedJSONWebSignatureSerializer", "error tokens: app.py:2:"),
            ("from itsdangerous import URLSafeTimedSerializer as S", "ok tokens: app.py:2: URLSafeTimedSerializer"),
            ("DATABASE_URL = 'mysql://root:pw@db/x'", "error databases: app.py:2: DATABASE_URL is an address of mysql"),
            ("import pymongo", "error databases: app.py:2: MongoDB"),
            ("from celery import Celery", "warning extensions: app.py:2: Celery: nothing"),
            ("from flask_migrate import Migrate", "ok extensions: app.py:2: Flask-Migrate: db upgrade"),
            ("import flask_unheard", "warning extensions: app.py:2: flask_unheard is not known"),
            ("app.url_map.converters['list'] = L", "warning project: app.py:2: The URL converter 'list'"),
        ])
    func obstacles(line: String, finding: String) throws {
        let found = try report(["app.py": "from flask import Flask\n\(line)\n"])
        #expect(found.contains { $0.hasPrefix(finding) }, "\(found.joined(separator: "\n"))")
    }

    @Test("no password of an address is told")
    func secret() throws {
        let found = try report(["app.py": "from flask import Flask\nDATABASE_URL = 'mysql://root:hunter2@db/x'\n"])
        #expect(!found.joined().contains("hunter2"))
    }

    @Test("filters, tests, globals and variables that templates need are told with their places")
    func language() throws {
        let found = try report([
            "shop/__init__.py": """
            from flask import Flask
            app = Flask(__name__)
            app.jinja_env.add_extension("jinja2.ext.do")
            app.jinja_env.add_extension("jinja2.ext.foo")
            @app.template_filter("money")
            def format_money(value): ...
            @app.template_filter()
            def unused(value): ...
            app.jinja_env.globals["version"] = 5
            @app.context_processor
            def inject_user(): return {}
            """,
            "shop/templates/a.html": "{% do x.append(1) %}{{ price|money }}{{ price|fancy }}{{ version }}",
            "shop/templates/b.html": "{{ csrf_token() }}{% if x is oddish %}{% endif %}",
        ])
        for expected in [
            "ok templates: 0 of 2 templates compile", "error templates: shop/__init__.py:4: There is no extension",
            "error templates: shop/templates/a.html:1: No filter named 'fancy'",
            "error templates: shop/templates/b.html:1: No test named 'oddish'",
            "warning templates: shop/__init__.py:5: The filter 'money' is to be written",
            "warning templates: shop/__init__.py:9: The global 'version' is to be written",
            "warning templates: shop/__init__.py:10: The context processor 'inject_user'",
            "warning templates: shop/templates/b.html:0: 1 template reads 'csrf_token', which Flask-WTF",
        ] { #expect(found.contains { $0.hasPrefix(expected) }, "\(expected)\n\(found.joined(separator: "\n"))") }
        #expect(!found.contains { $0.contains("'unused'") })
    }

    @Test("extensions that only requirements name are found")
    func requirements() throws {
        let found = try report([
            "app.py": "import flask", "requirements/prod.txt": "gunicorn==21\n# celery\n",
            "pyproject.toml": "dependencies = [\n  \"Flask_Caching>=2\", 'rq'\n]\n", "notes.txt": "huey",
        ])
        #expect(found.contains { $0.hasPrefix("ok extensions: requirements/prod.txt:1: Gunicorn") })
        #expect(found.contains { $0.hasPrefix("warning extensions: pyproject.toml:2: Flask-Caching") })
        #expect(found.contains { $0.hasPrefix("warning extensions: pyproject.toml:2: RQ") })
        #expect(!found.contains { $0.contains("Celery") || $0.contains("Huey") })
    }

    @Test("a folder without Python is refused")
    func noProject() throws {
        let fixture = try ToolFixture(["readme.txt": "x"])
        #expect(throws: ToolError.self) { try FlaskReport(of: fixture.folder) }
        #expect(throws: ToolError.self) { try FlaskReport(of: fixture.folder + "/none") }
    }
}
