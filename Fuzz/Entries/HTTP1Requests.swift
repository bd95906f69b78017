import CarafeHTTP
import HTTPTypes
import NIOCore

extension FuzzEntry {
    /// HTTP/1.1 requests: cut in two, they are read the same.
    static let http1Requests = FuzzEntry(
        "http1-requests",
        seeds: [
            "GET /a?b=c HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST http://[::1]:80/%41 HTTP/1.1\r\nHost: a:80\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n0\r\nX: y\r\n\r\n",
            "\r\nOPTIONS * HTTP/1.0\r\nConnection: keep-alive\r\n\r\nCONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
        ]
    ) { bytes in
        let whole = HTTP1Outcome([bytes])
        let middle = bytes.count / 2
        let cut = HTTP1Outcome([Array(bytes[..<middle]), Array(bytes[middle...])])
        return whole == cut ? nil : "cut at \(middle), \(cut), not \(whole)"
    }

    /// Chunked content: cut at every place of a few, it is read the same.
    static let chunkedContent = FuzzEntry(
        "chunked-content",
        seeds: [
            "5\r\nhello\r\n0\r\n\r\n", "a;b=c\r\n0123456789\r\n000\r\nX: y\r\nContent-Length: 1\r\n\r\n",
            "1 ; a = \"\\\"\" ;b\r\nx\r\n1\r\ny\r\n0;c\r\n\r\n", "7fffffffffffffff\r\nx",
        ]
    ) { bytes in
        let head = Array("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
        let whole = HTTP1Outcome([head + bytes])
        for place in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 8)) {
            let cut = HTTP1Outcome([head + bytes[..<place], Array(bytes[place...])])
            if cut != whole { return "cut at \(place), \(cut), not \(whole)" }
        }
        return nil
    }
}

/// What the parser made of the bytes of a connection.
private struct HTTP1Outcome: Equatable {
    private var messages: [Message] = []
    private var error: HTTP1Error?

    private struct Message: Equatable {
        var head: [String]
        var content: [UInt8] = []
        var trailers: [String]?
    }

    init(_ pieces: [[UInt8]]) {
        var parser = HTTP1Parser()
        do throws(HTTP1Error) {
            for piece in pieces {
                parser.append(ByteBuffer(bytes: piece))
                while let event = try parser.next() { note(event) }
            }
        } catch {
            self.error = error
            // How much of a refused request's content was told before is up to the reads.
            if messages.last?.trailers == nil { messages[max(0, messages.count - 1)...] = [] }
        }
    }

    private mutating func note(_ event: HTTP1Parser.Event) {
        switch event {
        case .head(let head):
            let line = [head.method.rawValue, head.target.rawPath, head.target.rawQuery ?? "-", head.authority]
            messages.append(Message(head: line + head.headers.map { "\($0.name): \($0.value)" }))
        case .body(let bytes): messages[messages.count - 1].content += bytes.readableBytesView
        case .end(let trailers):
            messages[messages.count - 1].trailers = trailers?.map { "\($0.name): \($0.value)" } ?? []
        }
    }
}
