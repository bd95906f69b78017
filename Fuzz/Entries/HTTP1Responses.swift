import CarafeHTTP
import HTTPTypes
import NIOCore

extension FuzzEntry {
    /// HTTP/1 responses as a proxy receives them, one behind the other: cut at any of a few places, they are read the same.
    static let http1Responses = FuzzEntry(
        "http1-responses",
        seeds: [
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103\r\nLink: a\r\n\r\nHTTP/1.1 200 \r\nContent-Length: 1\r\n\r\nx",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n",
            "HTTP/1.0 404 Not Found\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n\r\nto the end",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\u{81}\u{1}a",
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: \"a\"\r\n\r\n",
        ]
    ) { bytes in
        for method in [HTTPRequest.Method.get, .head, .connect] {
            let whole = HTTP1ResponseOutcome([bytes], to: method)
            guard whole.size <= bytes.count else { return "\(whole.size) bytes of content in \(bytes.count)" }
            for place in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 8)) {
                let cut = HTTP1ResponseOutcome([Array(bytes[..<place]), Array(bytes[place...])], to: method)
                if cut != whole { return "\(method), cut at \(place), \(cut), not \(whole)" }
            }
        }
        return nil
    }
}

/// What the parser made of the bytes of a connection, each of whose responses was waited for.
private struct HTTP1ResponseOutcome: Equatable {
    private var messages: [Message] = []
    private var interim: [Int] = []
    private var error: String?
    /// The bytes behind an upgrade, or that nobody asked for.
    private var rest: [UInt8] = []

    private struct Message: Equatable {
        var head: [String]
        var content: [UInt8] = []
        var isComplete = false
    }

    /// How much content there is.
    var size: Int { messages.reduce(rest.count) { $0 + $1.content.count } }

    init(_ pieces: [[UInt8]], to method: HTTPRequest.Method) {
        var parser = HTTP1ResponseParser()
        do throws(MalformedResponse) {
            parser.expectResponse(to: method)
            for piece in pieces {
                parser.append(ByteBuffer(bytes: piece))
                while let event = try parser.next() {
                    note(event)
                    if case .end = event { parser.expectResponse(to: method) }
                }
            }
            rest = Array(parser.unconsumed.readableBytesView)
            if let event = try parser.finish() { note(event) }
        } catch {
            self.error = error.reason
            // How much of a broken response was told before is up to the reads.
            rest = []
            if messages.last?.isComplete == false { messages.removeLast() }
        }
    }

    private mutating func note(_ event: HTTP1ResponseParser.Event) {
        switch event {
        case .informational(let status): interim.append(status)
        case .head(let head):
            let line = ["\(head.status.code) \(head.content) \(head.keepsAlive)"]
            messages.append(Message(head: line + head.headers.map { "\($0.name): \($0.value)" }))
        case .body(let bytes): messages[messages.count - 1].content += bytes.readableBytesView
        case .end: messages[messages.count - 1].isComplete = true
        }
    }
}
