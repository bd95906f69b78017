import Glibc

/// How far this thread's stack reaches, so that a deep template ends with an error and not with a fault.
struct StackBounds {
    /// The address below which no further level is begun: what is left is for the code of one level and what it calls.
    private let lowest: UInt

    /// Whether there is room for another level.
    @inline(__always)
    var hasRoom: Bool { Self.currentAddress > lowest }

    /// The bounds of the thread that asks. The first time costs a read of the memory map; then they are remembered for the
    /// thread.
    static var ofThisThread: StackBounds {
        if let known = pthread_getspecific(key) { return StackBounds(lowest: UInt(bitPattern: known)) }
        let bounds = StackBounds(lowest: measure())
        pthread_setspecific(key, UnsafeRawPointer(bitPattern: bounds.lowest))
        return bounds
    }

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        return key
    }()

    @inline(__always)
    private static var currentAddress: UInt {
        var marker: UInt8 = 0
        return withUnsafePointer(to: &marker) { UInt(bitPattern: $0) }
    }

    private static func measure() -> UInt {
        // A GNU function, which Swift's Glibc module leaves out.
        typealias GetAttributes = @convention(c) (pthread_t, UnsafeMutablePointer<pthread_attr_t>) -> Int32
        var attributes = pthread_attr_t()
        guard let symbol = dlsym(nil, "pthread_getattr_np"),
            unsafeBitCast(symbol, to: GetAttributes.self)(pthread_self(), &attributes) == 0
        else {
            // What the smallest stacks of threads have left.
            return currentAddress &- UInt(256 << 10)
        }
        defer { pthread_attr_destroy(&attributes) }
        var address: UnsafeMutableRawPointer?
        var size = 0
        guard pthread_attr_getstack(&attributes, &address, &size) == 0 else { return currentAddress &- UInt(256 << 10) }
        return UInt(bitPattern: address) &+ UInt(min(512 << 10, size / 3))
    }
}
