import CarafeSQL
import Foundation
import Testing
import TestSupport

@Suite struct DatabaseURLTests {
    struct Case: Sendable, Codable, CustomTestStringConvertible {
        var url: String
        var scheme: String
        var user: String?
        var password: String?
        var host: String?
        var port: Int?
        var database: String?
        var options: [[String]] = []
        var testDescription: String { url }
    }

    static let cases: [Case] = [
        Case(url: "sqlite://", scheme: "sqlite"),
        Case(url: "sqlite:///blog.db", scheme: "sqlite", database: "blog.db"),
        Case(url: "sqlite:////var/lib/a%20b.db", scheme: "sqlite", database: "/var/lib/a b.db"),
        Case(url: "sqlite:///:memory:", scheme: "sqlite", database: ":memory:"),
        Case(
            url: "sqlite:///a+b.db?mode=ro&timeout=5", scheme: "sqlite", database: "a+b.db",
            options: [["mode", "ro"], ["timeout", "5"]]),
        Case(
            url: "postgresql://scott:tiger@localhost:5432/test", scheme: "postgresql", user: "scott", password: "tiger",
            host: "localhost", port: 5432, database: "test"),
        Case(url: "postgresql+psycopg2://u@h/d", scheme: "postgresql", user: "u", host: "h", database: "d"),
        Case(
            url: "postgresql://u:p%40ss%2F%3Aword@h/d", scheme: "postgresql", user: "u", password: "p@ss/:word",
            host: "h", database: "d"),
        Case(
            url: "postgresql://u:a/b:c@h/d", scheme: "postgresql", user: "u", password: "a/b:c", host: "h",
            database: "d"),
        Case(
            url: "postgresql://u+v:p+q@h/d+e", scheme: "postgresql", user: "u+v", password: "p+q", host: "h",
            database: "d+e"),
        Case(url: "postgresql://u:@h/d", scheme: "postgresql", user: "u", password: "", host: "h", database: "d"),
        Case(url: "postgresql://a@b@h/d", scheme: "postgresql", user: "a@b", host: "h", database: "d"),
        Case(
            url: "postgresql://[2001:db8::1]:5433/d", scheme: "postgresql", host: "2001:db8::1", port: 5433,
            database: "d"),
        Case(
            url: "postgresql://u:p@[::1]/d", scheme: "postgresql", user: "u", password: "p", host: "::1", database: "d"),
        Case(
            url: "postgresql:///d?host=/var/run", scheme: "postgresql", database: "d", options: [["host", "/var/run"]]),
        Case(
            url: "postgresql://h?sslmode=require", scheme: "postgresql", host: "h", options: [["sslmode", "require"]]),
        Case(url: "postgresql://h:/d", scheme: "postgresql", host: "h", database: "d"),
        Case(
            url: "postgresql://h/d?a=1+2&b=%26%3D&c=&d=x", scheme: "postgresql", host: "h", database: "d",
            options: [["a", "1 2"], ["b", "&="], ["d", "x"]]),
        Case(
            url: "postgresql://h/d?a=1&a=2", scheme: "postgresql", host: "h", database: "d",
            options: [["a", "1"], ["a", "2"]]),
        Case(url: "postgresql://ü:ä@h/ö", scheme: "postgresql", user: "ü", password: "ä", host: "h", database: "ö"),
    ]

    @Test("a URL is read into its parts", arguments: cases)
    func parts(_ expected: Case) throws {
        let url = try DatabaseURL(expected.url)
        #expect(url.scheme == expected.scheme)
        #expect(url.user == expected.user)
        #expect(url.password == expected.password)
        #expect(url.host == expected.host)
        #expect(url.port == expected.port)
        #expect(url.database == expected.database)
        #expect(url.options.map { [$0.name, $0.value] } == expected.options)
    }

    @Test("the parts are those of SQLAlchemy", .enabled(if: SQLAlchemy.isInstalled))
    func original() throws {
        let script = """
            import json, sys
            from sqlalchemy.engine import make_url
            out = []
            for url in json.load(sys.stdin):
                u = make_url(url)
                q = [[k, v] for k, vs in u.query.items() for v in ([vs] if isinstance(vs, str) else vs)]
                out.append(dict(url=url, scheme=u.get_backend_name(), user=u.username, password=u.password, host=u.host,
                    port=u.port or None, database=u.database or None, options=q))
            json.dump(out, sys.stdout)
            """
        // RFC 3986 allows an empty port, which SQLAlchemy does not read.
        let cases = Self.cases.filter { $0.url != "postgresql://h:/d" }
        let answer = try SQLAlchemy.run(script, input: try JSONEncoder().encode(cases.map(\.url)))
        let originals = try JSONDecoder().decode([Case].self, from: answer)
        for (mine, original) in zip(cases, originals) {
            #expect(mine.user == original.user && mine.password == original.password, "\(mine.url)")
            #expect(
                mine.scheme == original.scheme && mine.host == original.host && mine.port == original.port,
                "\(mine.url)")
            #expect(mine.database == original.database && mine.options == original.options, "\(mine.url)")
        }
    }

    @Test(
        "what is wrong with a URL is said without its password",
        arguments: [
            ("", "scheme"), ("blog.db", "scheme"), ("sqlite:/blog.db", "scheme"), ("://x", "scheme"),
            ("postgresql://u:secret@h:port/d", "port"), ("postgresql://u:secret@h:0/d", "port"),
            ("postgresql://u:secret@h:99999/d", "port"), ("postgresql://u:secret@[::1/d", "]"),
            ("postgresql://u:secret@[::1]x/d", "colon"), ("postgresql://u:secret@h/d?sslmode", "name=value"),
            ("postgresql://u:secret%FF@h/d", "UTF-8"), ("postgresql://h/d%00", "UTF-8"),
        ])
    func wrong(_ url: String, _ word: String) {
        let error = #expect(throws: DatabaseError.self) { try DatabaseURL(url) }
        #expect(error?.kind == .configuration)
        #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
        #expect(error?.description.contains("secret") == false)
    }

    @Test(
        "a URL is written without its password",
        arguments: [
            ("postgresql://scott:tiger@h:5432/d?sslmode=require", "postgresql://scott:***@h:5432/d?sslmode=require"),
            ("postgresql://u@[::1]/d", "postgresql://u@[::1]/d"), ("sqlite:////a b.db", "sqlite:////a b.db"),
            ("postgresql:///d?password=tiger&x=1", "postgresql:///d?password=***&x=1"), ("sqlite://", "sqlite://"),
        ])
    func description(_ url: String, _ expected: String) throws { #expect(try DatabaseURL(url).description == expected) }

    @Test("a URL that is written is read as the same, but for its password", arguments: cases)
    func again(_ expected: Case) throws {
        var url = try DatabaseURL(expected.url)
        if url.password != nil { url.password = "***" }
        #expect(try DatabaseURL(url.description) == url)
    }
}
