import Carafe
import CarafeHTTP
import CarafeTesting
import NIOCore
import NIOPosix
import Testing

@testable import CarafeProxy

@Suite("What a proxy passes on")
struct ForwardingTests {
    /// A request of an HTTP/1.1 client at 192.0.2.7.
    private static func request(_ text: String, at root: String = "", from address: String = "192.0.2.7") throws
        -> Request
    {
        var parser = HTTP1Parser()
        parser.append(ByteBuffer(string: text.replacing("\n", with: "\r\n") + "\r\n"))
        guard case .head(let head)? = try parser.next() else { throw ProxyFailure(.malformed, "No request.") }
        let connection = ConnectionInfo(
            remoteAddress: try SocketAddress(ipAddress: address, port: 1), localAddress: nil, scheme: "http",
            eventLoop: MultiThreadedEventLoopGroup.singleton.next())
        return Request(head: head.replacing(rawScriptRoot: root), body: RequestBody(), connection: connection)
    }

    /// The lines of the head that the server gets.
    private static func forwarded(
        _ text: String, at root: String = "", from address: String = "192.0.2.7", to url: String = "http://flask:5000",
        _ change: (inout Proxy) -> Void = { _ in }
    ) throws -> [String] {
        var proxy = Proxy(url)
        change(&proxy)
        let head = try ForwardedHead(try request(text, at: root, from: address), try Upstream(url), proxy)
        return String(buffer: head.bytes).split(separator: "\r\n").map(String.init)
    }

