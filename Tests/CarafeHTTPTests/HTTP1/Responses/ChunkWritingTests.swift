import CarafeHTTP
import NIOCore
import Testing

@Suite("Chunks that are written")
struct ChunkWritingTests {
    @Test(
        "a chunk has its size in hexadecimal digits",
        arguments: [
            (1, "1"), (9, "9"), (10, "a"), (15, "f"), (16, "10"), (255, "ff"), (4096, "1000"), (65_535, "ffff"),
        ])
    func size(_ count: Int, _ digits: String) {
        let content = String(repeating: "x", count: count)
        var buffer = ByteBuffer()
        HTTP1Serializer.writeChunk(ByteBuffer(string: content), into: &buffer)
        #expect(WrittenResponse.text(buffer) == "\(digits)⏎\(content)⏎")
    }

    @Test(
        "the line before content that is not copied",
        arguments: [(Int.max, "7fffffffffffffff"), (1 << 32, "100000000")])
    func line(_ count: Int, _ digits: String) {
        var buffer = ByteBuffer()
        HTTP1Serializer.writeChunkSize(count, into: &buffer)
        HTTP1Serializer.writeChunkEnd(into: &buffer)
        #expect(WrittenResponse.text(buffer) == "\(digits)⏎⏎")
    }

    @Test("no bytes are no chunk, which would be the last")
    func empty() {
        var buffer = ByteBuffer()
        HTTP1Serializer.writeChunk(ByteBuffer(), into: &buffer)
        #expect(buffer.readableBytes == 0)
    }

    @Test(
        "the last chunk has the trailers but for the framing's own",
        arguments: [
            ([:], "0⏎⏎"), (["X": "y"], "0⏎X: y⏎⏎"), (["X": "y", "Z": "z"], "0⏎X: y⏎Z: z⏎⏎"),
            (["Content-Length": "5", "X": "y"], "0⏎X: y⏎⏎"), (["Transfer-Encoding": "chunked"], "0⏎⏎"),
            (["Connection": "close"], "0⏎⏎"), (["X": "y\r\n\r\nHTTP/1.1 200 OK"], "0⏎⏎"),
        ] as [(KeyValuePairs<String, String>, String)])
    func last(_ trailers: KeyValuePairs<String, String>, _ text: String) {
        var buffer = ByteBuffer()
        HTTP1Serializer.writeLastChunk(trailers: .unchecked(trailers), into: &buffer)
        #expect(WrittenResponse.text(buffer) == text)
    }

    @Test(
        "what is written as chunks is read as the same content", arguments: [[1], [1, 2, 3], [1000, 1, 1024, 5000]])
    func readBack(_ sizes: [Int]) {
        var buffer = ByteBuffer(string: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        for size in sizes {
            HTTP1Serializer.writeChunk(ByteBuffer(repeating: UInt8(ascii: "x"), count: size), into: &buffer)
        }
        HTTP1Serializer.writeLastChunk(trailers: .unchecked(["X": "y"]), into: &buffer)
        let content = String(repeating: "x", count: sizes.reduce(0, +))
        #expect(Reading([Array(buffer.readableBytesView)]).messages == ["POST / @a = \(content) + {X: y}"])
    }
}
