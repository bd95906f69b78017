import Carafe
import Synchronization
import Testing

/// An app without files that only the given variables configure, and what it logs.
func smallApp(_ variables: [String: String]? = nil, debug: Bool = false) -> (app: App, log: LogLines) {
    let app = App(
        "small", root: "/nonexistent", staticFolder: nil, environment: variables.map { .variables($0) } ?? .none)
    app.config.secretKey = "for tests"
    if debug {
        app.config.debug = true
        app.config.accessLog = nil
        app.config["ACCESS_LOG"] = "off"
    }
    let log = LogLines()
    app.logger = Logger(label: "small") { _ in log.handler }
    return (app, log)
}

/// What was logged, a line each: the level and the message.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    /// Every line so far.
    var all: [String] { lines.withLock { $0 } }

    /// The lines that contain a text.
    func containing(_ text: String) -> [String] { all.filter { $0.contains(text) } }

    var handler: some LogHandler { Handler(lines: self) }

    private struct Handler: LogHandler {
        let lines: LogLines
        var metadata = Logger.Metadata()
        var logLevel = Logger.Level.debug

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            lines.lines.withLock { $0.append("\(event.level): \(event.message)") }
        }
    }
}

extension App {
    /// The mistakes that the start reports.
    func problems() async -> [ConfigurationProblem] {
        do {
            _ = try await start()
            return []
        } catch let error as ConfigurationError {
            return error.problems
        } catch {
            Issue.record("The start threw \(error).")
            return []
        }
    }
}

extension ConfigurationProblem {
    /// The file and line that it names.
    var place: String { location?.description ?? "" }
}
