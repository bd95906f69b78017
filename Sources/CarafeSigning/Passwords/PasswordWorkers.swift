import FoundationEssentials
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A few threads that hash passwords, so that neither an event loop nor Swift's own threads ever stand still for one.
///
/// Threads start with the first password and end with the last: starting one takes some 20 µs, a hash 60 ms. When as
/// many passwords wait as may, the next is refused at once, with ``PasswordHashError`` of kind `busy`: a wave of logins
/// costs those that come last, never the whole service.
public final class PasswordWorkers: Sendable {
    /// The most threads at a time; each may take the memory that one hash takes.
    public let maximumThreads: Int
    /// The most passwords that wait for a thread.
    public let maximumWaiting: Int

    /// The workers that all share: one thread a core, and 128 passwords that wait.
    public static let shared = PasswordWorkers()

    private let state = Mutex(State())

    private struct State {
        var waiting: [any PasswordJob] = []
        var threads = 0
    }

    /// Workers of their own.
    public init(
        maximumThreads: Int = ProcessInfo.processInfo.activeProcessorCount, maximumWaiting: Int = 128
    ) {
        self.maximumThreads = max(1, maximumThreads)
        self.maximumWaiting = max(0, maximumWaiting)
    }

    /// How many threads there are at this moment.
    var threadCount: Int { state.withLock { $0.threads } }

    /// How many wait for a thread at this moment, those included who were cancelled but whose place nobody needed yet.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Computes on one of the threads.
    ///
    /// A task that is cancelled stops waiting at once; a computation that has begun runs to its end, and its result is
    /// thrown away.
    ///
    /// - Throws: ``PasswordHashError`` of kind `busy`, or `CancellationError`.
    func run<Output: Sendable>(_ work: @escaping @Sendable () -> Output) async throws -> Output {
        let job = Job(work)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard job.wait(continuation) else { return }
                if !submit(job) { job.finish(.failure(PasswordHashError.busy)) }
            }
        } onCancel: {
            job.finish(.failure(CancellationError()))
        }
    }

    /// Takes a job in; false where there is no room.
    private func submit(_ job: any PasswordJob) -> Bool {
        state.withLock { state in
            if state.threads < maximumThreads, startThread() {
                // The thread comes for the job as soon as this lock is free.
                state.threads += 1
                state.waiting.append(job)
                return true
            }
            if state.waiting.count >= maximumWaiting { state.waiting.removeAll { !$0.isWaiting } }
            // Without a single thread, since the system gives none, nobody would ever come for it.
            guard state.threads > 0, state.waiting.count < maximumWaiting else { return false }
            state.waiting.append(job)
            return true
        }
    }

    /// Works until nothing waits.
    private func drain() {
        while let job = nextJob() { job.perform() }
    }

    private func nextJob() -> (any PasswordJob)? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.threads -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
    }

    /// Starts a thread that drains the queue; false where the system has none to give.
    private func startThread() -> Bool {
        let workers = Unmanaged.passRetained(self)
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        #if canImport(Darwin)
            var thread: pthread_t?
            let code = pthread_create(&thread, &attributes, { drainQueue($0) }, workers.toOpaque())
        #else
            var thread = pthread_t()
            let code = pthread_create(&thread, &attributes, { drainQueue($0) }, workers.toOpaque())
        #endif
        if code != 0 { workers.release() }
        return code == 0
    }

    /// What a thread does, from beginning to end.
    fileprivate static func work(_ workers: UnsafeMutableRawPointer) {
        Unmanaged<PasswordWorkers>.fromOpaque(workers).takeRetainedValue().drain()
    }
}

private func drainQueue(_ workers: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let workers { PasswordWorkers.work(workers) }
    return nil
}

/// A computation that waits for its thread.
private protocol PasswordJob: Sendable {
    var isWaiting: Bool { get }
    func perform()
}

/// A computation and whoever waits for its result, who is answered exactly once: by the result, by a refusal or by the
/// cancellation, whichever comes first.
private final class Job<Output: Sendable>: PasswordJob {
    private enum State {
        case new
        case waiting(CheckedContinuation<Output, any Error>)
        case finished
    }

    private let work: @Sendable () -> Output
    private let state = Mutex(State.new)

    init(_ work: @escaping @Sendable () -> Output) {
        self.work = work
    }

    /// Takes the continuation; answers it at once, and says false, where the task is cancelled already.
    func wait(_ continuation: CheckedContinuation<Output, any Error>) -> Bool {
        let isNew = state.withLock { state in
            guard case .new = state else { return false }
            state = .waiting(continuation)
            return true
        }
        if !isNew { continuation.resume(throwing: CancellationError()) }
        return isNew
    }

    func finish(_ result: Result<Output, any Error>) {
        let continuation: CheckedContinuation<Output, any Error>? = state.withLock { state in
            defer { state = .finished }
            guard case .waiting(let continuation) = state else { return nil }
            return continuation
        }
        continuation?.resume(with: result)
    }

    var isWaiting: Bool {
        state.withLock { state in
            if case .waiting = state { true } else { false }
        }
    }

    func perform() {
        if isWaiting { finish(.success(work())) }
    }
}