    @Test("the request line, the host and the client's fields are passed on, hop-by-hop fields are not")
    func fields() throws {
        let lines = try Self.forwarded(
            """
            GET /a%20b?c=d&e HTTP/1.1
            Host: example.org
            Accept: */*
            X-Twice: 1
            X-Twice: 2
            Connection: keep-alive, X-Hop
            X-Hop: 1
            Keep-Alive: 5
            TE: trailers
            Trailer: a
            Proxy-Authorization: Basic a
            Proxy-Connection: close
            Upgrade: h2c
            HTTP2-Settings: a
            Proxy: http://evil

            """)
        #expect(
            lines == [
                "GET /a%20b?c=d&e HTTP/1.1", "Host: example.org", "Accept: */*", "X-Twice: 1", "X-Twice: 2",
                "X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: http", "X-Forwarded-Host: example.org",
                "Via: 1.1 carafe",
            ])
    }

    @Test("what a client says of clients before it is dropped, however it is spelled, unless it is trusted")
    func forgery() throws {
        let text = """
            GET / HTTP/1.1
            Host: example.org
            X-Forwarded-For: 198.51.100.1
            x-forwarded-proto: https
            X_Forwarded_For: 198.51.100.2
            X-Forwarded-Prefix: /outer
            X-Forwarded-User: root
            X-Real-IP: 198.51.100.3
            Forwarded: for=198.51.100.4

            """
        let untrusted = try Self.forwarded(text)
        #expect(!untrusted.contains { $0.contains("198.51.100") || $0.contains("https") || $0.contains("root") })
        let trusted = try Self.forwarded(text, at: "/in") {
            $0.trustsClient = true
            $0.forwarding = [.xForwarded, .forwarded]
        }
        #expect(trusted.contains("X-Forwarded-For: 198.51.100.1, 192.0.2.7"))
        #expect(trusted.contains("X-Forwarded-Proto: https") && trusted.contains("X-Forwarded-Prefix: /outer/in"))
        #expect(trusted.contains("Forwarded: for=198.51.100.4, for=192.0.2.7;proto=http;host=\"example.org\""))
    }

    @Test("Forwarded is RFC 7239's, also for IPv6")
    func rfc7239() throws {
        let lines = try Self.forwarded("GET / HTTP/1.1\nHost: a:81\n", from: "2001:db8::1") {
            $0.forwarding = .forwarded
        }
        #expect(lines.contains("Forwarded: for=\"[2001:db8::1]\";proto=http;host=\"a:81\""))
        #expect(!lines.contains { $0.hasPrefix("X-Forwarded") })
    }

    @Test(
        "the host is kept or replaced by choice; the path has the server's in front, and the mount's where that is kept"
    )
    func targets() throws {
        let text = "GET /x?y HTTP/1.1\nHost: example.org\n"
        let base = try Self.forwarded(text, at: "/in", to: "http://flask:5000/base") { $0.keepsHost = false }
        #expect(base[0] == "GET /base/x?y HTTP/1.1" && base[1] == "Host: flask:5000")
        #expect(base.contains("X-Forwarded-Host: example.org") && base.contains("X-Forwarded-Prefix: /in"))
        let kept = try Self.forwarded(text, at: "/in") { $0.prefix = .kept }
        #expect(kept[0] == "GET /in/x?y HTTP/1.1" && !kept.contains { $0.hasPrefix("X-Forwarded-Prefix") })
        #expect(
            try Self.forwarded("GET http://other/x HTTP/1.1\nHost: example.org\n")[0...1] == [
                "GET /x HTTP/1.1", "Host: other",
            ])
        #expect(try Self.forwarded("OPTIONS * HTTP/1.1\nHost: a\n")[0] == "OPTIONS * HTTP/1.1")
    }

    @Test(
        "a path that goes up, and CONNECT, are refused",
        arguments: [
            ("GET /../x", 400), ("GET /a/../x", 400), ("GET /a/..", 400), ("GET /%2e%2E/x", 400), ("GET /./x", 400),
            ("GET /.%2e/x", 400), ("CONNECT a:80", 501), ("GET /..x/a.b/...", 0), ("GET /%2e%2e%2e", 0),
        ])
    func refused(line: String, status: Int) throws {
        let request = try Self.request("\(line) HTTP/1.1\nHost: a:80\n")
        let upstream = try Upstream("http://flask")
        do throws(ProxyFailure) {
            _ = try ForwardedHead(request, upstream, Proxy("http://flask"))
            #expect(status == 0)
        } catch {
            #expect(error.response(to: request).status.code == status)
        }
    }

    @Test("methods that usually have content say when they have none")
    func lengths() throws {
        #expect(try Self.forwarded("POST / HTTP/1.1\nHost: a\n").contains("Content-Length: 0"))
        #expect(try !Self.forwarded("DELETE / HTTP/1.1\nHost: a\n").contains { $0.hasPrefix("Content-Length") })
    }

    // MARK: - Responses

    private static func returned(
        _ fields: String, at root: String = "/in", to url: String = "http://flask:5000", _ change: (inout Proxy) -> Void
    ) throws -> Headers {
        var proxy = Proxy(url)
        change(&proxy)
        var parser = HTTP1ResponseParser()
        parser.expectResponse(to: .get)
        parser.append(ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\(fields)\r\n\r\n"))
        guard case .head(let head)? = try parser.next() else { return Headers() }
        let request = try request("GET / HTTP/1.1\nHost: example.org\n", at: root)
        return ReturnedHead(head, to: request.head, proxy, try Upstream(url)).headers
    }

    @Test(
        "addresses of the server's own are made the client's",
        arguments: [
            // What was sent, what the client gets where the server knows the prefix, and where it does not.
            ("/x", "/x", "/in/x"), ("//other/x", "//other/x", "//other/x"), ("x", "x", "x"), ("/", "/", "/in/"),
            ("http://flask:5000/x?y", "/x?y", "/in/x?y"), ("http://flask:5000", "/", "/in/"),
            ("http://example.org/x", "http://example.org/x", "http://example.org/in/x"),
            ("https://example.org/x", "https://example.org/x", "https://example.org/in/x"),
            ("http://example.org.evil/x", "http://example.org.evil/x", "http://example.org.evil/x"),
            ("mailto:a@b", "mailto:a@b", "mailto:a@b"),
        ])
    func locations(location: String, told: String, added: String) throws {
        #expect(try Self.returned("Location: \(location)") { $0.prefix = .told }[.location] == told)
        #expect(try Self.returned("Location: \(location)") { $0.prefix = .added }[.location] == added)
    }

    @Test("the server's base path is taken off its addresses")
    func basePath() throws {
        for (location, expected) in [("/base/x", "/in/x"), ("/base", "/in/"), ("/basement", "/in/basement")] {
            let headers = try Self.returned("Location: \(location)", to: "http://flask/base") { $0.prefix = .added }
            #expect(headers[.location] == expected)
        }
    }

    @Test(
        "cookies get the prefix in front of their paths by choice",
        arguments: [
            ("a=1; Path=/; HttpOnly", "a=1; Path=/in; HttpOnly"), ("a=1; path=/x", "a=1; path=/in/x"),
            ("a=1", "a=1"), ("a=1; Path=", "a=1; Path="), ("a=Path=/x; Secure", "a=Path=/x; Secure"),
            ("a=1; Path=/x ; Path=/y", "a=1; Path=/x ; Path=/in/y"), ("a=1;Path=/é", "a=1;Path=/in/é"),
        ])
    func cookies(cookie: String, moved: String) throws {
        let fields = "Set-Cookie: \(cookie)\r\nSet-Cookie: b=2"
        #expect(try Self.returned(fields) { $0.prefix = .added }[values: .setCookie] == [moved, "b=2"])
        #expect(try Self.returned(fields) { $0.prefix = .told }[values: .setCookie] == [cookie, "b=2"])
    }

    @Test("hop-by-hop fields of responses are dropped, also those that Connection names")
    func hopByHop() throws {
        let headers = try Self.returned(
            "Connection: close, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nProxy-Authenticate: Basic\r\nUpgrade: h2c\r\nServer: flask"
        ) { _ in }
        #expect(headers.map(\.name) == ["Server"])
    }
}
