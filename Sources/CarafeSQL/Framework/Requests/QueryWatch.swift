public import Carafe
import Synchronization

/// What becomes of the records of an app's statements.
///
/// In debug mode each request keeps those that it sent, and a statement that one sends again and again is pointed out. The
/// logger gets all at level `debug`, or at `info` where `SQLALCHEMY_ECHO` is set; values are in no log.
struct QueryWatch: Sendable {
    private let logger: Logger
    private let level: Logger.Level
    private let keeps: Bool
    private let repetitionLimit: Int?

    /// Nil where nobody wants to know.
    init?(_ settings: Databases, _ config: Config?, _ logger: Logger) {
        let flag = { (key: String) in ((try? config?.bool(key)) ?? nil) ?? false }
        let isEchoing = flag("SQLALCHEMY_ECHO")
        self.logger = logger
        level = isEchoing ? .info : .debug
        keeps = config?.debug == true || flag("SQLALCHEMY_RECORD_QUERIES")
        repetitionLimit = keeps ? settings.repetitionLimit : nil
        guard keeps || logger.logLevel <= level else { return nil }
    }

    /// Keeps and logs a record.
    @Sendable func record(_ record: QueryRecord) {
        let request = Request.current
        if logger.logLevel <= level {
            (request?.logger ?? logger).log(level: level, "\(Self.line(record))")
        }
        guard keeps, let request else { return }
        let log = request.queryLog
        let count = log.add(record)
        guard count == repetitionLimit else { return }
        request.logger.warning(
            """
            \(record.source) has sent the same statement \(count) times in this request: \(record.statement.onOneLine). \
            One statement for all of them, with IN (\\(list)) or a JOIN, is faster.
            """)
    }

    private static func line(_ record: QueryRecord) -> String {
        let microseconds = record.duration.microseconds
        let rest = String(microseconds % 1000)
        let duration = "\(microseconds / 1000)." + String(repeating: "0", count: 3 - rest.utf8.count) + rest
        let outcome = record.error.map { "\($0.kind)" } ?? "\(record.rows) \(record.rows == 1 ? "row" : "rows")"
        return "\(record.statement.onOneLine) [\(duration) ms, \(outcome), \(record.source)]"
    }
}

/// The statements that one request has sent, up to a limit.
final class QueryLog: Sendable {
    private struct State {
        var records: [QueryRecord] = []
        var counts: [Origin: Int] = [:]
    }

    /// A statement at a place in the source.
    private struct Origin: Hashable {
        var statement: String
        var source: String
    }

    private static let limit = 1000

    private let state = Mutex(State())

    /// Keeps a record.
    ///
    /// - Returns: how many times the statement has been sent from this place
    func add(_ record: QueryRecord) -> Int {
        state.withLock { state in
            guard state.records.count < Self.limit else { return 0 }
            state.records.append(record)
            return state.counts[Origin(statement: record.statement, source: record.source), default: 0].increment()
        }
    }

    var records: [QueryRecord] { state.withLock { $0.records } }
}

extension Int {
    fileprivate mutating func increment() -> Int {
        self += 1
        return self
    }
}

extension Request {
    /// The statements that this request has sent, the first 1,000 of them, in debug mode or where `SQLALCHEMY_RECORD_QUERIES` is
    /// set (Flask-SQLAlchemy's `get_recorded_queries`). Their values may be secret.
    public var queries: [QueryRecord] { self[QueryLog.self]?.records ?? [] }

    fileprivate var queryLog: QueryLog { value(orKeep: QueryLog()) }
}

extension String {
    /// The text with each run of white space as one space.
    fileprivate var onOneLine: String {
        let words = utf8.split { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }
        return String(decoding: Array(words.joined(separator: [0x20])), as: UTF8.self)
    }
}
