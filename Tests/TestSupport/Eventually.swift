/// Whether `condition` becomes true, within a time that only a failing test needs.
package func eventually(
    isolation: isolated (any Actor)? = #isolation, within timeout: Duration = .seconds(30), _ condition: () -> Bool
) async -> Bool {
    let end = ContinuousClock.now + timeout
    while !condition() {
        guard ContinuousClock.now < end else { return false }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return true
}
