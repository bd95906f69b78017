import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A thread of its own for one connection, whose calls block.
///
/// It is an executor of tasks: what runs inside of a transaction runs here, so that its statements need no hop.
final class ConnectionThread: TaskExecutor, @unchecked Sendable {
    /// What the thread has to do.
    private struct Queue {
        var work: [Work] = []
        var isStopping = false
        /// Whether the thread waits for more.
        var isWaiting = false

        /// Whether the thread has to be woken, which it is once.
        mutating func wakes() -> Bool {
            defer { isWaiting = false }
            return isWaiting
        }
    }

    /// `@unchecked`: a call is handed over to the thread, and used there alone.
    private enum Work: @unchecked Sendable {
        case job(UnownedJob)
        case call(() -> Void)
    }

    private let queue = Mutex(Queue())
    // Not a condition: who wakes from one takes its mutex in a way that makes the release a call of the system.
    private let more = DispatchSemaphore(value: 0)
    /// Written before any work comes.
    private let id = UnsafeMutablePointer<pthread_t?>.allocate(capacity: 1)

    /// Starts a thread. Nil where the system has none left.
    init?() {
        id.initialize(to: nil)
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        // Closures of transactions run here: as much as the main thread has, of which the system gives what is used.
        pthread_attr_setstacksize(&attributes, 8 << 20)
        pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
        defer { pthread_attr_destroy(&attributes) }
        #if os(Linux)
            var id = pthread_t()
        #else
            var id: pthread_t?
        #endif
        let this = Unmanaged.passRetained(self)
        let result = pthread_create(
            &id, &attributes,
            { argument in
                #if os(Linux)
                    guard let argument else { return nil }
                #endif
                Unmanaged<ConnectionThread>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, this.toOpaque())
        guard result == 0 else {
            this.release()
            return nil
        }
        self.id.pointee = id
    }

    deinit {
        id.deallocate()
    }

    /// Whether the caller runs on this thread.
    var isCurrent: Bool {
        guard let id = id.pointee else { return false }
        return pthread_equal(pthread_self(), id) != 0
    }

    /// Runs `body` on the thread after what it has to do already. After ``stop()`` it runs nothing.
    func submit(_ body: sending @escaping () -> Void) { add(.call(body)) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if !add(.job(job)) {
            // A task that prefers this thread outlived its connection. It must run somewhere to learn that.
            globalConcurrentExecutor.enqueue(ExecutorJob(job))
        }
    }

    /// Ends the thread once it has done what it has to do.
    func stop() {
        let wakes = queue.withLock { queue in
            queue.isStopping = true
            return queue.wakes()
        }
        if wakes { more.signal() }
    }

    @discardableResult
    private func add(_ new: Work) -> Bool {
        let wakes: Bool? = queue.withLock { queue in
            guard !queue.isStopping else { return nil }
            queue.work.append(new)
            return queue.wakes()
        }
        if wakes == true { more.signal() }
        return wakes != nil
    }

    private func run() {
        var taken: [Work] = []
        while true {
            let isDone = queue.withLock { queue in
                swap(&taken, &queue.work)
                queue.isWaiting = taken.isEmpty && !queue.isStopping
                return taken.isEmpty && queue.isStopping
            }
            if isDone { return }
            if taken.isEmpty { more.wait() }
            for work in taken {
                switch work {
                case .job(let job): job.runSynchronously(on: asUnownedTaskExecutor())
                case .call(let body): body()
                }
            }
            taken.removeAll(keepingCapacity: true)
        }
    }
}
