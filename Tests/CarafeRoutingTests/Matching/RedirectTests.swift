import CarafeRouting
import Foundation
import Testing

@Suite("Redirects to other rules")
struct RedirectTests {
    @Test("values that are another rule's defaults redirect to it")
    func defaults() throws {
        let rules = [
            Rule("/all/", endpoint: "all", defaults: ["page": 1]), Rule("/all/page/<int:page>", endpoint: "all"),
        ]
        let routes = try Routes(rules)
        #expect(routes.match("/all/") == "all page=1")
        #expect(routes.match("/all/page/1", query: "q=1") == "308 http://example.com/all/?q=1")
        #expect(routes.match("/all/page/2") == "all page=2")
        #expect(try Routes(rules, options: { $0.redirectDefaults = false }).match("/all/page/1") == "all page=1")
        #expect(try routes.url("all", ["page": 1]) == "/all/")
        #expect(try routes.url("all", ["page": 3]) == "/all/page/3")
    }

    @Test("a default for a variable of the path is given in its place")
    func defaultOfVariable() throws {
        let routes = try Routes([Rule("/<lang>/x", endpoint: "x", defaults: ["lang": "en"])])
        #expect(routes.match("/de/x") == "x lang=en")
        #expect(try routes.url("x") == "/en/x")
    }

    @Test("an alias redirects to the rule that it stands for")
    func alias() throws {
        let rules = [Rule("/users/<name>", endpoint: "user"), Rule("/people/<name>", endpoint: "user", isAlias: true)]
        let routes = try Routes(rules)
        #expect(routes.match("/people/a b") == "308 http://example.com/users/a%20b")
        #expect(try routes.url("user", ["name": "x"]) == "/users/x")
        #expect(try Routes(rules, options: { $0.redirectDefaults = false }).match("/people/a") == "user name=a")
    }

    @Test(
        "a template is filled in and resolved against the script root",
        arguments: [
            ("posts/<id>", "http://example.com/app/posts/a%20b"), ("/posts/<id>", "http://example.com/posts/a%20b"),
            ("../<id>?x=1", "http://example.com/a%20b?x=1"), ("https://h.test/<id>", "https://h.test/a%20b"),
            ("//h.test/<id>", "http://h.test/a%20b"),
        ])
    func template(_ template: String, expected: String) throws {
        let routes = try Routes(
            [Rule("/old/<id>", endpoint: "x", redirectTo: .template(template))],
            binding: URLBinding(host: "example.com", scriptRoot: "/app"))
        #expect(routes.match("/old/a b") == "308 " + expected)
    }

    @Test(
        "what a client writes into a template makes no other host of it",
        arguments: ["//evil.test", "https://evil.test", "/evil.test", "javascript:x"])
    func hostile(value: String) throws {
        let rules = [Rule("/old/<path:to>", endpoint: "x", redirectTo: .template("<to>"))]
        let answer = try Routes(rules, options: { $0.mergeSlashes = false }).match("/old/" + value)
        #expect(answer == "404" || answer.hasPrefix("308 http://example.com/"), "\(answer)")
    }

    @Test("a target may be computed from the match")
    func computed() throws {
        let rule = Rule("/old/<int:n>", endpoint: "x", redirectTo: .computed { "/new/\(($0["n"]?.text ?? "") + "0")" })
        #expect(try Routes([rule]).match("/old/5") == "308 http://example.com/new/50")
    }

    @Test("a rule that is only built from is never matched")
    func buildOnly() throws {
        let routes = try Routes([Rule("/cdn/<path:file>", endpoint: "cdn", isBuildOnly: true)])
        #expect(routes.match("/cdn/a.css") == "404")
        #expect(try routes.url("cdn", ["file": "a/b.css"]) == "/cdn/a/b.css")
    }
}
