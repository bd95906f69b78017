import Dispatch
import Testing

/// Runs `body` where it may block.
package func onOwnThread<Result: Sendable>(
    _ body: @Sendable () async throws -> Result
) async rethrows -> Result {
    try await withTaskExecutorPreference(OwnThread()) { try await body() }
}

/// Runs a task's jobs on a queue of its own.
private final class OwnThread: TaskExecutor {
    private let queue = DispatchQueue(label: "own thread")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Runs each test where it may block, so that it keeps none of those beside it from running.
package struct OwnThreadTrait: SuiteTrait, TestTrait, TestScoping {
    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await onOwnThread { try await function() }
    }
}

extension Trait where Self == OwnThreadTrait {
    /// Each test runs on a thread of its own.
    package static var mayBlock: Self { Self() }
}
