public import NIOCore

/// The content of a response.
public struct ResponseBody: Sendable {
    /// Where the bytes come from.
    package enum Storage: Sendable {
        case empty
        case string(String)
        case bytes(ByteBuffer)
        case file(FileBody)
        case stream(length: Int?, @Sendable (ResponseWriter) async throws -> Void)
        /// No content: with the status 101, the connection becomes a WebSocket.
        case webSocket(WebSocketUpgrade)
        /// No content: with the status 101, the connection carries bytes of another protocol both ways.
        case tunnel(Tunnel)
    }

    /// What carries another protocol over a connection.
    package struct Tunnel: Sendable {
        /// Carries what the client sends and what it is sent.
        package typealias Work = @Sendable (_ incoming: RequestBody, _ outgoing: ResponseWriter) async throws -> Void

        package let work: Work
        /// Called when the server goes down, which both sides are to be told.
        package let goAway: @Sendable () -> Void
    }

    package var storage: Storage

    /// Whether the content goes on for ever, so that a server which goes down ends it.
    package var isEndless = false

    package init(_ storage: Storage) { self.storage = storage }

    /// No content.
    public static let empty = ResponseBody(.empty)

    /// The UTF-8 of a string.
    public static func string(_ string: String) -> ResponseBody { ResponseBody(.string(string)) }

    /// Bytes.
    public static func bytes(_ bytes: ByteBuffer) -> ResponseBody { ResponseBody(.bytes(bytes)) }

    /// Bytes.
    public static func bytes(_ bytes: some Sequence<UInt8>) -> ResponseBody {
        ResponseBody(.bytes(ByteBuffer(bytes: bytes)))
    }

    /// Content that is written while it is made. Each write waits until the client has taken what went before.
    ///
    /// - Parameters:
    ///   - length: the number of bytes, where it is known; otherwise the content is chunked
    ///   - write: called once, on the request's event loop; it is cancelled when the client goes away. An error that
    ///     it throws breaks the connection off, so that the client sees that the content is incomplete.
    public static func stream(
        length: Int? = nil, _ write: @escaping @Sendable (ResponseWriter) async throws -> Void
    ) -> ResponseBody {
        ResponseBody(.stream(length: length, write))
    }

    /// Content that is written for as long as the client stays. When the server goes down, its task is cancelled.
    package static func endlessStream(
        _ write: @escaping @Sendable (ResponseWriter) async throws -> Void
    ) -> ResponseBody {
        var body = ResponseBody(.stream(length: nil, write))
        body.isEndless = true
        return body
    }

    /// Part of a file, sent by the system without passing through memory.
    package static func file(_ file: FileBody) -> ResponseBody { ResponseBody(.file(file)) }

    /// Bytes of another protocol, both ways, for as long as `work` runs; for a response with the status 101.
    ///
    /// - Parameters:
    ///   - goAway: called when the server goes down, maybe before `work`: it has the two sides come to an end
    package static func tunnel(goAway: @escaping @Sendable () -> Void, _ work: @escaping Tunnel.Work) -> ResponseBody {
        ResponseBody(.tunnel(Tunnel(work: work, goAway: goAway)))
    }

    /// The number of bytes; nil where it is not known before they are made.
    public var length: Int? {
        switch storage {
        case .empty, .webSocket, .tunnel: 0
        case .string(let string): string.utf8.count
        case .bytes(let bytes): bytes.readableBytes
        case .file(let file): file.length
        case .stream(let length, _): length
        }
    }

    /// All of the bytes, for clients without a socket and for middleware that must see them.
    ///
    /// - Throws: whatever a stream's closure throws, ``ContentTooLarge`` past `limit`, and the system's error where
    ///   a file cannot be read.
    public func collect(upTo limit: Int = .max) async throws -> ByteBuffer {
        switch storage {
        case .empty, .webSocket, .tunnel: return ByteBuffer()
        case .string(let string): return ByteBuffer(string: string)
        case .bytes(let bytes): return bytes
        case .file(let file): return try file.read()
        case .stream(_, let write):
            let collector = CollectingWriter(limit: limit)
            try await write(ResponseWriter(collector))
            return collector.bytes
        }
    }
}
