import Glibc

/// How far this thread's stack reaches, so that a deep template ends with an error and not with a fault.
struct StackBounds {
    /// What must be left for the code of one level and the functions that it calls.
    private static let reserve = 192 << 10

    private let lowest: UInt

    /// Whether there is room for another level.
    @inline(__always)
    var hasRoom: Bool {
        var marker: UInt8 = 0
        return withUnsafePointer(to: &marker) { UInt(bitPattern: $0) } > lowest
    }

    /// The bounds of the thread that asks. The first time costs a system call or a read of the memory map; then they are
    /// remembered for the thread.
    static var ofThisThread: StackBounds {
        if let known = pthread_getspecific(key) { return StackBounds(lowest: UInt(bitPattern: known)) }
        let lowest = lowestAddress() &+ UInt(reserve)
        pthread_setspecific(key, UnsafeRawPointer(bitPattern: lowest))
        return StackBounds(lowest: lowest)
    }

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        return key
    }()

    /// The lowest address of the stack; 0, which checks nothing, where the system does not tell.
    private static func lowestAddress() -> UInt {
        var attributes = pthread_attr_t()
        guard pthread_getattr_np(pthread_self(), &attributes) == 0 else { return 0 }
        defer { pthread_attr_destroy(&attributes) }
        var address: UnsafeMutableRawPointer?
        var size = 0
        guard pthread_attr_getstack(&attributes, &address, &size) == 0, let address else { return 0 }
        return UInt(bitPattern: address)
    }
}
