import CPostgreSQL
import CarafeSQL
import Glibc
import Synchronization

/// Asks the server to stop what a connection is doing, by a connection of its own.
///
/// A request that comes late must not hit the next statement: the connection waits at a statement's end until a request that is
/// on its way has arrived.
///
/// A server that answers nothing holds the thread that asks it, until it or its system ends that connection. As the statement's
/// connection is given up meanwhile and no other is made to such a server, there are no more of them than connections in the pool.
final class PostgreSQLCanceller: DriverCanceller {
    /// Why a statement is stopped.
    enum Reason: Sendable {
        case cancelled
        case timeout
    }

    private struct State {
        var isRunning = false
        var isSending = false
        /// Whether the use of the connection was cancelled before its statement began.
        var isCancelledAhead = false
        var reason: Reason?
        /// Where to send the request; written once, and read by the thread that sends it.
        var target: Target?
    }

    /// libpq's description of a connection to cancel, which may be used from any thread.
    private final class Target: @unchecked Sendable {
        let pointer: OpaquePointer
        init(_ pointer: OpaquePointer) { self.pointer = pointer }
        deinit { PQfreeCancel(pointer) }
    }

    private let state = Mutex(State())

    /// Becomes readable when something changes that the connection, waiting in `poll`, must know of.
    let signal: CInt

    init(_ connection: OpaquePointer) throws(DatabaseError) {
        signal = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
        guard signal >= 0 else { throw DatabaseError(.resources, "No file descriptor is left for a connection.") }
        if let target = PQgetCancel(connection) {
            let target = Target(target)
            state.withLock { $0.target = target }
        }
    }

    deinit { close(signal) }

    func begin() { state.withLock { $0.isCancelledAhead = false } }

    func cancel() { cancel(.cancelled) }

    /// Stops the statement that is running, or the one that begins before the next use of the connection. Does not wait.
    func cancel(_ reason: Reason) {
        let target: Target? = state.withLock { state in
            guard state.isRunning else {
                state.isCancelledAhead = true
                return nil
            }
            guard state.reason == nil else { return nil }
            state.reason = reason
            state.isSending = state.target != nil
            return state.target
        }
        guard let target else { return }
        wake()
        guard !DetachedThread.start({ self.send(to: target) }) else { return }
        // No thread can be had: the connection gives up after its patience.
        state.withLock { $0.isSending = false }
    }

    private func send(to target: Target) {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
            _ = PQcancel(target.pointer, message.baseAddress, CInt(message.count))
        }
        state.withLock { $0.isSending = false }
        wake()
    }

    /// A statement begins; false where it was cancelled before.
    func beginStatement() -> Bool {
        state.withLock { state in
            guard !state.isCancelledAhead else { return false }
            state.isRunning = true
            state.reason = nil
            return true
        }
    }

    /// The statement has ended. Returns false where a request to stop it is still on its way.
    func endStatement() -> Bool {
        state.withLock { state in
            state.isRunning = false
            return !state.isSending
        }
    }

    /// Why the statement is being stopped; nil where it is not.
    var reason: Reason? { state.withLock { $0.reason } }

    private func wake() {
        var one: UInt64 = 1
        _ = write(signal, &one, 8)
    }

    /// Takes back the signal.
    func acknowledge() {
        var count: UInt64 = 0
        _ = read(signal, &count, 8)
    }
}
