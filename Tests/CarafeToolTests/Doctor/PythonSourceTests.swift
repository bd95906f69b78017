import Testing

@testable import carafe_tool

@Suite("Python as the doctor reads it")
struct PythonSourceTests {
    private func read(_ text: String) -> PythonSource { PythonSource(text, file: "app.py") }

    @Test("imports in all their forms, not those in strings and comments")
    func imports() {
        let source = read(
            """
            import os, flask_login as login
            from flask_sqlalchemy import (
                SQLAlchemy, Model as Base)
            from .models import User
            if True: import late
            # import comment
            text = '''
            import inside
            '''
            from a.b import c
            """)
        #expect(source.imports.map(\.module) == ["os", "flask_login", "flask_sqlalchemy", "a.b"])
        #expect(source.imports.map(\.line) == [1, 1, 2, 10])
        #expect(source.names(importedFrom: "flask_sqlalchemy").map(\.name) == ["SQLAlchemy", "Model"])
    }

    @Test("settings in all their forms")
    func settings() {
        let source = read(
            """
            SECRET_KEY = 'one'
            class Config:
                SECRET_KEY: str = "tw" "o"
            app.config["SECRET_KEY"] = os.environ.get("KEY", "three")
            app.config.update(SECRET_KEY=os.getenv('KEY') or 'four', DEBUG=True)
            app.config.from_mapping({"SECRET_KEY": b'five', "X": 1})
            if SECRET_KEY == 'no': pass
            app.secret_key = os.environ["KEY"]
            """)
        let found = source.settings { $0 == "SECRET_KEY" || $0 == "secret_key" }
        #expect(found.map(\.line) == [1, 3, 4, 5, 6, 8])
        #expect(found.map(\.value.fallback) == ["one", "two", "three", "four", "five", nil])
        #expect(found.map(\.value.isRead) == [false, false, true, true, false, true])
    }

    @Test("calls and decorators with their arguments")
    func calls() throws {
        let source = read(
            """
            @app.template_filter('money')
            def format_money(value): ...
            @app.template_filter
            @other
            def plain(value): ...
            h = generate_password_hash(password.strip(), method='pbkdf2:sha256')
            def template_filter(x): ...
            """)
        let filters = source.calls(of: ["template_filter"])
        #expect(filters.map(\.decorated) == ["format_money", "plain"])
        #expect(filters[0].argument("name", at: 0)?.constant == "money")
        let hash = try #require(source.calls(of: ["generate_password_hash"]).first)
        #expect(hash.argument("method", at: 1)?.constant == "pbkdf2:sha256")
    }

    @Test("what is put into tables of the environment, and classes")
    func entries() {
        let source = read(
            """
            app.jinja_env.filters['a'] = f
            env.filters.update(b=f, **more)
            env.filters.update({"c": f})
            print(app.jinja_env.filters['d'])
            class Mine(flask.sessions.SessionInterface, metaclass=M): pass
            """)
        #expect(source.entries(of: "filters").map(\.name) == ["a", "b", "c"])
        #expect(source.classes.map(\.bases) == [["SessionInterface"]])
    }

    @Test(
        "every text is read to its end",
        arguments: [
            "'''", "\"", "f('", "x = (", "\\", "@", "import", "from", "class", "x[\"a\"]", "r'\\", "é = 'ü'", "a.b.c.",
        ])
    func broken(text: String) {
        let source = read(text)
        _ = (source.imports, source.names(importedFrom: "x"))
        _ = source.calls(of: ["f", "c"])
        _ = source.settings { _ in true }
        _ = source.entries(of: "x")
        #expect(source.tokens.last?.kind == .lineEnd && source.classes.isEmpty)
    }

    @Test("calls within calls within calls take linear time")
    func depth() {
        let source = read(String(repeating: "f(", count: 3_000))
        let duration = ContinuousClock().measure { #expect(source.calls(of: ["f"]).count == 3_000) }
        #expect(duration < .seconds(20))
    }
}
