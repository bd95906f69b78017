import CarafeHTTP
import Synchronization

/// Runs work in the calling task and counts it.
final class CountingExecutor: SpoolExecutor {
    private let runs = Mutex(0)

    var count: Int { runs.withLock { $0 } }

    func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        runs.withLock { $0 += 1 }
        return try work()
    }
}
