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

    init(port: UInt16) { self.port = port }

    deinit { disconnect() }

    /// Asks for a page, over the connection of the last request where it is still there.
    func get(_ path: String, keepsAlive: Bool = false) -> Outcome {
        if descriptor >= 0, isClosed { disconnect() }
        if descriptor < 0, !connect() { return .refused }
        let request = "GET \(path) HTTP/1.1\r\nHost: a.test\r\n\(keepsAlive ? "" : "Connection: close\r\n")\r\n"
        guard send(descriptor, request, request.utf8.count, CInt(MSG_NOSIGNAL)) == request.utf8.count else {
            disconnect()
            return .lost
        }
        return receive()
    }

    private func receive() -> Outcome {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            if let (answer, closes) = Self.answer(in: bytes) {
                if closes { disconnect() }
                return answer
            }
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else {
                disconnect()
                return .lost
            }
            bytes += chunk[..<count]
        }
    }

    /// The whole answer, once it is there.
    private static func answer(in bytes: [UInt8]) -> (Outcome, closes: Bool)? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let head = text[..<end.lowerBound].lowercased().components(separatedBy: "\r\n")
        let length = head.first { $0.hasPrefix("content-length:") }.flatMap { Int($0.dropFirst(15).dropFirst()) } ?? 0
        let content = text[end.upperBound...]
        guard content.utf8.count >= length else { return nil }
        return (
            .answer(status: Int(head[0].split(separator: " ")[1]) ?? 0, content: String(content)),
            head.contains("connection: close")
        )
    }

    /// Whether the server has closed the connection since the last answer.
    private var isClosed: Bool {
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, CInt(MSG_DONTWAIT) | CInt(MSG_PEEK))
        return count == 0 || count < 0 && errno != EAGAIN
    }

    private func connect() -> Bool {
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
