import CarafeHTTP
import Logging
import NIOCore

/// Names, in debug mode, the handlers that hold their event loop: while one does, every other connection of the loop
/// waits.
struct Watchdog: Sendable {
    /// How long a handler may hold its loop.
    static let patience = Duration.milliseconds(50)

    let logger: Logger
    var patience = Watchdog.patience

    /// Measures what `answer` does on the loop at once, and each stretch of the work that it leaves for later.
    func watch(_ request: Request, _ answer: (Request) -> Reply) -> Reply {
        switch measure(request, { answer(request) }) {
        case .now(let response): return .now(response)
        case .later(let work):
            let loop = WatchedLoop(watchdog: self, request: request)
            return .later { await withTaskExecutorPreference(loop) { await work() } }
        }
    }

    /// Runs `work` and reports the request if it took too long.
    fileprivate func measure<Result>(_ request: Request, _ work: () -> Result) -> Result {
        let start = ContinuousClock.now
        defer { report(request, .now - start) }
        return work()
    }

    private func report(_ request: Request, _ time: Duration) {
        guard time > patience else { return }
        logger.warning(
            """
            \(request.endpoint.map { "The endpoint '\(LogText.line($0))'" } ?? "A request without a route") held its \
            event loop for \(time.milliseconds) ms (\(request.method.rawValue) \(LogText.line(request.path))); every other \
            connection of the loop had to wait. Put work that blocks into request.blocking { … }.
            """,
            metadata: ["request": .string(request.id)])
    }
}

/// An event loop as one request's task sees it: each of the task's stretches on the loop is measured.
private final class WatchedLoop: TaskExecutor {
    private let watchdog: Watchdog
    private let request: Request

    init(watchdog: Watchdog, request: Request) {
        self.watchdog = watchdog
        self.request = request
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        request.connection.eventLoop.execute {
            self.watchdog.measure(self.request) { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
    }
}
