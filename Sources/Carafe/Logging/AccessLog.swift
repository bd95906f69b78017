import CarafeHTTP
import HTTPTypes
import Logging
import NIOCore

/// The form of the access log's lines.
public enum AccessLogFormat: String, Sendable, CaseIterable {
    /// The common log format of Apache's httpd, which Flask's development server follows:
    /// `host - - [time] "request line" status bytes`.
    case common
    /// One JSON object a line.
    case json
}

/// Writes one line for each request when it is over.
struct AccessLog: Sendable {
    private struct Entry: Encodable {
        var time: String
        var request: String
        var remote: String?
        var method: String
        var target: String
        var `protocol`: String
        var status: Int
        var bytes: Int?
        var milliseconds: Double
    }

    private let format: AccessLogFormat
    private let logger: Logger

    init(_ format: AccessLogFormat, logger: Logger = AccessLog.standardLogger) {
        self.format = format
        self.logger = logger
    }

    /// Writes bare lines to standard output.
    private static let standardLogger = Logger(label: "carafe.access") { _ in BareLogHandler() }

    func record(_ request: Request, _ context: Context, _ status: HTTPResponse.Status, _ bytes: Int?) {
        let target = request.maskedTarget
        // What the response says of its content, a HEAD request does not get.
        let bytes = request.method == .head ? 0 : bytes
        switch format {
        case .common:
            let size = bytes.map { $0 == 0 ? "-" : String($0) } ?? "-"
            let line = "\(request.method.rawValue) \(target) \(request.head.version)"
            logger.info(
                """
                \(request.remoteAddress ?? "-") - - [\(LogTime.common())] "\(LogText.quoted(line))" \(status.code) \(size)
                """)
        case .json:
            let elapsed = (context.started.map { ContinuousClock.now - $0 } ?? .zero).components
            let milliseconds = Double(elapsed.seconds) * 1000 + Double(elapsed.attoseconds / 1_000_000_000_000) / 1000
            let entry = Entry(
                time: LogTime.iso8601(), request: request.id, remote: request.remoteAddress,
                method: request.method.rawValue, target: LogText.line(target), protocol: request.head.version.rawValue,
                status: status.code, bytes: bytes, milliseconds: milliseconds)
            if let line = try? JSONWriter().string(from: entry) { logger.info("\(line)") }
        }
    }
}

/// A log handler that writes the message and nothing else.
private struct BareLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        StandardStream.output.write(event.message.description + "\n")
    }
}
