import Foundation

/// What the random cases of the tests grow from: the same in every run, so that a failure can be seen again.
///
/// `CARAFE_TEST_SEED` names another one, or `random` for one that nobody has seen before.
package enum TestSeed {
    /// The seed of this run.
    package static let value: UInt32 = {
        guard let text = ProcessInfo.processInfo.environment["CARAFE_TEST_SEED"] else { return 1 }
        return UInt32(text) ?? .random(in: 0...UInt32.max)
    }()
}
