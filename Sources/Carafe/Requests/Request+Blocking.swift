import CarafeHTTP
import NIOPosix

extension Request {
    /// Runs work that blocks (a slow computation, a file, a C library) on the thread pool and waits for it, so that
    /// the event loop serves others in the meantime.
    ///
    /// ```swift
    /// let thumbnail = try await request.blocking { try shrink(photo) }
    /// ```
    public func blocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await NIOThreadPool.singleton.runIfActive(work)
    }
}
