import CarafeHTTP
import Logging

/// How everything but the access log is written.
public enum LogFormat: String, Sendable, CaseIterable {
    /// Lines for people, or what the program's own logging system makes of them.
    case text
    /// One JSON object a line, with the names of the Elastic Common Schema.
    case json
}

/// Writes each line as a JSON object to standard error.
struct JSONLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    private let label: String
    private let stream: StandardStream

    init(label: String, level: Logger.Level, stream: StandardStream = .error) {
        (self.label, logLevel, self.stream) = (label, level, stream)
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        guard let line = line(for: event) else { return }
        stream.write(line + "\n")
    }

    func line(for event: LogEvent) -> String? {
        var all = metadata
        for (key, value) in event.metadata ?? [:] { all[key] = value }
        var line = JSONObject()
        line["@timestamp"] = .string(LogTime.iso8601())
        line["log.level"] = .string(event.level.rawValue)
        line["message"] = .string(event.message.description)
        line["ecs.version"] = .string(ECS.version)
        line["log.logger"] = .string(label)
        // The request's id has a name in the schema; the rest are labels.
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            line[key == "request" ? "http.request.id" : "labels.\(key)"] = .string(
                Secrets.isSecret(key) ? Secrets.mask : value.description)
        }
        return try? JSONWriter().string(from: JSONValue.object(line))
    }
}
