import Foundation

/// One client of HTTP/1.1.
final class Client {
    enum Outcome: Equatable {
        case refused
        /// The connection ended before the whole answer was there.
        case lost
        case answer(status: Int, content: String)
    }

    private let port: UInt16
    private var descriptor: CInt = -1
    /// How many answers have come over the connection.
    private var answers = 0
    private var chunk = [UInt8](repeating: 0, count: 16_384)
    /// How the last answer that was lost was lost.
    private(set) var loss = ""

    init(port: UInt16) { self.port = port }

    deinit { disconnect() }

    /// Asks for a page, over the connection of the last request where it is still there.
    func get(_ path: String, keepsAlive: Bool = false) -> Outcome {
        if descriptor >= 0, isClosed { disconnect() }
        if descriptor < 0, !connect() { return .refused }
        let request = "GET \(path) HTTP/1.1\r\nHost: a.test\r\n\(keepsAlive ? "" : "Connection: close\r\n")\r\n"
        guard send(descriptor, request, request.utf8.count, CInt(MSG_NOSIGNAL)) == request.utf8.count else {
            return lose("sending", error: errno)
        }
        let outcome = receive()
        answers += 1
        return outcome
    }

    /// Takes an answer. The content is the bytes behind the head as they are, chunks too.
    private func receive() -> Outcome {
        var bytes = Data()
        var head: Head?
        while true {
            // Read once: unoptimised, it takes longer than the server.
            if head == nil, let end = bytes.range(of: Self.headEnd) {
                guard let read = Head(bytes[..<end.lowerBound]) else {
                    let start = String(decoding: bytes.prefix(60), as: UTF8.self)
                    return lose("no answer but \(start.debugDescription)", error: 0)
                }
                head = read
                bytes = Data(bytes[end.upperBound...])
            }
            if let head, head.isEnd(bytes) {
                if head.closes { disconnect() }
                return .answer(status: head.status, content: String(decoding: bytes, as: UTF8.self))
            }
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { return lose("after \(bytes.count) bytes", error: count < 0 ? errno : 0) }
            chunk.withUnsafeBytes { bytes.append(contentsOf: $0[..<count]) }
        }
    }

    private func lose(_ what: String, error: CInt) -> Outcome {
        let reason = error == 0 ? "the end of the stream" : String(cString: strerror(error))
        loss = "\(what), after \(answers) answers: \(reason)"
        disconnect()
        return .lost
    }

    /// What a client needs to know of an answer's head.
    private struct Head {
        let status: Int
        let length: Int
        let isChunked: Bool
        let closes: Bool

        /// Nil where it is none of HTTP.
        init?(_ bytes: Data) {
            let lines = String(decoding: bytes, as: UTF8.self).lowercased().split(separator: "\r\n")
            guard let words = lines.first?.split(separator: " "), words.count > 1, let status = Int(words[1]) else {
                return nil
            }
            self.status = status
            length = lines.first { $0.hasPrefix("content-length:") }.flatMap { Int($0.dropFirst(15).dropFirst()) } ?? 0
            isChunked = lines.contains("transfer-encoding: chunked")
            closes = lines.contains("connection: close")
        }

        func isEnd(_ content: Data) -> Bool {
            isChunked ? content.suffix(Client.lastChunk.count) == Client.lastChunk : content.count >= length
        }
    }

    private static let headEnd = Data("\r\n\r\n".utf8)
    private static let lastChunk = Data("0\r\n\r\n".utf8)

    /// Whether the server has closed the connection since the last answer.
    private var isClosed: Bool {
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, CInt(MSG_DONTWAIT) | CInt(MSG_PEEK))
        return count == 0 || count < 0 && errno != EAGAIN
    }

    private func connect() -> Bool {
        answers = 0
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var time = timeval(tv_sec: 90, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        let isConnected = Loopback.connect(descriptor, port)
        if !isConnected { disconnect() }
        return isConnected
    }

    func disconnect() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }
}
