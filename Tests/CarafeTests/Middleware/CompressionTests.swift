import CarafeTesting
import Foundation
import NIOCore
import Synchronization
import TestSupport
import Testing

@testable import Carafe
@testable import CarafeHTTP

@Suite("Compression")
struct CompressionTests {
    private static let text = String(repeating: "Hello, compression! ", count: 100)

    private static func app(_ change: (inout Compression) -> Void = { _ in }, _ declare: (App) -> Void = { _ in })
        -> App
    {
        let (app, _) = smallApp()
        var compression = Compression()
        change(&compression)
        app.use(compression)
        app.get("/text") { Self.text }
        declare(app)
        return app
    }

    /// Content decoded by Python's zlib, which has not been written by whom encodes it.
    private static func gunzipped(_ body: ByteBuffer) throws -> String {
        let script = "import gzip,sys; sys.stdout.buffer.write(gzip.decompress(sys.stdin.buffer.read()))"
        return String(decoding: try Python.run(["-c", script], input: Data(body.readableBytesView)), as: UTF8.self)
    }

    @Test("text is sent as gzip to who takes it so, and is the same again decoded")
    func gzip() async throws {
        try await Self.app().test { client async throws in
            let response = try await client.get("/text", headers: [.acceptEncoding: "gzip"])
            #expect(response.headers[.contentEncoding] == "gzip" && response.headers[.vary] == "Accept-Encoding")
            #expect(
                response.body.readableBytes < 200
                    && response.headers[.contentLength] == "\(response.body.readableBytes)")
            #expect(try Self.gunzipped(response.body) == Self.text)
        }
    }

    @Test(
        "the coding is the one that the client likes best",
        arguments: [
            ("gzip", "gzip"), ("gzip, br", "br"), ("br;q=0.5, gzip", "gzip"), ("*", "br"), ("gzip;q=0", nil),
            ("identity", nil),
            ("", nil), (nil, nil), ("gzip;q=0.5, identity", nil), ("*;q=0", nil), ("x-gzip", "gzip"), ("deflate", nil),
            ("GZIP", "gzip"), ("br;q=0, *", "gzip"), ("gzip;q=0.001", "gzip"), ("zstd, gzip;q=0.2", "gzip"),
        ] as [(String?, String?)])
    func negotiation(accepted: String?, coding: String?) async throws {
        let expected = coding == "br" && !ContentCoding.brotli.isAvailable ? "gzip" : coding
        try await Self.app().test { client async throws in
            var headers = Headers()
            headers[.acceptEncoding] = accepted
            let response = try await client.get("/text", headers: headers)
            #expect(response.headers[.contentEncoding] == expected)
            // Caches are told in any case.
            #expect(response.headers[.vary] == "Accept-Encoding")
            if expected == nil { #expect(response.text == Self.text) }
        }
    }

    @Test(
        "what should not be compressed is left alone, and does not vary",
        arguments: [
            "/small", "/image", "/encoded", "/partial", "/untransformed", "/empty", "/none", "/digest",
        ])
    func leftAlone(path: String) async throws {
        let app = Self.app { _ in
        } _: { app in
            func answer(_ path: String, _ status: HTTPResponse.Status = .ok, _ fields: Headers = [:]) {
                var headers: Headers = [.contentType: "text/plain"]
                for (name, value) in fields { if let name = HTTPField.Name(name) { headers[name] = value } }
                let response = Response(status: status, headers: headers, body: .string(Self.text))
                app.get(path) { response }
            }
            app.get("/small") { "small" }
            answer("/image", .ok, [.contentType: "image/png"])
            answer("/encoded", .ok, [.contentEncoding: "zstd"])
            answer("/partial", .partialContent, [.contentRange: "bytes 0-1999/4000"])
            answer("/untransformed", .ok, [.cacheControl: "max-age=60, no-transform"])
            answer("/digest", .ok, [HTTPField.Name("Repr-Digest") ?? .eTag: "sha-256=:a:"])
            app.get("/empty") { Response(status: .ok, headers: [.contentType: "text/plain"]) }
            app.get("/none") { Response(status: .noContent) }
        }
        try await app.test { client async throws in
            let plain = try await client.get(path)
            let response = try await client.get(path, headers: [.acceptEncoding: "gzip, br"])
            #expect(
                response.body == plain.body && response.headers[.contentEncoding] == plain.headers[.contentEncoding])
            #expect(response.headers[.vary] == nil)
        }
    }

    @Test(
        "types are told by kind and suffix",
        arguments: [
            ("text/html; charset=utf-8", true), ("application/problem+json", true), ("application/json", true),
            ("image/svg+xml", true), ("application/octet-stream", false), ("video/mp4", false),
            ("application/xjson", false),
        ])
    func types(type: String, isCompressed: Bool) async throws {
        let response = Response(status: .ok, headers: [.contentType: type], body: .string(Self.text))
        let app = Self.app { _ in
        } _: {
            $0.get("/") { response }
        }
        try await app.test { client async throws in
            let response = try await client.get("/", headers: [.acceptEncoding: "gzip"])
            #expect((response.headers[.contentEncoding] != nil) == isCompressed)
        }
    }

    @Test("a strong entity tag becomes weak, and If-None-Match goes on to match")
    func entityTags() async throws {
        let files = try FilesFixture(["page.txt": Self.text])
        let app = App("compressed", root: files.root, environment: .none)
        app.use(Compression())
        try await app.test { client async throws in
            let response = try await client.get("/static/page.txt", headers: [.acceptEncoding: "gzip"])
            let tag = try #require(response.headers[.eTag])
            #expect(tag.utf8.starts(with: "W/\"".utf8) && response.headers[.acceptRanges] == nil)
            #expect(try Self.gunzipped(response.body) == Self.text)
            let again = try await client.get("/static/page.txt", headers: [.acceptEncoding: "gzip", .ifNoneMatch: tag])
            #expect(again.status == .notModified && again.headers[.vary] == "Accept-Encoding")
            let part = try await client.get(
                "/static/page.txt", headers: [.acceptEncoding: "gzip", .range: "bytes=0-9"])
            #expect(
                part.status == .partialContent && part.text == "Hello, com" && part.headers[.contentEncoding] == nil)
        }
    }

    @Test("HEAD has the fields that GET has")
    func head() async throws {
        try await Self.app().test { client async throws in
            let accepted: Headers = [.acceptEncoding: "gzip"]
            let (get, head) = (
                try await client.get("/text", headers: accepted), try await client.head("/text", headers: accepted)
            )
            #expect(head.body.readableBytes == 0)
            for name in [HTTPField.Name.contentEncoding, .contentLength, .vary, .contentType] {
                #expect(head.headers[name] == get.headers[name])
            }
        }
    }

    @Test(
        "streams are compressed piece by piece: what is written can be read at once", arguments: ContentCoding.allCases)
    func streams(coding: ContentCoding) async throws {
        guard coding.isAvailable else { return }
        let encoder = try #require(coding.encoder(level: 4))
        let body = try #require(
            CompressedBody(.stream { for number in 0..<3 { try await $0.write("piece \(number)\n") } }, encoder)
        ).body
        let pieces = Pieces()
        guard case .stream(nil, let write) = body.storage else {
            Issue.record("It is no stream.")
            return
        }
        try await write(ResponseWriter(pieces))
        // One for each piece, and the end.
        #expect(pieces.all.count == 4)
        guard coding == .gzip else { return }
        let script = """
            import zlib,sys,json
            decoder = zlib.decompressobj(31)
            print(json.dumps([decoder.decompress(bytes(piece)).decode() for piece in json.load(sys.stdin)]))
            """
        let input = try JSONEncoder().encode(pieces.all.map { Array($0.readableBytesView) })
        let texts = try await JSONDecoder().decode([String].self, from: Python.run(["-c", script], input: input))
        #expect(texts == ["piece 0\n", "piece 1\n", "piece 2\n", ""])
    }

    @Test("large content is compressed piece by piece, and is the same again", arguments: [100_000, 1_000_000])
    func large(size: Int) async throws {
        var generator = SplitMix64(seed: 7)
        let text = String((0..<size).map { _ in "abcdefgh".randomElement(using: &generator) ?? "a" })
        let encoder = try #require(ContentCoding.gzip.encoder(level: 6))
        let body = try #require(CompressedBody(.string(text), encoder)).body
        #expect(body.length == nil)
        #expect(try Self.gunzipped(try await body.collect()) == text)
    }

    private final class Pieces: ResponseSink {
        private let pieces = Mutex<[ByteBuffer]>([])
        var all: [ByteBuffer] { pieces.withLock { $0 } }
        func write(_ bytes: ByteBuffer) async throws { pieces.withLock { $0.append(bytes) } }
    }
}
