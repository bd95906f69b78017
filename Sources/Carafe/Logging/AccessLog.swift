import CarafeHTTP
import CarafeServer
import HTTPTypes
import Logging
import NIOCore
import Synchronization

/// Writes one line for each request when it is over.
struct AccessLog: Sendable {
    private enum Form {
        case pattern(AccessLogPattern)
        case json
    }

    private let form: Form
    private let logger: Logger

    /// - Throws: ``ConfigurationProblem`` where the format has a name that does not exist
    init(_ format: AccessLogFormat, logger: Logger = AccessLog.standardLogger) throws(ConfigurationProblem) {
        form =
            switch format {
            case .common: .pattern(try AccessLogPattern(AccessLogPattern.common))
            case .combined: .pattern(try AccessLogPattern(AccessLogPattern.combined))
            case .pattern(let text): .pattern(try AccessLogPattern(text))
            case .json: .json
            }
        self.logger = logger
    }

    /// Writes bare lines to standard output.
    private static let standardLogger = Logger(label: "carafe.access") { _ in BareLogHandler() }

    func write(_ record: AccessRecord) {
        switch form {
        case .pattern(let pattern): logger.info("\(pattern.line(for: record))")
        case .json: if let line = try? JSONWriter().string(from: AccessEvent(record)) { logger.info("\(line)") }
        }
    }

    /// The server's own answer to what it does not let through.
    func write(_ refusal: RefusedRequest) {
        write(
            AccessRecord(
                request: refusal.head.map { Request(head: $0, body: RequestBody(), connection: refusal.connection) },
                client: refusal.connection, status: refusal.status.code, bytes: refusal.length))
    }
}

/// A responder with an access log around it.
struct LoggedResponder: Responder {
    let next: any Responder
    let log: AccessLog

    func respond(to request: Request) -> Reply {
        let start = ContinuousClock.now
        return next.respond(to: request).map { watched($0, request, start) }
    }

    /// The response, whose end is written down.
    private func watched(_ response: Response, _ request: Request, _ start: ContinuousClock.Instant) -> Response {
        var response = response
        let (status, headers) = (response.status, response.headers)
        let framing = ResponseFraming(
            status: status, contentLength: response.body.length, method: request.method, version: request.head.version)
        var counter: ByteCounter?
        let length = framing.sendsContent ? response.body.length : 0
        if framing.sendsContent, case .stream(let length, let work) = response.body.storage {
            let count = ByteCounter()
            counter = count
            response.body.storage = .stream(length: length) { writer in
                try await work(ResponseWriter(CountingSink(writer: writer, counter: count)))
            }
        }
        response.onClose { [log, counter] _ in
            // Behind a proxy, the app knows the client by another address than the server.
            let client = request.appContext?.connection ?? request.connection
            log.write(
                AccessRecord(
                    request: request, client: client, status: status.code, headers: headers,
                    bytes: counter?.value ?? length, duration: .now - start))
        }
        return response
    }
}

/// Counts what is written.
private final class ByteCounter: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }

    func add(_ bytes: Int) { count.wrappingAdd(bytes, ordering: .relaxed) }
}

private struct CountingSink: ResponseSink {
    let writer: ResponseWriter
    let counter: ByteCounter

    func write(_ bytes: ByteBuffer) async throws {
        try await writer.write(bytes)
        counter.add(bytes.readableBytes)
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
