public import CarafeHTTP
import CarafeServer
import FoundationEssentials
import HTTPTypes
import Synchronization

/// Answers with 503 while the app is being worked on.
///
/// ```swift
/// app.use(Maintenance(whileExists: "maintenance.flag", allowing: ["/livez", "/static/*"], from: ["10.0.0.0/8"]))
/// ```
public struct Maintenance: ConfiguredMiddleware {
    private let isOn: @Sendable () -> Bool
    private let retryAfter: Duration
    private let message: String
    private let paths: [String]
    private let addresses: [String]
    private var allowedPaths: PathPatterns?
    private var allowedPeers: PeerList?

    /// Maintenance while a closure says so; it is asked at each request, on its event loop, and must not block.
    ///
    /// - Parameters:
    ///   - isOn: whether the app is being worked on
    ///   - retryAfter: when clients should try again
    ///   - message: what they are told
    ///   - paths: patterns of paths that are answered all the same, in which `*` stands for any characters
    ///   - addresses: clients that are let in: addresses, networks such as `10.0.0.0/8`, and `unix` for unix sockets
    public init(
        while isOn: @escaping @Sendable () -> Bool, retryAfter: Duration = .seconds(300),
        message: String = "The service is being worked on. Please try again later.", allowing paths: [String] = [],
        from addresses: [String] = []
    ) {
        self.isOn = isOn
        self.retryAfter = retryAfter
        self.message = message
        self.paths = paths
        self.addresses = addresses
    }

    /// Maintenance while a file exists; it is looked for at most once a second. A relative path counts from the current
    /// folder.
    public init(
        whileExists file: String, retryAfter: Duration = .seconds(300),
        message: String = "The service is being worked on. Please try again later.", allowing paths: [String] = [],
        from addresses: [String] = []
    ) {
        let presence = FilePresence(file)
        self.init(
            while: { presence.isThere }, retryAfter: retryAfter, message: message, allowing: paths, from: addresses)
    }

    /// Checks the paths and the addresses.
    public func configured(by config: inout Config) throws(ConfigurationProblem) -> any Middleware {
        var configured = self
        configured.allowedPaths = try PathPatterns(paths)
        configured.allowedPeers = try PeerList(configured: addresses)
        return configured
    }

    /// Answers, or passes the request on.
    public func respond(to request: Request, next: any Responder) -> Reply {
        guard isOn(), allowedPaths?.contains(request.path) != true,
            allowedPeers?.contains(request.connection.remoteAddress) != true
        else { return next.respond(to: request) }
        let headers: Headers = [.retryAfter: String(max(0, retryAfter.components.seconds)), .cacheControl: "no-store"]
        return .now(Abort(.serviceUnavailable, message, headers: headers).page(for: request))
    }
}

/// Whether a file exists, as of a moment ago.
private final class FilePresence: Sendable {
    private static let interval = Duration.seconds(1)

    private struct State {
        var isThere = false
        var next: ContinuousClock.Instant?
    }

    private let path: String
    private let state = Mutex(State())

    init(_ path: String) { self.path = path }

    var isThere: Bool {
        let now = ContinuousClock.now
        return state.withLock { state in
            if let next = state.next, now < next { return state.isThere }
            state.next = now + Self.interval
            state.isThere = FileManager.default.fileExists(atPath: path)
            return state.isThere
        }
    }
}
