import CarafeTesting
import HTTPTypes
import NIOCore
import Testing

@testable import Carafe
@testable import CarafeHTTP

@Suite("Digests of content")
struct BodyDigestTests {
    /// RFC 9530, appendix B: `{"hello": "world"}` and a line feed.
    private static let content = "{\"hello\": \"world\"}\n"
    private static let sha256 = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
    private static let sha512 =
        "sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T3qg==:"

    private static func app(_ change: (inout BodyDigest) -> Void = { _ in }) -> App {
        let (app, _) = smallApp()
        var digest = BodyDigest()
        change(&digest)
        app.use(digest)
        app.post("/") { (request: Request) async throws in String(buffer: try await request.body.collect()) }
        app.get("/") { "hello" }
        return app
    }

    private static func fields(_ name: String, _ value: String) -> Headers {
        HTTPField.Name(name).map { [$0: value] } ?? [:]
    }

    @Test(
        "content that matches its digests reaches the app, other content does not",
        arguments: [
            (sha256, 200), (sha512, 200), ("\(sha256), \(sha512)", 200), ("\(sha512);a=b , \(sha256)", 200),
            ("md5=:AAAA:", 200), ("unixsum=:AA==:, \(sha256)", 200),
            ("sha-256=:AAAA4Xe/0jqn6gECw8GeEoZUmXVm7lTDWkXA5Yk2VYc=:", 400), ("\(sha256), sha-512=:AAAA:", 400),
            ("sha-256=RK", 400), ("sha-256=:*:", 400), ("sha-256", 400), ("", 400), (",", 400), ("=:AAAA:", 400),
        ])
    func verification(value: String, status: Int) async throws {
        try await Self.app().test { client async throws in
            for name in ["Content-Digest", "Repr-Digest"] {
                let response = try await client.post("/", .text(Self.content), headers: Self.fields(name, value))
                #expect(response.status.code == status, "\(name): \(value)")
                if status == 200 { #expect(response.text == Self.content) }
            }
        }
    }

    @Test("content that arrives in pieces is verified before the app sees it, up to the limit")
    func streamed() async throws {
        func pieces(_ count: Int) -> TestContent {
            .stream(
                AsyncStream { continuation in
                    for _ in 0..<count { continuation.yield(ByteBuffer(string: Self.content)) }
                    continuation.finish()
                })
        }
        try await Self.app { $0.limit = 30 }.test { client async throws in
            let fields = Self.fields("Content-Digest", Self.sha256)
            #expect(try await client.post("/", pieces(1), headers: fields).text == Self.content)
            #expect(try await client.post("/", pieces(2), headers: fields).status == .contentTooLarge)
        }
    }

    @Test("a digest may be required")
    func required() async throws {
        try await Self.app { $0.isRequired = true }.test { client async throws in
            #expect(try await client.post("/", .text("a")).status == .badRequest)
            #expect(
                try await client.post("/", .text("a"), headers: Self.fields("Content-Digest", "md5=:AAAA:")).status
                    == .badRequest)
            #expect(try await client.get("/").status == .ok)
        }
    }

    @Test("responses get a digest by choice")
    func responses() async throws {
        let name = try #require(BodyDigest.content)
        try await Self.app().test { client async throws in
            #expect(try await client.get("/").headers[name] == nil)
        }
        try await Self.app { $0.addsToResponses = true }.test { client async throws in
            let response = try await client.get("/")
            #expect(response.headers[name] == "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:")
            #expect(try await client.head("/").headers[name] == nil)
        }
    }
}
