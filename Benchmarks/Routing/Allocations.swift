// Counts what the process allocates. With glibc an executable may define `malloc` itself, which the Swift runtime then
// calls too; this one counts and hands on to glibc's own.

#if canImport(Glibc)
    @_silgen_name("__libc_malloc")
    private func libraryMalloc(_ size: Int) -> UnsafeMutableRawPointer?

    /// How often memory has been asked for. Only one thread runs here.
    nonisolated(unsafe) private var calls = 0

    @_cdecl("malloc")
    public func countingMalloc(_ size: Int) -> UnsafeMutableRawPointer? {
        calls &+= 1
        return libraryMalloc(size)
    }

    /// Allocations for each of many steps; nil where they cannot be counted.
    func allocations(in step: () -> Int) -> Double? {
        let before = calls
        withExtendedLifetime(Counted()) {}
        guard calls > before else { return nil }
        let start = calls
        var check = 0
        for _ in 0..<1000 { check &+= step() }
        return Double(calls - start) / 1000 + (check == 0 ? .nan : 0)
    }

    /// An allocation that must be counted, or else the count is worth nothing.
    private final class Counted {
        var bytes = (0..<64).map { UInt8(truncatingIfNeeded: $0 ^ CommandLine.arguments.count) }
    }
#else
    /// Allocations for each of many steps; nil where they cannot be counted.
    func allocations(in step: () -> Int) -> Double? { nil }
#endif
