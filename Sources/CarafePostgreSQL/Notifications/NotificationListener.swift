import CPostgreSQL
import CarafeSQL
import Glibc
import Synchronization

/// A connection that listens, on a thread of its own, until it is told to stop.
final class NotificationListener: Sendable {
    private let backend: PostgreSQLBackend
    private let channels: [String]
    private let continuation: AsyncThrowingStream<PostgreSQLListenEvent, any Error>.Continuation
    /// Becomes readable when the listener is to stop.
    private let signal: CInt
    private let isStopped = Atomic(false)

    init(
        _ backend: PostgreSQLBackend, _ channels: [String],
        _ continuation: AsyncThrowingStream<PostgreSQLListenEvent, any Error>.Continuation
    ) {
        self.backend = backend
        self.channels = channels
        self.continuation = continuation
        signal = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
    }

    deinit { if signal >= 0 { close(signal) } }

    /// Begins to listen.
    func start() {
        guard signal >= 0, DetachedThread.start({ self.run() }) else {
            continuation.finish(
                throwing: DatabaseError(.resources, "No thread or file descriptor is left for a listener."))
            return
        }
    }

    func stop() {
        isStopped.store(true, ordering: .releasing)
        var one: UInt64 = 1
        _ = write(signal, &one, 8)
    }

    private func run() {
        var delay = 50
        while !isStopped.load(ordering: .acquiring) {
            do throws(DatabaseError) {
                let connection = try backend.open()
                defer { connection.close() }
                for channel in channels { try connection.listen(to: channel) }
                continuation.yield(.listening)
                delay = 50
                while try connection.waitForNotifications(or: signal) {
                    for notification in connection.takeNotifications() { tell(notification) }
                }
            } catch {
                guard error.kind == .connectionLost || error.kind == .connectionFailed || error.kind == .timeout else {
                    continuation.finish(throwing: error)
                    return
                }
            }
            pause(delay * Int.random(in: 75...125) / 100)
            delay = min(delay * 2, 5_000)
        }
        continuation.finish()
    }

    /// The events that are kept for a reader who is slow.
    static let capacity = 10_000

    /// Where the reader is so slow that the oldest events are dropped, it is told that some are missing.
    private func tell(_ notification: PostgreSQLNotification) {
        guard case .dropped(let dropped) = continuation.yield(.notification(notification)) else { return }
        if dropped != .listening { continuation.yield(.listening) }
    }

    /// Waits before the next attempt, unless the listener is stopped.
    private func pause(_ milliseconds: Int) {
        var descriptor = pollfd(fd: signal, events: Int16(POLLIN), revents: 0)
        _ = poll(&descriptor, 1, CInt(milliseconds))
    }
}

extension PostgreSQLConnection {
    fileprivate func listen(to channel: String) throws(DatabaseError) {
        let cursor = try start("LISTEN \(SQLIdentifier(channel))", isBounded: false)
        cursor.close()
    }

    /// Waits until something comes; false where the signal came instead.
    ///
    /// A server that is gone without a word is found by the keep-alive packets of TCP.
    fileprivate func waitForNotifications(or signal: CInt) throws(DatabaseError) -> Bool {
        while true {
            var descriptors = (
                pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0),
                pollfd(fd: signal, events: Int16(POLLIN), revents: 0)
            )
            let count = withUnsafeMutablePointer(to: &descriptors) { pointer in
                pointer.withMemoryRebound(to: pollfd.self, capacity: 2) { poll($0, 2, -1) }
            }
            guard count > 0 else { continue }
            if descriptors.1.revents != 0 { return false }
            guard PQconsumeInput(handle) == 1 else { throw lost() }
            return true
        }
    }

    fileprivate func takeNotifications() -> [PostgreSQLNotification] {
        var notifications: [PostgreSQLNotification] = []
        while let notify = PQnotifies(handle) {
            notifications.append(
                PostgreSQLNotification(
                    channel: String(cString: notify.pointee.relname), payload: String(cString: notify.pointee.extra),
                    processID: notify.pointee.be_pid))
            PQfreemem(notify)
        }
        return notifications
    }
}
