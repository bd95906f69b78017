package import Logging
import Synchronization

/// Keeps the lines that a server logs.
package final class LogRecorder: Sendable {
    private let storage = Mutex<[String]>([])

    /// A log without lines.
    package init() {}

    /// The lines so far, each with its level before it.
    package var lines: [String] { storage.withLock { $0 } }

    /// Whether a line contains `text`.
    package func contains(_ text: String) -> Bool { lines.contains { $0.contains(text) } }

    /// A logger whose lines are kept.
    package var logger: Logger { Logger(label: "test") { _ in Handler(recorder: self) } }

    fileprivate func record(_ line: String) { storage.withLock { $0.append(line) } }

    private struct Handler: LogHandler {
        let recorder: LogRecorder
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.debug

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { recorder.record("\(event.level): \(event.message)") }
    }
}
