import Glibc

/// A render on a thread of ``RenderThreads``, and what passes between it and the task that wants its result.
///
/// The thread writes chunks of output, asks for asynchronous functions to be run, and ends. The task takes these events one
/// after another. A thread that has written as many chunks as may be unread, or that has asked for a function, waits.
final class RenderJob: Sendable {
    /// What the task is to do.
    enum Event {
        case chunk([UInt8])
        case operation(RenderOperation)
    }

    private struct State {
        var hasStarted = false
        var isCancelled = false
        /// The task that waits for an event.
        var consumer: CheckedContinuation<Void, Never>?
        var chunks: [[UInt8]] = []
        /// Asked for, and not begun.
        var operation: RenderOperation?
        var isOperationDone = false
        var end: Result<Void, any Error>?
    }

    private let state = Monitor(State())
    private let unreadLimit: Int
    private let body: @Sendable (RenderJob) throws -> Void

    /// - Parameter unreadLimit: how many chunks may be written before one is read
    init(unreadLimit: Int = 1, _ body: @escaping @Sendable (RenderJob) throws -> Void) {
        self.unreadLimit = max(unreadLimit, 1)
        self.body = body
    }

    /// Changes the state and wakes whoever waits for that.
    private func post(_ change: (inout State) -> Void) {
        let consumer = state.change { state in
            change(&state)
            defer { state.consumer = nil }
            return state.consumer
        }
        consumer?.resume()
    }
}

// MARK: - The task's side

extension RenderJob {
    /// The next event, or nil after the last one.
    ///
    /// - Throws: what the render threw
    func nextEvent() async throws -> Event? {
        while true {
            if let event = try takeEvent() { return event }
            await withCheckedContinuation { continuation in
                let isThere = state.change(wakes: false) { state in
                    if !state.chunks.isEmpty || state.operation != nil || state.end != nil { return true }
                    state.consumer = continuation
                    return false
                }
                if isThere { continuation.resume() }
            }
        }
    }

    /// An event that is there; nil in an optional after the last one.
    private func takeEvent() throws -> Event?? {
        try state.change { state in
            if !state.chunks.isEmpty { return .chunk(state.chunks.removeFirst()) }
            if let operation = state.operation {
                state.operation = nil
                return .operation(operation)
            }
            guard let end = state.end else { return nil }
            try end.get()
            return .some(nil)
        }
    }

    /// Ends the render as soon as it waits or asks whether it is cancelled; at once if it has not begun.
    func cancel() {
        post { state in
            state.isCancelled = true
            if !state.hasStarted, state.end == nil { state.end = .failure(CancellationError()) }
        }
    }

    /// Ends a job that has not begun with an error.
    func refuse(_ error: any Error) {
        post { state in
            if !state.hasStarted, state.end == nil { state.end = .failure(error) }
        }
    }
}

// MARK: - The thread's side

extension RenderJob {
    /// The job of this thread, or nil for a thread of another kind.
    static var current: RenderJob? {
        pthread_getspecific(key).map { Unmanaged<RenderJob>.fromOpaque($0).takeUnretainedValue() }
    }

    private static let key = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        return key
    }()

    /// Does the job, unless it was cancelled or refused before.
    func run() {
        let isWanted = state.change(wakes: false) { state in
            guard state.end == nil else { return false }
            state.hasStarted = true
            return true
        }
        guard isWanted else { return }
        pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque())
        let end = Result { try body(self) }
        pthread_setspecific(Self.key, nil)
        post { $0.end = end }
    }

    /// Whether nobody wants the result any more.
    var isCancelled: Bool { state.change(wakes: false) { $0.isCancelled } }

    /// Writes a chunk of output, and waits while too many are unread.
    ///
    /// - Throws: `CancellationError` where nobody reads any more
    func write(_ chunk: [UInt8]) throws {
        guard !chunk.isEmpty else { return }
        try state.wait { state -> Void? in
            if state.isCancelled { throw CancellationError() }
            return state.chunks.count < unreadLimit ? () : nil
        }
        post { $0.chunks.append(chunk) }
    }

    /// Has the task run `operation`, and waits for its end.
    ///
    /// - Throws: what the operation throws; `CancellationError` where the job was cancelled before it began
    func wait<Value: Sendable>(for operation: @escaping @Sendable () async throws -> Value) throws -> Value {
        let outcome = Monitor<Result<Value, any Error>?>(nil)
        let request = RenderOperation {
            let result: Result<Value, any Error>
            do { result = .success(try await operation()) } catch { result = .failure(error) }
            outcome.change { $0 = result }
            self.state.change { $0.isOperationDone = true }
        }
        if isCancelled { throw CancellationError() }
        post { state in
            state.operation = request
            state.isOperationDone = false
        }
        try state.wait { state -> Void? in
            if state.isOperationDone { return () }
            // Once begun it ends by itself: the task that runs it is cancelled too.
            guard state.isCancelled, state.operation != nil else { return nil }
            state.operation = nil
            throw CancellationError()
        }
        guard let result = outcome.change(wakes: false, { $0 }) else { throw CancellationError() }
        return try result.get()
    }
}

/// An asynchronous function that a render waits for.
struct RenderOperation: Sendable {
    let run: @Sendable () async -> Void
}
