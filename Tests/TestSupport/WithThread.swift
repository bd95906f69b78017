import Foundation

/// Runs what blocks on a thread of its own: on one of Swift's own few, it would keep all other tests waiting.
package func withThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        Thread { continuation.resume(with: Swift.Result(catching: body)) }.start()
    }
}
