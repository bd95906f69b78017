import Carafe
import Synchronization

/// What has happened, in its order.
final class LifecycleTrace: Sendable {
    private let state = Mutex<[String]>([])

    var events: [String] { state.withLock { $0 } }

    func add(_ event: String) { state.withLock { $0.append(event) } }

    /// Waits until the request is over, and takes what it left.
    func take() async -> [String] {
        while !events.contains(where: { $0.utf8.starts(with: "tearing".utf8) }) { await Task.yield() }
        return state.withLock { events in
            defer { events = [] }
            return events
        }
    }

    /// How an error is called in a trace.
    static func kind(_ error: (any Error)?) -> String {
        guard let error else { return "none" }
        if let error = error as? InternalServerError { return kind(error.originalError) }
        if let error = error as? any HTTPError { return "HTTP \(error.status.code)" }
        return "\(type(of: error))"
    }
}

/// Writes the app's log into a trace.
struct TraceLog: LogHandler {
    let trace: LifecycleTrace
    var metadata = Logger.Metadata()
    var logLevel = Logger.Level.trace

    init(_ trace: LifecycleTrace) { self.trace = trace }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { trace.add("log \(event.level)") }
}
