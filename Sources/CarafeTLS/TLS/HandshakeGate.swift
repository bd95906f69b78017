import NIOCore

/// Lets so many handshakes of one event loop go on at a time; the others wait in the order in which they came.
///
/// `@unchecked Sendable`: all of it is touched on its event loop only.
final class HandshakeGate: @unchecked Sendable {
    private let limit: Int
    private var running = 0
    private var waiting: CircularBuffer<TLSHandshake> = []

    init(limit: Int) { self.limit = limit }

    /// Lets a handshake in, at once or later; it is then told by ``TLSHandshake/begin()``.
    func enter(_ handshake: TLSHandshake) {
        if running < limit {
            running += 1
            handshake.begin()
        } else {
            waiting.append(handshake)
        }
    }

    /// A handshake that was let in is over; the next that still waits takes its place.
    func leave() {
        running -= 1
        while running < limit, let next = waiting.popFirst() {
            guard next.isWaiting else { continue }
            running += 1
            next.begin()
        }
    }
}
