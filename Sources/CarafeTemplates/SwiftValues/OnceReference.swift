import Synchronization

/// A reference that is set once, by whichever thread is first.
///
/// `AtomicLazyReference` does the same; its code is generic in another module, and costs 50 ns to read where this costs one.
///
/// `@unchecked`: the bits are atomic, and what they refer to is kept as long as they are.
struct OnceReference<Instance: AnyObject & Sendable>: ~Copyable, @unchecked Sendable {
    private let bits = Atomic<UInt>(0)

    init() {}

    deinit {
        if let instance = Self.unmanaged(bits.load(ordering: .acquiring)) { instance.release() }
    }

    /// What has been set, if something has.
    @inline(__always)
    func load() -> Instance? {
        Self.unmanaged(bits.load(ordering: .acquiring))?.takeUnretainedValue()
    }

    /// Sets `instance`, unless something has been set before.
    ///
    /// - Returns: what is set now
    func storeIfNil(_ instance: Instance) -> Instance {
        let retained = Unmanaged.passRetained(instance)
        let (isStored, original) = bits.compareExchange(
            expected: 0, desired: UInt(bitPattern: retained.toOpaque()), ordering: .acquiringAndReleasing)
        if isStored { return instance }
        retained.release()
        return Self.unmanaged(original)?.takeUnretainedValue() ?? instance
    }

    @inline(__always)
    private static func unmanaged(_ bits: UInt) -> Unmanaged<Instance>? {
        UnsafeRawPointer(bitPattern: bits).map { Unmanaged.fromOpaque($0) }
    }
}
