import Logging
import Synchronization

/// Runs an app's readiness checks, side by side, and keeps what they found for a moment.
actor ReadinessChecks {
    /// What became of a check.
    struct Result: Sendable {
        enum Outcome: Sendable {
            case passed
            case failed(any Error)
            case tookTooLong
            /// The one before has not come back.
            case stuck
        }

        let name: String
        let outcome: Outcome
        let duration: Duration

        var hasPassed: Bool { if case .passed = outcome { true } else { false } }
    }

    private let checks: [ReadinessCheck]
    private let timeout: Duration
    private let cacheTime: Duration
    private let logger: Logger

    private var latest: (results: [Result], time: ContinuousClock.Instant)?
    private var running: Task<[Result], Never>?
    private var failing: Set<String> = []
    /// The checks, by their places, that have not come back.
    private let outstanding = Mutex<Set<Int>>([])

    init(_ checks: [ReadinessCheck], timeout: Duration, cacheTime: Duration, logger: Logger) {
        (self.checks, self.timeout, self.cacheTime, self.logger) = (checks, timeout, cacheTime, logger)
    }

    /// What the checks find, in their order.
    func results() async -> [Result] {
        if checks.isEmpty { return [] }
        if let latest, .now - latest.time < cacheTime { return latest.results }
        // Probes that come together share one run.
        if let running { return await running.value }
        let task = Task { await self.run() }
        running = task
        return await task.value
    }

    private func run() async -> [Result] {
        let results = await withTaskGroup(of: (Int, Result).self) { group in
            for (index, check) in checks.enumerated() {
                group.addTask { (index, await self.run(check, at: index)) }
            }
            var results: [(Int, Result)] = []
            for await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
        latest = (results, .now)
        running = nil
        for result in results { note(result) }
        return results
    }

    /// Logs what has changed.
    private func note(_ result: Result) {
        let name = LogText.line(result.name)
        switch result.outcome {
        case .passed:
            if failing.remove(result.name) != nil { logger.notice("The readiness check '\(name)' passes again.") }
        case .failed(let error):
            guard failing.insert(result.name).inserted else { return }
            logger.warning("The readiness check '\(name)' failed: \(LogText.line("\(error)"))")
        case .tookTooLong, .stuck:
            guard failing.insert(result.name).inserted else { return }
            logger.warning("The readiness check '\(name)' took too long.")
        }
    }

    private nonisolated func run(_ check: ReadinessCheck, at index: Int) async -> Result {
        guard outstanding.withLock({ $0.insert(index).inserted }) else {
            return Result(name: check.name, outcome: .stuck, duration: .zero)
        }
        let start = ContinuousClock.now
        let timeout = timeout
        let outcome = await withCheckedContinuation { continuation in
            let answer = FirstAnswer(continuation)
            // A check that takes no notice of being cancelled must not hold the probe up.
            let work = Task {
                let outcome: Result.Outcome
                do {
                    try await check.run()
                    outcome = .passed
                } catch {
                    outcome = .failed(error)
                }
                _ = self.outstanding.withLock { $0.remove(index) }
                answer.give(outcome)
            }
            Task {
                try? await Task.sleep(for: timeout)
                if answer.give(.tookTooLong) { work.cancel() }
            }
        }
        return Result(name: check.name, outcome: outcome, duration: .now - start)
    }

    /// Resumes a continuation with the first of two answers.
    private final class FirstAnswer: Sendable {
        private let continuation: Mutex<CheckedContinuation<Result.Outcome, Never>?>

        init(_ continuation: CheckedContinuation<Result.Outcome, Never>) { self.continuation = Mutex(continuation) }

        /// - Returns: whether it was the first
        @discardableResult
        func give(_ outcome: Result.Outcome) -> Bool {
            let first = continuation.withLock { continuation in
                defer { continuation = nil }
                return continuation
            }
            first?.resume(returning: outcome)
            return first != nil
        }
    }
}
