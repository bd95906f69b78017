import Carafe
import CarafeTesting
import NIOCore
import Testing

@testable import CarafeProxy

/// Real servers behind a proxy.
@Suite("A Flask app behind a proxy")
struct FlaskTests {
    private static let kinds = [PythonServer.Kind.werkzeug, .gunicorn].filter(PythonServer.isAvailable)

    /// Started once for all tests of a kind; what has not the packages to live is not started, because a child that has died and is
    /// not waited for holds exit tests up.
    private static let servers: [PythonServer.Kind: Result<PythonServer, any Error>] = Dictionary(
        uniqueKeysWithValues: kinds.map { kind in (kind, Result { try PythonServer(kind) }) })

    private static func url(_ kind: PythonServer.Kind) throws -> String {
        "http://127.0.0.1:\(try #require(servers[kind]).get().port)"
    }

    private struct Seen: Decodable {
        var method, path, root, url, remote, body, urlFor: String
        var fields: [String: String]
    }

    @Test("routes that the app has are the app's, all others Flask's", arguments: kinds)
    func fallback(kind: PythonServer.Kind) async throws {
        try await withProxy(to: Self.url(kind)) { client, _ async throws in
            #expect(try await client.get("/own").text == "own")
            let seen = try await client.get("/seen?a=%20b").json(as: Seen.self)
            #expect(seen.method == "GET" && seen.path == "/seen" && seen.root == "" && seen.remote == "127.0.0.1")
            #expect(seen.url == "http://localhost/seen?a= b" || seen.url == "http://localhost/seen?a=%20b")
            #expect(try await client.get("/missing").status == .notFound)
        }
    }

    @Test("below a prefix Flask makes its URLs with it, as ProxyFix has it", arguments: kinds)
    func prefix(kind: PythonServer.Kind) async throws {
        try await withProxy(to: Self.url(kind), at: "/legacy") { client, _ async throws in
            let seen = try await client.get("/legacy/seen").json(as: Seen.self)
            #expect(seen.path == "/seen" && seen.root == "/legacy" && seen.urlFor == "/legacy/seen")
            #expect(try await client.get("/legacy/redirect").location == "/legacy/seen")
            #expect(try await client.get("/seen").status == .notFound)
        }
    }

    @Test("content of every method and size arrives, in one piece or streamed", arguments: kinds)
    func content(kind: PythonServer.Kind) async throws {
        try await withProxy(to: Self.url(kind)) { client, _ async throws in
            for method in [HTTPRequest.Method.post, .put, .delete] {
                let seen = try await client.request(method, "/seen", .text("hello")).json(as: Seen.self)
                #expect(seen.method == method.rawValue && seen.body == "hello")
            }
            #expect(try await client.post("/seen").json(as: Seen.self).body == "")
            let bytes = [UInt8](repeating: 7, count: 3_000_000)
            #expect(try await client.post("/upload", .bytes(bytes)).text == "3000000")
        }
    }

    @Test("responses of every size and kind come back", arguments: kinds)
    func responses(kind: PythonServer.Kind) async throws {
        try await withProxy(to: Self.url(kind)) { client, _ async throws in
            #expect(try await client.get("/stream").text == "piece 0\npiece 1\npiece 2\n")
            #expect(try await client.get("/large", query: ["bytes": "5000000"]).body.readableBytes == 5_000_000)
            #expect(try await client.get("/large", query: ["bytes": "0"]).body.readableBytes == 0)
            let head = try await client.head("/large", query: ["bytes": "4321"])
            #expect(head.status == .ok && head.headers[.contentLength] == "4321" && head.body.readableBytes == 0)
            for code in [204, 304, 404, 500] {
                #expect(try await client.get("/status/\(code)").status.code == code)
            }
        }
    }

    @Test("connections are kept for further requests", .enabled(if: PythonServer.isAvailable(.gunicorn)))
    func keepAlive() async throws {
        try await withProxy(to: Self.url(.gunicorn)) { client, proxy async throws in
            for _ in 0..<5 { _ = try await client.get("/seen") }
            #expect(proxy.pool.counts == .init(open: 1, idle: 1))
        }
    }
}
