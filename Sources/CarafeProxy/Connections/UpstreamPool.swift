import CarafeHTTP
import CarafeServer
import NIOCore
import Synchronization

/// The connections to a proxy's server: for each event loop so many at most, and of those that have nothing to do a few for further
/// requests.
final class UpstreamPool: Sendable {
    /// The connections of one event loop.
    private struct Loop {
        /// Those that are open or being opened.
        var open = 0
        /// The longest idle first.
        var idle: [UpstreamConnection] = []
        /// Requests that wait for a connection, in their order.
        var waiters: CircularBuffer<Waiter> = []
    }

    private struct Waiter {
        let id: UInt64
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var loops: [ObjectIdentifier: Loop] = [:]
        var lastWaiter: UInt64 = 0
    }

    private let state = Mutex(State())

    /// A connection for a request, and whether it has carried others, so that the server may be about to close it.
    ///
    /// - Parameter isFresh: whether it must be a new one, that the request is not lost on a connection which the server is about to
    ///   close
    func connection(
        to upstream: Upstream, on eventLoop: any EventLoop, for proxy: Proxy, isFresh: Bool
    ) async throws(ProxyFailure) -> (connection: UpstreamConnection, isUsed: Bool) {
        let end = ContinuousClock.now + proxy.connectTimeout
        while true {
            switch place(on: eventLoop, limit: proxy.maxConnections, isFresh: isFresh) {
            case .idle(let connection): return (connection, true)
            case .new(let displaced):
                displaced?.close()
                do throws(ProxyFailure) {
                    return (try await UpstreamConnection.open(to: upstream, on: eventLoop, pool: self, proxy), false)
                } catch {
                    leave(eventLoop)
                    throw error
                }
            case .none:
                let patience = end - ContinuousClock.now
                guard patience > .zero, !Task.isCancelled else {
                    throw ProxyFailure(.busy, "All connections to the server are taken.")
                }
                await waitForPlace(on: eventLoop, patience)
            }
        }
    }

    private enum Place {
        case idle(UpstreamConnection)
        /// Room for a new one, where need be in the place of one that has nothing to do.
        case new(displacing: UpstreamConnection?)
        case none
    }

    private func place(on eventLoop: any EventLoop, limit: Int, isFresh: Bool) -> Place {
        state.withLock { state in
            var loop = state.loops[ObjectIdentifier(eventLoop)] ?? Loop()
            defer { state.loops[ObjectIdentifier(eventLoop)] = loop }
            // The one that was used last is the least likely to be closed by the server.
            if !isFresh, let connection = loop.idle.popLast() { return .idle(connection) }
            if loop.open < max(limit, 1) {
                loop.open += 1
                return .new(displacing: nil)
            }
            guard !loop.idle.isEmpty else { return .none }
            // The displaced one takes its place with it when it is closed.
            loop.open += 1
            return .new(displacing: loop.idle.removeFirst())
        }
    }

    /// Waits until a connection may be free, at most for so long.
    private func waitForPlace(on eventLoop: any EventLoop, _ patience: Duration) async {
        let id = state.withLock { state in
            state.lastWaiter &+= 1
            return state.lastWaiter
        }
        let alarm = eventLoop.scheduleTask(in: .milliseconds(patience.milliseconds)) {
            self.takeWaiter(id, on: eventLoop)?.resume()
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isWaiting = state.withLock { state in
                    guard !Task.isCancelled else { return false }
                    state.loops[ObjectIdentifier(eventLoop), default: Loop()].waiters.append(
                        Waiter(id: id, continuation: continuation))
                    return true
                }
                if !isWaiting { continuation.resume() }
            }
        } onCancel: {
            takeWaiter(id, on: eventLoop)?.resume()
        }
        alarm.cancel()
    }

    private func takeWaiter(_ id: UInt64, on eventLoop: any EventLoop) -> CheckedContinuation<Void, Never>? {
        state.withLock { state in
            let key = ObjectIdentifier(eventLoop)
            guard let index = state.loops[key]?.waiters.firstIndex(where: { $0.id == id }) else { return nil }
            return state.loops[key]?.waiters.remove(at: index).continuation
        }
    }

    // MARK: - What connections tell

    /// Takes a connection that has nothing to do any more.
    ///
    /// - Returns: whether it is kept
    func keep(_ connection: UpstreamConnection, limit: Int) -> Bool {
        let (isKept, waiter) = state.withLock { state -> (Bool, Waiter?) in
            let key = ObjectIdentifier(connection.eventLoop)
            guard var loop = state.loops[key], loop.idle.count < limit else { return (false, nil) }
            loop.idle.append(connection)
            let waiter = loop.waiters.popFirst()
            state.loops[key] = loop
            return (true, waiter)
        }
        waiter?.continuation.resume()
        return isKept
    }

    /// Notes that a connection has been closed.
    func remove(_ connection: UpstreamConnection) {
        state.withLock { state in
            state.loops[ObjectIdentifier(connection.eventLoop)]?.idle.removeAll { $0 === connection }
        }
        leave(connection.eventLoop)
    }

    private func leave(_ eventLoop: any EventLoop) {
        let waiter = state.withLock { state -> Waiter? in
            let key = ObjectIdentifier(eventLoop)
            guard var loop = state.loops[key] else { return nil }
            loop.open -= 1
            let waiter = loop.waiters.popFirst()
            // An event loop that has ended leaves nothing behind.
            state.loops[key] = loop.open > 0 || waiter != nil ? loop : nil
            return waiter
        }
        waiter?.continuation.resume()
    }

    /// How many connections are open, and how many of them have nothing to do.
    struct Counts: Equatable {
        var open = 0
        var idle = 0
    }

    var counts: Counts {
        state.withLock { state in
            state.loops.values.reduce(into: Counts()) { counts, loop in
                counts.open += loop.open
                counts.idle += loop.idle.count
            }
        }
    }
}
