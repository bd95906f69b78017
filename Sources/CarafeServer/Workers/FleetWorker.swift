#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A worker as its supervisor knows it.
struct FleetWorker: Equatable {
    /// Where a worker stands; times are those of ``Monotonic``.
    enum Stage: Equatable {
        /// It has no process yet.
        case waiting(until: Duration)
        /// Its process runs and does not serve yet.
        case starting(since: Duration)
        case serving(since: Duration)
        /// It was told to end, and is killed where it takes longer.
        case leaving(until: Duration)
        /// It was sent a signal that ends it, and is killed where it takes longer.
        case ending(until: Duration?)
    }

    /// Workers are numbered as they come; no number comes twice.
    let number: Int
    /// The version of the executable that it runs.
    let version: Int
    var stage: Stage
    var process: pid_t?
    /// Whether it is to be replaced for another reason than its version.
    var isAskedToLeave = false
    /// When it has last told something.
    var heard: Duration
    var vitals = WorkerVitals()

    /// Whether there is a process.
    var isRunning: Bool { if case .waiting = stage { false } else { true } }

    var isServing: Bool { if case .serving = stage { true } else { false } }

    /// Whether it serves or is going to, and was not told to end.
    var isActive: Bool {
        switch stage {
        case .waiting, .starting, .serving: true
        case .leaving, .ending: false
        }
    }

    /// For a log line: `Worker 3 (process 4711)`.
    var name: String { "Worker \(number)" + (process.map { " (process \($0))" } ?? "") }
}
