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
    // `work` and `isStopping` are guarded by `mutex`; `taken` belongs to the thread alone; `id` is written before any work comes.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var work: [Work] = []
    private var isStopping = false
    private var isWaiting = false
    private let id = UnsafeMutablePointer<pthread_t?>.allocate(capacity: 1)

    private enum Work {
        case job(UnownedJob)
        case call(() -> Void)
    }

    /// Starts a thread. Nil where the system has none left.
    init?() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
        id.initialize(to: nil)
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        // Closures of transactions run here: as much as the main thread has, of which the system gives what is used.
        pthread_attr_setstacksize(&attributes, 8 << 20)
        pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
        defer { pthread_attr_destroy(&attributes) }
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
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
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(condition)
        mutex.deallocate()
        condition.deallocate()
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
        pthread_mutex_lock(mutex)
        isStopping = true
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
    }

    @discardableResult
    private func add(_ new: Work) -> Bool {
        pthread_mutex_lock(mutex)
        guard !isStopping else {
            pthread_mutex_unlock(mutex)
            return false
        }
        work.append(new)
        let wake = isWaiting
        isWaiting = false
        pthread_mutex_unlock(mutex)
        if wake { pthread_cond_signal(condition) }
        return true
    }

    private func run() {
        var taken: [Work] = []
        while true {
            pthread_mutex_lock(mutex)
            while work.isEmpty && !isStopping {
                isWaiting = true
                pthread_cond_wait(condition, mutex)
            }
            swap(&taken, &work)
            pthread_mutex_unlock(mutex)
            if taken.isEmpty { return }
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
