import CarafeHTTP
import NIOCore
import TestSupport
import Testing

@Suite("HTTP/1.1 is read in time that grows with its bytes", .serialized)
struct HTTP1LinearityTests {
    /// Beginnings, each with what comes again and again.
    static let heads: [Linearity.Shape] = [
        .started("GET /", by: "a"), .started("GET /", by: "%41"), .started("GET /?", by: "%"),
        .started("GET http://", by: "%41"), .started("GET / HTTP/1.1\r\nHost: ", by: "a"),
    ]

    static let fields: [Linearity.Shape] = [
        fields(by: "X: y\r\n"), fields(by: "X:\r\n"), fields(by: "X: \t \t \t y \t \t\r\n"),
        .started(start + "X:", by: " "),
        .started(start, by: "x"), .started(start + "X: y", by: "\t"), .started(start + "Connection: ", by: ","),
        .started(start + "Connection: ", by: "close, "), .started(start + "Transfer-Encoding: ", by: "a,"),
        fields(by: "Connection: a, b\r\n"), fields(by: "Expect: 100-continue\r\n"),
    ]

    static let chunks: [Linearity.Shape] = [
        .started(chunked, by: "1\r\nx\r\n"), .started(chunked, by: "1;a=\"b\"\r\nx\r\n"), .started(chunked, by: "0"),
        .started(chunked + "1", by: ";a"), .started(chunked + "1;a=\"", by: "\\\""), .started(chunked + "1;a", by: " "),
        .started(chunked + "fffff\r\n", by: "\r\n"),
    ]

    static let trailers: [Linearity.Shape] = [
        .started(chunked + "0\r\n", by: "X: y\r\n"), .started(chunked + "0\r\nX: ", by: "y"),
        .started(chunked + "0\r\n", by: "Host: a\r\n"), .started(chunked + "0\r\nX:", by: " "),
    ]

    static let pipelines: [Linearity.Shape] = [
        .repeated("GET / HTTP/1.1\r\nHost:\r\n\r\n"), .repeated("\r\nA / HTTP/1.0\r\nConnection:keep-alive\r\n\r\n"),
        .repeated(chunked + "0\r\n\r\n"),
    ]

    @Test("heads") func readsHeads() { expectLinear("a head", Self.heads) }

    @Test("fields") func readsFields() { expectLinear("fields", Self.fields) }

    @Test("chunks") func readsChunks() { expectLinear("chunks", Self.chunks) }

    @Test("trailers") func readsTrailers() { expectLinear("trailers", Self.trailers) }

    @Test("pipelines") func readsPipelines() { expectLinear("a pipeline", Self.pipelines) }

    private static let start = "GET / HTTP/1.1\r\n"
    private static let chunked = "POST / HTTP/1.1\r\nHost:\r\nTransfer-Encoding: chunked\r\n\r\n"

    private static func fields(by line: String) -> Linearity.Shape { .started(start, by: line) }

    /// In one piece, and in small ones, of which no part may be read again and again.
    private func expectLinear(_ name: String, _ shapes: [Linearity.Shape]) {
        Linearity.expectLinear(name, shapes: shapes) { Self.read($0, by: .max) }
        Linearity.expectLinear("\(name) in pieces", shapes: shapes) { Self.read($0, by: 32) }
    }

    /// Reads with no limit but the memory's.
    private static func read(_ bytes: [UInt8], by count: Int) {
        var limits = HTTP1Limits()
        let most = 1 << 30
        (limits.target, limits.field, limits.section, limits.fields) = (most, most, most, most)
        (limits.chunkLine, limits.chunkExtensions, limits.trailerSection, limits.trailers) = (most, most, most, most)
        var parser = HTTP1Parser(limits: limits)
        let buffer = ByteBuffer(bytes: bytes)
        for start in stride(from: 0, to: bytes.count, by: min(count, bytes.count)) {
            let length = min(count, bytes.count - start)
            guard let piece = buffer.getSlice(at: start, length: length) else { return }
            parser.append(piece)
            while let _ = try? parser.next() {}
        }
    }
}
