import CarafeRouting
import Testing

@Suite("Hosts and subdomains")
struct DomainTests {
    @Test("a subdomain chooses among rules, and may hold variables")
    func subdomains() throws {
        let routes = try Routes(
            [
                Rule("/", endpoint: "home"), Rule("/", endpoint: "api", subdomain: "api"),
                Rule("/", endpoint: "user", subdomain: "<name>"), Rule("/", endpoint: "shard", subdomain: "s<int:n>"),
            ],
            options: { $0.defaultSubdomain = "www" })
        #expect(routes.match("/") == "home")
        #expect(routes.match("/", domain: "www") == "home")
        #expect(routes.match("/", domain: "api") == "api")
        #expect(routes.match("/", domain: "ada") == "user name=ada")
        #expect(routes.match("/", domain: "s5") == "shard n=5")
        #expect(routes.match("/", domain: "") == "404")
    }

    @Test("with host matching the whole host chooses")
    func hosts() throws {
        let routes = try Routes(
            [
                Rule("/", endpoint: "a", host: "a.test"), Rule("/", endpoint: "port", host: "a.test:8080"),
                Rule("/", endpoint: "sub", host: "<name>.test"),
            ],
            options: { $0.hostMatching = true })
        #expect(routes.match("/", domain: "a.test") == "a")
        #expect(routes.match("/", domain: "a.test:8080") == "port")
        #expect(routes.match("/", domain: "b.test") == "sub name=b")
        #expect(routes.match("/", domain: "b.other") == "404")
        #expect(routes.match("/") == "404")
    }

    @Test("redirects stay on the request's host")
    func redirects() throws {
        let binding = URLBinding(host: "example.com", subdomain: "api", scheme: "https")
        let routes = try Routes([Rule("/a/", endpoint: "x", subdomain: "api")], binding: binding)
        #expect(routes.match("/a", domain: "api") == "308 https://api.example.com/a/")
    }

    @Test("a URL on another subdomain or host is absolute")
    func building() throws {
        let routes = try Routes(
            [Rule("/", endpoint: "here", subdomain: "www"), Rule("/", endpoint: "user", subdomain: "<name>")],
            binding: URLBinding(host: "example.com", subdomain: "www", scheme: "https"))
        #expect(try routes.url("here") == "/")
        #expect(try routes.url("user", ["name": "ada"]) == "https://ada.example.com/")
        #expect(try routes.url("user", ["name": "www"]) == "/")
    }
}
