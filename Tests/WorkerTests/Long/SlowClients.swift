import Foundation
import Synchronization

/// Connections that dawdle: each sends a first piece, and from then on a little every second.
final class SlowClients {
    private final class Work: Sendable {
        let descriptors: Mutex<[CInt]>
        let isEnding = Atomic(false)
        let hasEnded = Atomic(false)

        init(_ descriptors: [CInt]) { self.descriptors = Mutex(descriptors) }
    }

    private let work: Work
    let count: Int

    /// - Parameters:
    ///   - first: what each sends at once
    ///   - more: what each sends every second; none for connections that only wait
    ///   - reads: whether what the server sends is taken
    init(_ count: Int, port: UInt16, first: String, more: String = "", reads: Bool = true) {
        let sockets = (0..<count).map { _ in Self.connect(port) }.filter { $0 >= 0 }
        self.count = sockets.count
        let work = Work(sockets)
        self.work = work
        for socket in sockets { _ = send(socket, first, first.utf8.count, Self.flags) }
        Thread.detachNewThread {
            while !work.isEnding.load(ordering: .relaxed) {
                usleep(1_000_000)
                work.descriptors.withLock { sockets in
                    sockets.removeAll { socket in
                        guard reads, Self.isEnded(socket) else {
                            if !more.isEmpty { _ = send(socket, more, more.utf8.count, Self.flags) }
                            return false
                        }
                        close(socket)
                        return true
                    }
                }
            }
            for socket in work.descriptors.withLock({ $0 }) { close(socket) }
            work.hasEnded.store(true, ordering: .relaxed)
        }
    }

    deinit { work.isEnding.store(true, ordering: .relaxed) }

    /// How many the server has not closed.
    var open: Int { work.descriptors.withLock { $0.count } }

    /// Closes them.
    func end() {
        work.isEnding.store(true, ordering: .relaxed)
        while !work.hasEnded.load(ordering: .relaxed) { usleep(10_000) }
    }

    private static let flags = CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT)

    /// Takes what has come, and tells whether the server has closed.
    private static func isEnded(_ socket: CInt) -> Bool {
        var bytes = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(socket, &bytes, bytes.count, CInt(MSG_DONTWAIT))
            if count == 0 { return true }
            if count < 0 { return errno != EAGAIN }
        }
    }

    private static func connect(_ port: UInt16) -> CInt {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return -1 }
        // Small, so that what is not read does not all lie in the system's buffers.
        var size: CInt = 16_384
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<CInt>.size))
        guard Loopback.connect(descriptor, port) else {
            close(descriptor)
            return -1
        }
        return descriptor
    }
}
