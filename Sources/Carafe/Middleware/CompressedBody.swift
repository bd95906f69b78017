import CarafeHTTP
import NIOCore

/// A response's content, compressed while it is sent.
///
/// Small content is compressed at once. Other content goes through the encoder piece by piece, so that no more of it is in memory
/// than a piece, and what is written arrives when it is written.
struct CompressedBody {
    let body: ResponseBody

    /// Content of up to this size is compressed at once: it takes an event loop a millisecond or two.
    private static let wholeLimit = 32 * 1024
    /// How much is compressed at a time of other content.
    private static let piece = 32 * 1024

    /// - Returns: nil where the content cannot be compressed
    init?(_ original: ResponseBody, _ encoder: any ContentEncoder) {
        let encoder = SequentialEncoder(encoder)
        switch original.storage {
        case .empty: body = .empty
        case .string(let text) where text.utf8.count <= Self.wholeLimit:
            guard let bytes = try? encoder.encode(ByteBuffer(string: text), isEnd: true) else { return nil }
            body = .bytes(bytes)
        case .bytes(let content) where content.readableBytes <= Self.wholeLimit:
            guard let bytes = try? encoder.encode(content, isEnd: true) else { return nil }
            body = .bytes(bytes)
        case .string(let text):
            body = Self.stream(through: encoder) { try await $0.write(ByteBuffer(string: text)) }
        case .bytes(let content): body = Self.stream(through: encoder) { try await $0.write(content) }
        case .file(let file): body = Self.stream(through: encoder) { try await file.write(to: $0) }
        case .stream(_, let write):
            var streamed = Self.stream(through: encoder, write)
            streamed.isEndless = original.isEndless
            body = streamed
        case .webSocket, .tunnel: return nil
        }
    }

    private static func stream(
        through encoder: SequentialEncoder, _ write: @escaping @Sendable (ResponseWriter) async throws -> Void
    ) -> ResponseBody {
        .stream { writer in
            try await write(ResponseWriter(Sink(writer: writer, encoder: encoder, piece: piece)))
            try await writer.write(encoder.encode(ByteBuffer(), isEnd: true))
        }
    }

    private struct Sink: ResponseSink {
        let writer: ResponseWriter
        let encoder: SequentialEncoder
        let piece: Int

        func write(_ bytes: ByteBuffer) async throws {
            var rest = bytes
            while let piece = rest.readSlice(length: min(rest.readableBytes, piece)), piece.readableBytes > 0 {
                try await writer.write(encoder.encode(piece, isEnd: false))
                // Others of the event loop have their turn.
                if rest.readableBytes > 0 { await Task.yield() }
            }
        }
    }
}

/// An encoder that is handed from the responder to the task that writes.
///
/// `@unchecked Sendable`: one piece is encoded after the other, and whoever writes waits for each.
private final class SequentialEncoder: @unchecked Sendable {
    private let encoder: any ContentEncoder

    init(_ encoder: any ContentEncoder) { self.encoder = encoder }

    func encode(_ bytes: ByteBuffer, isEnd: Bool) throws(ContentEncodingFailure) -> ByteBuffer {
        var output = ByteBuffer()
        try encoder.encode(bytes, isEnd: isEnd, into: &output)
        return output
    }
}
