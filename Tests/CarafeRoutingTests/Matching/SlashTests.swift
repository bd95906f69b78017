import CarafeRouting
import Testing

@Suite("Slashes")
struct SlashTests {
    @Test("a branch without its slash is redirected to it, query and script root kept")
    func strict() throws {
        let binding = URLBinding(host: "example.com", scheme: "https", scriptRoot: "/app")
        let routes = try Routes([Rule("/a b/", endpoint: "x")], binding: binding)
        #expect(routes.match("/a b/") == "x")
        #expect(routes.match("/a b", query: "q=1&é=%20") == "308 https://example.com/app/a%20b/?q=1&é=%20")
    }

    @Test("a leaf with a slash more is not found, unless it is lenient")
    func leaf() throws {
        #expect(try Routes("/a").match("/a/") == "404")
        let lenient = try Routes([Rule("/a", endpoint: "x", strictSlashes: false)])
        #expect(lenient.match("/a/") == "x")
        #expect(lenient.match("/a/b") == "404")
    }

    @Test("a lenient branch answers without its slash")
    func lenientBranch() throws {
        let routes = try Routes(
            [Rule("/a/", endpoint: "x"), Rule("/b/", endpoint: "y", strictSlashes: true)],
            options: { $0.strictSlashes = false })
        #expect(routes.match("/a") == "x")
        #expect(routes.match("/a/") == "x")
        #expect(routes.match("/b") == "308 http://example.com/b/")
    }

    @Test("several in a row are merged by a redirect, unless the rule or the map says otherwise")
    func merged() throws {
        let rules = [
            Rule("/a/b", endpoint: "x"), Rule("/a/c", endpoint: "y", mergeSlashes: false), Rule("/d/", endpoint: "z"),
        ]
        let routes = try Routes(rules)
        #expect(routes.match("/a//b", query: "q") == "308 http://example.com/a/b?q")
        #expect(routes.match("/a///c") == "404")
        #expect(routes.match("/d//") == "308 http://example.com/d/")
        #expect(try Routes(rules, options: { $0.mergeSlashes = false }).match("/a//b") == "404")
    }

    @Test("at the beginning count as one, and never make a redirect to another host")
    func beginning() throws {
        let routes = try Routes("/", "/a/", "/<s>/b/")
        #expect(routes.match("//") == "/")
        #expect(routes.match("///a/") == "/a/")
        #expect(routes.match("//evil.test//b") == "308 http://example.com/evil.test/b/")
        #expect(routes.match("") == "308 http://example.com/")
    }

    @Test("after a path belong to it, or redirect where its rule ends with one")
    func paths() throws {
        let leaf = try Routes("/f/<path:p>")
        #expect(leaf.match("/f/a/") == "/f/<path:p> p=a/")
        let branch = try Routes("/g/<path:p>/")
        #expect(branch.match("/g/a/b/") == "/g/<path:p>/ p=a/b")
        #expect(branch.match("/g/a/b") == "308 http://example.com/g/a/b/")
    }
}
