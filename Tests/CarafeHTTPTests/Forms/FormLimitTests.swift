import NIOCore
import Testing

@testable import CarafeHTTP

@Suite("Limits of forms")
struct FormLimitTests {
    /// A limit, and a body that reaches it with a value of that size and passes it with one more.
    struct Edge: CustomStringConvertible, Sendable {
        var limit: String
        var size: Int
        var limits: FormLimits
        var body: @Sendable (Int) -> String

        var description: String { limit }

        init(_ limit: String, _ size: Int, _ body: @escaping @Sendable (Int) -> String) {
            (self.limit, self.size, self.body) = (limit, size, body)
            limits = FormLimits()
        }
    }

    static let disposition = "Content-Disposition: form-data; name=a\r\n"

    static let edges = [
        Edge("fieldBytes", 500_000) { Multipart.field("a", text($0 - 1)) + Multipart.end },
        Edge("fieldBytes", 500_000) {
            // In total, names included; files do not count.
            let half = $0 / 2 - 1
            return Multipart.file("f", text(600_000)) + Multipart.field("a", text(half))
                + Multipart.field("b", text($0 - half - 2)) + Multipart.end
        },
        Edge("parts", 1_000) { count in
            (0..<count).map { Multipart.field("a\($0)", "") }.joined() + Multipart.end
        },
        Edge("files", 100) { count in (0..<count).map { Multipart.file("a\($0)", "") }.joined() + Multipart.end },
        Edge("partHeaderFields", 8) { count in
            Multipart.part(header: disposition + (1..<count).map { "X-\($0): y\r\n" }.joined() + "\r\n")
        },
        Edge("partHeaderBytes", 4_096) {
            Multipart.part(header: disposition + "X: " + text($0 - disposition.utf8.count - 5) + "\r\n\r\n")
        },
        Edge("preambleBytes", 4_096) { text($0) + "\r\n" + Multipart.end },
        Edge("epilogueBytes", 4_096) { "--zz--" + text($0) },
    ]

    static func text(_ count: Int) -> String { String(repeating: "x", count: count) }

    @Test("a limit is reached but not passed", arguments: edges)
    func edge(edge: Edge) {
        let within = ByteBuffer(string: edge.body(edge.size))
        let beyond = ByteBuffer(string: edge.body(edge.size + 1))
        for size in [1 << 20, 10_007] {
            #expect(Transcript(limits: edge.limits, pieces: within.pieces(of: size)).error == nil)
            let error = Transcript(limits: edge.limits, pieces: beyond.pieces(of: size)).error
            #expect(error?.status == 413)
            #expect(error?.hint == "FormLimits.\(edge.limit) sets the limit.")
        }
    }

    @Test("1,001 fields of a URL-encoded form are one too many")
    func pairs() throws {
        let parser = try #require(try FormParser(contentType: "application/x-www-form-urlencoded"))
        let body = String(repeating: "a&", count: 1_000)
        #expect(try parser.parse(ByteBuffer(string: body)).fields.count == 1_000)
        let error = #expect(throws: FormError.self) { try parser.parse(ByteBuffer(string: body + "a")) }
        #expect(error?.status == 413)
    }

    @Test("a URL-encoded form may have 500,000 bytes")
    func urlEncodedBytes() async throws {
        let parser = try #require(try FormParser(contentType: "application/x-www-form-urlencoded"))
        let body = "a=" + Self.text(499_998)
        #expect(try parser.parse(ByteBuffer(string: body)).fields.first { _ in true }?.value.utf8.count == 499_998)
        let error = await #expect(throws: FormError.self) { try await parser.parse(Multipart.arriving(body + "x")) }
        #expect(error?.status == 413)
    }

    @Test("a header without an end is refused as soon as it is too long")
    func headerFlood() throws {
        var parser = try MultipartParser(boundary: "zz")
        parser.append(ByteBuffer(string: "--zz\r\n"))
        let line = ByteBuffer(string: "X-Filler: yes\r\n")
        var sent = 0
        let error = #expect(throws: FormError.self) {
            while sent < 100_000 {
                parser.append(line)
                sent += line.readableBytes
                _ = try parser.next()
            }
        }
        #expect(error?.kind == .tooLarge)
        #expect(sent < 4_096 + 2 * line.readableBytes)
    }

    @Test("limits of any size, the largest too, do not overflow")
    func extremes() {
        var limits = FormLimits()
        (limits.fieldBytes, limits.parts, limits.files) = (.max, .max, .max)
        (limits.partHeaderBytes, limits.partHeaderFields) = (.max, .max)
        (limits.preambleBytes, limits.epilogueBytes) = (.max, .max)
        #expect(Transcript("x\r\n" + Multipart.field("a", "b") + "--zz--x", limits: limits).error == nil)
        (limits.partHeaderBytes, limits.preambleBytes) = (0, 0)
        #expect(Transcript(Multipart.field("a", "b") + Multipart.end, limits: limits).error?.status == 413)
    }
}
