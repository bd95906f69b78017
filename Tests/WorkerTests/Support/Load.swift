import Foundation
import Synchronization

/// Clients that ask for a page again and again, each waiting for its answer, and that count what goes wrong.
final class Load: Sendable {
    /// What has come of the requests.
    struct Counts: Sendable {
        var answered = 0
        /// Connections that nobody took.
        var refused = 0
        /// Requests that got no answer or a part of one.
        var lost = 0
        /// Answers of 500 and more.
        var failed = 0
        /// Times of answers in milliseconds.
        var times: [Double] = []

        /// The time within which so large a part of the answers came.
        func quantile(_ part: Double) -> Double {
            guard !times.isEmpty else { return 0 }
            return times.sorted()[min(times.count - 1, Int(Double(times.count) * part))]
        }
    }

    private let counts = Mutex(Counts())
    private let isEnding = Atomic(false)
    private let running: Mutex<Int>
    private let client: @Sendable () -> Client

    /// - Parameters:
    ///   - keepsAlive: whether a connection is used again
    ///   - pause: microseconds between an answer and the next request
    init(port: UInt16, path: String = "/slow/20", clients: Int = 8, keepsAlive: Bool = true, pause: UInt32 = 20_000) {
        running = Mutex(clients)
        client = { Client(port: port) }
        for _ in 0..<clients {
            Thread.detachNewThread { [self] in
                run(path, keepsAlive, pause)
                running.withLock { $0 -= 1 }
            }
        }
    }

    /// Lets the clients end after their current requests.
    func end() -> Counts {
        isEnding.store(true, ordering: .relaxed)
        while running.withLock({ $0 }) > 0 { usleep(5_000) }
        return counts.withLock { $0 }
    }

    private func run(_ path: String, _ keepsAlive: Bool, _ pause: UInt32) {
        let client = client()
        while !isEnding.load(ordering: .relaxed) {
            let start = Date()
            let outcome = client.get(path, keepsAlive: keepsAlive)
            let time = Date().timeIntervalSince(start) * 1000
            // Who closes a connection while it is idle has refused nothing and lost nothing.
            counts.withLock { counts in
                switch outcome {
                case .refused: counts.refused += 1
                case .lost: counts.lost += 1
                case .answer(let status, _):
                    counts.answered += 1
                    counts.times.append(time)
                    if status >= 500 { counts.failed += 1 }
                }
            }
            usleep(pause)
        }
    }
}

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
        var time = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                systemConnect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0 { disconnect() }
        return result == 0
    }

    func disconnect() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }
}

private func systemConnect(_ descriptor: CInt, _ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> CInt {
    connect(descriptor, address, length)
}
