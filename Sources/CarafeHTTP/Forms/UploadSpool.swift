import Dispatch

/// Where uploads that do not stay in memory go, and which threads write them.
public struct UploadSpool: Sendable {
    /// The folder for temporary files; nil is `$TMPDIR`, or `/tmp` where that is not set.
    ///
    /// A folder on the file system to which uploads are saved lets ``Upload/save(to:overwrite:permissions:)`` link the
    /// file into place instead of copying it.
    public var directory: String?

    /// Runs the work that blocks.
    public var executor: any SpoolExecutor

    /// A spool in `directory` whose files are written by `executor`; by default one thread that all spools share.
    public init(directory: String? = nil, executor: any SpoolExecutor = SpoolThread.shared) {
        self.directory = directory
        self.executor = executor
    }
}

/// Runs work that blocks on the disk somewhere else than on an event loop or the calling task's thread.
///
/// A server that has a thread pool gives it to ``UploadSpool`` as one of these:
///
/// ```swift
/// struct PoolExecutor: SpoolExecutor {
///     let pool: NIOThreadPool
///     func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
///         try await pool.runIfActive(work)
///     }
/// }
/// ```
public protocol SpoolExecutor: Sendable {
    /// Runs `work` on a thread that may block, and gives what it returns or throws.
    func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T
}

/// One thread that runs one piece of work after the other, started when there is work and gone when there is none.
///
/// One is enough to keep one disk busy; give ``UploadSpool`` a thread pool where uploads go to several.
public final class SpoolThread: SpoolExecutor {
    /// The thread that all spools use unless told otherwise.
    public static let shared = SpoolThread()

    private let queue = DispatchQueue(label: "carafe.uploads")

    /// A thread of one's own.
    public init() {}

    /// Runs `work` after what was given before.
    public func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
