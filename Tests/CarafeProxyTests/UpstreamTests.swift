import Testing

@testable import CarafeProxy

@Suite("The address of a proxy's server")
struct UpstreamTests {
    @Test(
        "a host, a port, a path, a unix socket",
        arguments: [
            ("http://127.0.0.1:5000", Upstream.Address.host("127.0.0.1", port: 5000), "127.0.0.1:5000", ""),
            ("http://flask", .host("flask", port: 80), "flask", ""),
            ("http://flask:8000/", .host("flask", port: 8000), "flask:8000", ""),
            ("http://flask:8000/a/b/", .host("flask", port: 8000), "flask:8000", "/a/b"),
            ("http://[::1]:5000/x", .host("::1", port: 5000), "[::1]:5000", "/x"),
            ("http://[::1]", .host("::1", port: 80), "[::1]", ""),
            ("https://flask/a", .host("flask", port: 443), "flask", "/a"),
            ("https://flask:8443", .host("flask", port: 8443), "flask:8443", ""),
            ("unix:/run/app.sock", .unixSocket(path: "/run/app.sock"), "localhost", ""),
        ])
    func addresses(url: String, address: Upstream.Address, authority: String, basePath: String) throws {
        let upstream = try Upstream(url)
        #expect(upstream.address == address && upstream.authority == authority && upstream.basePath == basePath)
        #expect(upstream.isSecure == url.hasPrefix("https"))
    }

    @Test(
        "what names no server is told at the start, and is a 502 where nobody has looked",
        arguments: [
            "", "flask:5000", "https://", "http://", "http://:5000", "http://flask:", "http://flask:0",
            "http://flask:65536", "http://flask:5a", "http://user@flask", "http://flask/a?b", "http://flask/a#b",
            "http://flask/a b", "http://fla\r\nsk", "unix:app.sock", "HTTP://flask",
        ])
    func refused(url: String) {
        #expect(throws: InvalidUpstream.self) { try Upstream(url) }
        #expect(Proxy(url).problem?.hint.contains("http://host:port") == true)
    }
}
