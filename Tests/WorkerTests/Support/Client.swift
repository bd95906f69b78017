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

    private func receive() -> Outcome {
        var bytes = Data()
        while true {
            if let (answer, closes) = Self.answer(in: bytes) {
                if closes { disconnect() }
                return answer
            }
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { return lose("after \(bytes.count) bytes", error: count < 0 ? errno : 0) }
            bytes += chunk[..<count]
        }
    }

    private func lose(_ what: String, error: CInt) -> Outcome {
        loss = "\(what), after \(answers) answers: \(error == 0 ? "end of the stream" : String(cString: strerror(error)))"
        disconnect()
        return .lost
    }

    /// The whole answer, once it is there.
    private static func answer(in bytes: Data) -> (Outcome, closes: Bool)? {
        // Data's search is compiled with optimisation: String's, which is not, would take longer than the server.
        guard let end = bytes.range(of: headEnd) else { return nil }
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).lowercased().split(separator: "\r\n")
        let length = head.first { $0.hasPrefix("content-length:") }.flatMap { Int($0.dropFirst(15).dropFirst()) } ?? 0
        let content = bytes[end.upperBound...]
        guard content.count >= length else { return nil }
        return (
            .answer(
                status: Int(head[0].split(separator: " ")[1]) ?? 0, content: String(decoding: content, as: UTF8.self)),
            head.contains("connection: close")
        )
    }

    private static let headEnd = Data("\r\n\r\n".utf8)

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
