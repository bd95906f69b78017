/// The way from a synchronous render to asynchronous functions.
enum AsyncBridge {
    /// Waits for an asynchronous function on a thread of ``RenderThreads``.
    ///
    /// - Throws: what the function throws; a ``TemplateError`` on a thread of any other kind, which must not wait
    static func wait<Value: Sendable>(
        for operation: @escaping @Sendable () async throws -> Value, name: String = "this function"
    ) throws -> Value {
        guard let job = RenderJob.current else {
            throw TemplateError(
                .runtime,
                "\(name) is asynchronous, and this render is not: use renderAsync, or a stream, where templates call it"
            )
        }
        return try job.wait(for: operation)
    }

    /// Ends a render that nobody waits for any more. For loops that run long and places where output is handed on.
    static func checkCancellation() throws {
        if let job = RenderJob.current, job.isCancelled { throw CancellationError() }
    }
}

/// Runs `body`, a render that may wait for asynchronous functions, on a thread that may wait.
func withRenderThread<Value: Sendable>(
    of threads: RenderThreads = .shared, _ body: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await threads.run(body)
}
