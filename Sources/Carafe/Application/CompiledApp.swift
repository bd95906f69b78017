import CarafeHTTP
import CarafeRouting
import CarafeServer
import CarafeSigning
import Logging
import Synchronization

/// An app as it serves: everything that was declared, checked and put in its place. Nothing of it changes any more.
final class CompiledApp: Sendable {
    let name: String
    let root: String
    let config: Config
    let isDebug: Bool
    let logger: Logger
    let readiness: Readiness
    let signals: Signals
    let router: AppRouter
    let urls: URLBuilder
    let sessions: SessionCookies
    let templates: AppTemplates
    /// Those of the app itself, for renders without a request.
    let contextProcessors: [ContextProcessor]
    let jsonWriter: JSONWriter
    let formLimits: FormLimits
    let webSocketOptions: WebSocketOptions
    let serverConfiguration: ServerConfiguration
    let maxContentLength: Int
    let accessLog: AccessLog?
    /// The health probes; nil where there are none.
    let health: Health?
    let readinessChecks: ReadinessChecks
    /// In debug mode alone.
    let watchdog: Watchdog?
    /// Where `TRACEBACKS` asks for it.
    let tracebacks: TracebackLog?
    /// In debug mode alone, and only in debug builds.
    let tools: (any DevelopmentTools)?
    /// The extensions' states, by their types.
    let extensions: [ObjectIdentifier: any Sendable]
    /// Those of mounted apps follow the app's own.
    let startupHooks: [@Sendable () async throws -> Void]
    let shutdownHooks: [@Sendable () async -> Void]
    let serverSetups: [App.ServerSetup]
    /// The outermost first.
    let middleware: [any Middleware]
    /// Where the app reads nothing of what proxies say.
    let forwarding: ForwardingNotice?

    /// How many requests there have been.
    private let requests = Atomic<UInt64>(0)

    init(
        app: App, state: App.State, config: Config, router: AppRouter, urls: URLBuilder, sessions: SessionCookies,
        templates: AppTemplates, contextProcessors: [ContextProcessor], tools: (any DevelopmentTools)?,
        mounted: [CompiledApp] = []
    ) {
        name = app.name
        root = app.root
        signals = app.signals
        readiness = app.readiness
        self.config = config
        self.router = router
        self.urls = urls
        self.sessions = sessions
        self.templates = templates
        self.contextProcessors = contextProcessors
        self.tools = tools
        isDebug = config.debug
        logger = state.logger
        jsonWriter = JSONWriter(sortsKeys: config.jsonSortKeys)
        formLimits = state.configuredFormLimits
        webSocketOptions = state.webSocketOptions
        serverConfiguration = state.serverConfiguration
        maxContentLength = config.maxContentLength
        watchdog = config.debug ? Watchdog(logger: state.logger) : nil
        accessLog = config.accessLog.flatMap { try? AccessLog($0) }
        health = state.health ?? (config.healthPort == nil ? nil : Health())
        readinessChecks = ReadinessChecks(
            state.readinessChecks, timeout: (health ?? Health()).checkTimeout,
            cacheTime: (health ?? Health()).cacheTime, logger: state.logger)
        tracebacks = config.tracebacks ? TracebackLog(logger: state.logger) : nil
        extensions = state.extensions
        startupHooks = state.startupHooks + mounted.flatMap(\.startupHooks)
        shutdownHooks = state.shutdownHooks + mounted.flatMap(\.shutdownHooks)
        serverSetups = state.serverSetups
        middleware = state.middleware.map(\.middleware)
        forwarding = middleware.contains { $0 is ProxyHeaders } ? nil : ForwardingNotice()
    }

    /// What a server serves: the app with its middleware, the access log around both and, where there are some, the development
    /// tools and the health probes around all.
    var responder: any Responder {
        var app = wrapped(in: middleware)
        if let accessLog { app = LoggedResponder(next: app, log: accessLog) }
        app = tools?.responder(around: app) ?? app
        guard let health else { return app }
        return HealthResponder(
            next: app, health: health, port: config.healthPort, checks: readinessChecks, readiness: readiness)
    }

    /// The next request's number.
    func nextSerial() -> UInt64 { requests.add(1, ordering: .relaxed).newValue }
}
