import Carafe
import Synchronization

/// An app for one test, and what it logs.
func recordedApp(_ name: String = "recorded") -> (App, LogRecord) {
    let app = App(name, root: "/nonexistent", staticFolder: nil, environment: .none)
    let record = LogRecord()
    app.config.secretKey = "for tests"
    app.logger = Logger(label: name) { _ in LogRecorder(record) }
    return (app, record)
}

/// The lines of a log.
final class LogRecord: Sendable {
    private let state = Mutex<[(Logger.Level, String)]>([])

    func add(_ level: Logger.Level, _ message: String) { state.withLock { $0.append((level, message)) } }

    /// The messages of warnings and errors.
    var messages: [String] { state.withLock { $0.filter { $0.0 >= .warning }.map(\.1) } }
    /// The messages of errors.
    var errors: [String] { state.withLock { $0.filter { $0.0 >= .error }.map(\.1) } }
}

/// Writes a log into a record.
private struct LogRecorder: LogHandler {
    let record: LogRecord
    var metadata = Logger.Metadata()
    var logLevel = Logger.Level.trace

    init(_ record: LogRecord) { self.record = record }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { record.add(event.level, event.message.description) }
}
