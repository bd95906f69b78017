public import Carafe
import NIOCore

/// A response in a test whose content is read as it arrives.
public struct StreamedResponse: Sendable {
    /// The status.
    public let status: HTTPResponse.Status
    /// The header fields.
    public let headers: Headers
    /// The content, piece by piece: an asynchronous sequence of buffers. What the app writes waits until it is read.
    public let body: RequestBody

    init(_ incoming: IncomingResponse) {
        status = incoming.status
        headers = incoming.headers
        body = incoming.body
    }

    /// The content's lines, without their ends; empty lines are among them.
    public var lines: AsyncThrowingStream<String, any Error> {
        let reader = LineReader(body)
        return AsyncThrowingStream { try await reader.next() }
    }
}

/// Cuts content into lines.
private actor LineReader {
    private var iterator: RequestBody.Iterator
    private var buffer = ByteBuffer()

    init(_ body: RequestBody) { iterator = body.makeAsyncIterator() }

    func next() async throws -> String? {
        while true {
            if let end = buffer.readableBytesView.firstIndex(of: 0x0A) {
                let line = buffer.readString(length: end - buffer.readerIndex) ?? ""
                buffer.moveReaderIndex(forwardBy: 1)
                return line.utf8.last == 0x0D ? String(decoding: line.utf8.dropLast(), as: UTF8.self) : line
            }
            var iterator = iterator
            let piece = try await iterator.next()
            guard let piece else {
                defer { buffer.clear() }
                return buffer.readableBytes > 0 ? String(buffer: buffer) : nil
            }
            buffer.writeImmutableBuffer(piece)
        }
    }
}
