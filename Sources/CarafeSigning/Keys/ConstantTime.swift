/// Whether two byte sequences are equal, in a time that tells nothing about where they differ.
///
/// Their lengths are not secret: different lengths answer at once.
package func constantTimeEquals(_ first: some Collection<UInt8>, _ second: some Collection<UInt8>) -> Bool {
    guard first.count == second.count else { return false }
    var difference: UInt8 = 0
    for (one, other) in zip(first, second) {
        difference |= one ^ other
    }
    return difference == 0
}

/// Whether two texts have the same UTF-8 bytes, in a time that tells nothing about where they differ.
package func constantTimeEquals(_ first: String, _ second: String) -> Bool {
    constantTimeEquals(first.utf8, second.utf8)
}
