public import CarafeHTTP
import CarafeServer
import FoundationEssentials
public import HTTPTypes

/// Answers clients that ask too often with 429 (Flask-Limiter's limits, counted in this process).
///
/// ```swift
/// app.use(RateLimit("200 per day; 50 per hour"))
/// app.use(RateLimit("5 per minute", strategy: .movingWindow, on: ["/login"], methods: [.post]))
/// app.use(RateLimit("1000/hour", by: { $0.headers[.authorization] }))
/// ```
///
/// Clients are told apart by their addresses, IPv6 ones by their networks of 64 bits: put it after ``ProxyHeaders``, or all
/// of a proxy's clients are one. Responses tell the limit in `X-RateLimit-Limit`, `-Remaining` and `-Reset` (seconds of the
/// epoch) and in `Retry-After`. Each process counts for itself: with several workers a client may ask as many times as often.
public struct RateLimit: ConfiguredMiddleware {
    /// How requests are counted.
    public enum Strategy: Sendable {
        /// From a client's first request on for the limit's time; then from the next one on. A client may ask twice as often
        /// around the end.
        case fixedWindow
        /// The requests of the limit's time up to now. Each client's times are kept, so that a limit allows at most 1,000.
        case movingWindow
    }

    /// The most requests that a limit with a moving window may allow.
    public static let movingWindowLimit = 1_000

    /// The most bytes of a client's key that count.
    public static let keyLimit = 256

    private let text: String
    private let strategy: Strategy
    private let paths: [String]
    private let methods: [HTTPRequest.Method]?
    private let tells: Bool
    private let capacity: Int
    private let key: @Sendable (Request) -> String?
    private var counted: PathPatterns?
    private var counts: RequestCounts?

    /// Limits for all requests to some paths together.
    ///
    /// - Parameters:
    ///   - limits: the limits, such as `2 per minute; 100/day`; all of them hold
    ///   - strategy: how requests are counted
    ///   - paths: patterns of the paths that count, in which `*` stands for any characters
    ///   - methods: the methods that count; nil for all
    ///   - sendsHeaders: whether responses tell the limit
    ///   - capacity: how many clients are remembered at most; those who have not asked for longest are forgotten
    ///   - key: what tells clients apart; nil where a request does not count. The address by default.
    public init(
        _ limits: String, strategy: Strategy = .fixedWindow, on paths: [String] = ["*"],
        methods: [HTTPRequest.Method]? = nil, sendsHeaders: Bool = true, capacity: Int = 20_000,
        by key: (@Sendable (Request) -> String?)? = nil
    ) {
        text = limits
        self.strategy = strategy
        self.paths = paths
        self.methods = methods
        tells = sendsHeaders
        self.capacity = capacity
        self.key = key ?? { $0.connection.remoteAddress?.network ?? "" }
    }

    /// Reads the limits and the paths.
    public func configured(by config: inout Config) throws(ConfigurationProblem) -> any Middleware {
        let limits = try RequestLimit.list(text)
        if case .movingWindow = strategy, let limit = limits.first(where: { $0.amount > Self.movingWindowLimit }) {
            throw ConfigurationProblem(
                "The rate limit '\(limit)' is too much for a moving window.",
                hint: "Up to \(Self.movingWindowLimit) requests can be told apart; use .fixedWindow for more.")
        }
        var configured = self
        configured.counted = try PathPatterns(paths)
        configured.counts = RequestCounts(limits, strategy, capacity: capacity)
        return configured
    }

    /// Passes the request on, or refuses it.
    public func respond(to request: Request, next: any Responder) -> Reply {
        guard methods?.contains(request.method) ?? true, counted?.contains(request.path) ?? false,
            let key = key(request),
            let verdict = counts?.take(String(decoding: key.utf8.prefix(Self.keyLimit), as: UTF8.self))
        else { return next.respond(to: request) }
        let fields = tells ? Self.fields(verdict) : []
        guard let limit = verdict.breached else {
            return fields.isEmpty
                ? next.respond(to: request) : next.respond(to: request).map { Self.add(fields, to: $0) }
        }
        return .now(Self.add(fields, to: Abort(.tooManyRequests, limit.description).page(for: request)))
    }

    // MARK: - What is told

    private static func fields(_ verdict: RequestCounts.Verdict) -> [(HTTPField.Name?, String)] {
        // As in Flask-Limiter, both are after the limit's end and never before it.
        let reset = Int(Date().timeIntervalSince1970 + Double(verdict.resetsIn) / 1_000) + 1
        return [
            (limitName, String(verdict.shown.amount)), (remainingName, String(verdict.remaining)),
            (resetName, String(reset)), (.retryAfter, String((verdict.resetsIn + 999) / 1_000)),
        ]
    }

    /// The response with the fields; one of another limit, or of the app, that is told already stays.
    private static func add(_ fields: [(HTTPField.Name?, String)], to response: Response) -> Response {
        var response = response
        for (name, value) in fields {
            if let name, !response.headers.contains(name) { response.headers[name] = value }
        }
        return response
    }

    private static let limitName = HTTPField.Name("X-RateLimit-Limit")
    private static let remainingName = HTTPField.Name("X-RateLimit-Remaining")
    private static let resetName = HTTPField.Name("X-RateLimit-Reset")
}
