import Glibc

// What the standard library's Mutex cannot do: be taken twice by one thread, and be waited at for a change.

/// A lock that the thread which holds it may take again.
///
/// `@unchecked`: the counter is changed only by the thread that holds the lock.
final class RecursiveLock: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var depth = 0

    init() {
        mutex = .allocate(capacity: 1)
        var attributes = pthread_mutexattr_t()
        pthread_mutexattr_init(&attributes)
        pthread_mutexattr_settype(&attributes, CInt(PTHREAD_MUTEX_RECURSIVE))
        pthread_mutex_init(mutex, &attributes)
        pthread_mutexattr_destroy(&attributes)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Runs `body` while no other thread does.
    ///
    /// - Parameter body: is told whether this thread runs it already
    func withLock<Result>(_ body: (_ isNested: Bool) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        depth += 1
        defer {
            depth -= 1
            pthread_mutex_unlock(mutex)
        }
        return try body(depth > 1)
    }
}

/// State that threads change one at a time, and at whose change others wait.
///
/// `@unchecked`: the state is touched only under the mutex.
final class Monitor<State>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var state: State

    init(_ state: sending State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        // A clock that nobody sets.
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Changes the state; wakes all who wait if `body` says so.
    func change<Result>(wakes: Bool = true, _ body: (inout State) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        let result = try body(&state)
        if wakes { pthread_cond_broadcast(condition) }
        return result
    }

    /// Wakes one who waits.
    func wakeOne() { pthread_cond_signal(condition) }

    /// Waits until `body` gives a value, asking again after each change.
    func wait<Result>(until body: (inout State) throws -> Result?) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = try body(&state) { return result }
            pthread_cond_wait(condition, mutex)
        }
    }

    /// As ``wait(until:)``, but for some seconds at most; then `body` is asked a last time, and what `late` gives counts.
    func wait<Result>(seconds: Int, until body: (inout State) -> Result?, late: (inout State) -> Result) -> Result {
        var end = timespec()
        clock_gettime(CLOCK_MONOTONIC, &end)
        end.tv_sec += seconds
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = body(&state) { return result }
            if pthread_cond_timedwait(condition, mutex, &end) == ETIMEDOUT {
                return body(&state) ?? late(&state)
            }
        }
    }
}
