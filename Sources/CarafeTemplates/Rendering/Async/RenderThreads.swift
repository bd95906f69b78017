import Glibc

/// Threads for renders that wait: for functions that are `async`, or for readers of streamed output that are slower.
///
/// A render is synchronous. Where it must wait, it waits on a thread of this kind, never on an event loop or a thread of
/// Swift's own pool, all of which would stand still with it. The threads have stacks of 8 MB, of which only the pages that are
/// used cost memory; they are started when they are needed and end when they have had nothing to do for ten seconds.
///
/// ```swift
/// let text = try await RenderThreads.shared.run { try template.render(values) }
/// ```
public final class RenderThreads: Sendable {
    /// The pool of all environments with the default of ``TemplateLimits/renderThreads``.
    public static let shared = RenderThreads()

    /// How many renders may be on their way at once. Others wait for their turn, without holding up any thread.
    public let limit: Int

    private let idleSeconds: Int
    private let pool = Monitor(Pool())

    private struct Pool {
        var waiting = RenderQueue()
        var threads = 0
        /// How many threads have nothing to do.
        var idle = 0
    }

    /// A pool of at most `limit` threads.
    public convenience init(limit: Int = TemplateLimits().renderThreads) { self.init(limit: limit, idleSeconds: 10) }

    init(limit: Int, idleSeconds: Int) {
        self.limit = max(limit, 1)
        self.idleSeconds = idleSeconds
    }

    /// The pool of an environment with these limits: one of its own if its size is not the usual one.
    static func of(_ limits: TemplateLimits) -> RenderThreads {
        limits.renderThreads == shared.limit ? shared : RenderThreads(limit: limits.renderThreads)
    }

    /// How many threads there are now.
    var count: Int { pool.change(wakes: false) { $0.threads } }

    /// Runs `body` on one of the threads.
    ///
    /// Asynchronous functions that `body` waits for with ``AsyncBridge`` run in the task that calls this: with its task-local
    /// values, its priority and its cancellation. `body` itself runs outside of any task and sees no task-local values.
    ///
    /// A render inside such a function has a thread beyond the limit, as it could wait for itself for ever otherwise. Eight may
    /// be inside one another.
    ///
    /// - Throws: what `body` throws; `CancellationError` where the task is cancelled before `body` has begun, or while it waits
    public func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        let outcome = Monitor<Value?>(nil)
        let job = RenderJob { _ in
            let value = try body()
            outcome.change { $0 = value }
        }
        try await withTaskCancellationHandler {
            try start(job)
            while let event = try await job.nextEvent() {
                if case .operation(let operation) = event { await Self.serve(operation) }
            }
        } onCancel: {
            job.cancel()
        }
        guard let value = outcome.change(wakes: false, { $0 }) else { throw CancellationError() }
        return value
    }

    /// How many renders, each started by an asynchronous function of the one before, the current task is in.
    @TaskLocal private static var depth = 0

    /// Runs an asynchronous function for a render that waits for it.
    static func serve(_ operation: RenderOperation) async {
        await $depth.withValue(depth + 1) { await operation.run() }
    }

    /// Gives the job to a thread, or puts it into the queue.
    func start(_ job: RenderJob) throws {
        let isNested = Self.depth > 0
        guard Self.depth <= 8 else {
            throw TemplateError(.limit, "more than 8 renders inside one another's asynchronous functions")
        }
        let needsThread = pool.change(wakes: false) { pool in
            if isNested { pool.waiting.prepend(job) } else { pool.waiting.append(job) }
            guard pool.waiting.count > pool.idle, pool.threads < limit || isNested else { return false }
            pool.threads += 1
            return true
        }
        if !needsThread { return pool.wakeOne() }
        guard !startThread() else { return }
        // No memory for another thread. Those that there are do the job when they can; without any nobody would.
        let isStranded = pool.change(wakes: false) { pool in
            pool.threads -= 1
            return pool.threads == 0 || isNested
        }
        if isStranded { job.refuse(TemplateError(.limit, "no thread could be started to render on")) }
    }

    private func startThread() -> Bool {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, 8 << 20)
        var thread = pthread_t()
        let reference = Unmanaged.passRetained(self)
        let status = pthread_create(
            &thread, &attributes,
            { pointer in
                if let pointer { Unmanaged<RenderThreads>.fromOpaque(pointer).takeRetainedValue().work() }
                return nil
            }, reference.toOpaque())
        if status != 0 { reference.release() }
        return status == 0
    }

    /// What a thread does.
    private func work() {
        var hasWorked = false
        while let job = nextJob(hasWorked: hasWorked) {
            hasWorked = true
            job.run()
        }
    }

    private func nextJob(hasWorked: Bool) -> RenderJob? {
        let next = pool.change(wakes: false) { pool -> RenderJob?? in
            // One beyond the limit ends with its first job.
            if pool.threads > limit, hasWorked || pool.waiting.count == 0 {
                pool.threads -= 1
                return .some(nil)
            }
            if let job = pool.waiting.popFirst() { return job }
            pool.idle += 1
            return nil
        }
        if let next { return next }
        return pool.wait(seconds: idleSeconds) { pool in
            guard let job = pool.waiting.popFirst() else { return nil }
            pool.idle -= 1
            return job
        } late: { pool in
            pool.idle -= 1
            pool.threads -= 1
            return nil
        }
    }
}

/// Jobs that wait for a thread.
struct RenderQueue {
    /// The next ones, the very next one last.
    private var next: [RenderJob] = []
    private var later: [RenderJob] = []

    var count: Int { next.count + later.count }

    mutating func append(_ job: RenderJob) { later.append(job) }

    mutating func prepend(_ job: RenderJob) { next.append(job) }

    mutating func popFirst() -> RenderJob? {
        if next.isEmpty {
            next = later.reversed()
            later = []
        }
        return next.popLast()
    }
}
