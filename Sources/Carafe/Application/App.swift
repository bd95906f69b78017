public import CarafeHTTP
public import CarafeServer
public import Logging
import Synchronization

/// A web application: what it answers, and how it is configured.
///
/// ```swift
/// import Carafe
///
/// let app = App()
/// app.get("/") { "Hello, World!" }
/// try await app.main()
/// ```
///
/// Routes, hooks and configuration are declared first; ``main()`` (or the test client) then checks all of it at once
/// and starts. From then on nothing can be declared.
public final class App: Scaffold {
    /// The app's name: the executable's by default. Its logger has this label.
    public let name: String

    /// The folder that relative paths of the app count from: `static`, `templates`, a database file.
    public let root: String

    /// The folder of its templates, relative to the root; nil for none.
    public let templateFolder: String?

    /// Where the declarations are kept until the app starts.
    public let registry = Registry()

    /// The signals that the app sends.
    public let signals = Signals()

    let readiness = Readiness()
    let state: Mutex<State>

    /// What may be set until the app starts.
    struct State: Sendable {
        var config: Config
        var serverConfiguration = ServerConfiguration()
        var formLimits = FormLimits()
        var webSocketOptions = WebSocketOptions()
        var logger: Logger
        var problems: [ConfigurationProblem]
        var sessionStore: (any SessionStore)?
        var converters: [String: ConverterFactory] = [:]
        var extensions: [ObjectIdentifier: any Sendable] = [:]
        var commands: [any ParsableCommand.Type] = []
        var shellContext: [@Sendable () throws -> TemplateVariables] = []
        var startupHooks: [@Sendable () async throws -> Void] = []
        var shutdownHooks: [@Sendable () async -> Void] = []
        var serverSetups: [ServerSetup] = []
        var middleware: [PlacedMiddleware] = []
        var mounts: [MountDeclaration] = []
        var health: Health?
        var readinessChecks: [ReadinessCheck] = []
        var urlBuildErrorHandlers: [URLBuildErrorHandler] = []
        var hostMatching = false
        var subdomainMatching = false
        var templates = TemplateSettings()
        var compiled: Result<CompiledApp, ConfigurationError>?

        /// The limits on forms with those that the configuration names.
        var configuredFormLimits: FormLimits {
            var limits = formLimits
            limits.fieldBytes = config.maxFormMemorySize
            limits.parts = config.maxFormParts
            return limits
        }
    }

    /// An app.
    ///
    /// - Parameters:
    ///   - name: the app's name; the executable's by default
    ///   - root: the folder that relative paths count from. By default `CARAFE_ROOT`, or the first of these that has
    ///     a `static` or `templates` folder: the executable's folder, the folder of the source file that makes the
    ///     app (and the package around it), the current folder.
    ///   - staticFolder: the folder of static files, relative to the root; nil for none. It need not exist.
    ///   - staticPath: the path below which they are served; by default `/` and the folder's last name
    ///   - templateFolder: the folder of templates, relative to the root; nil for none. It need not exist.
    ///   - environment: whether the process's environment and the file `.env` in the root configure the app
    public init(
        _ name: String? = nil, root: String? = nil, staticFolder: String? = "static", staticPath: String? = nil,
        templateFolder: String? = "templates", environment: ConfigEnvironment = .process, fileID: String = #fileID,
        line: Int = #line,
        filePath: String = #filePath
    ) {
        let name = name ?? Executable.name
        let root = root ?? AppRoot.find(sourceFile: filePath, environment: environment)
        let (config, problems) = Config.load(from: environment, root: root)
        self.name = name
        self.root = root
        self.templateFolder = templateFolder
        state = Mutex(State(config: config, logger: Logger(label: name), problems: problems))
        if let staticFolder {
            let location = DeclarationLocation(fileID: fileID, line: line)
            registry.declare(at: location) {
                $0.staticFolders.append(StaticFolder(folder: staticFolder, path: staticPath, location: location))
            }
        }
    }

    /// The configuration. Changes count until the app starts.
    public var config: Config {
        get { state.withLock { $0.config } }
        set { configure("config") { $0.config = newValue } }
    }

    /// How the app is served by its command line: where it listens, its timeouts, and the limits on connections and on
    /// the heads of requests. Changes count until the app starts; what the command line or the environment says comes
    /// first.
    ///
    /// ```swift
    /// app.serverConfiguration.keepAliveTimeout = .seconds(15)
    /// app.serverConfiguration.limits.target = 16 * 1024
    /// ```
    ///
    /// Its `maxContentLength` plays no part: that is ``config``'s, each route's and each request's.
    public var serverConfiguration: ServerConfiguration {
        get { state.withLock { $0.serverConfiguration } }
        set { configure("serverConfiguration") { $0.serverConfiguration = newValue } }
    }

    /// How much a form may ask of the app. Changes count until the app starts. `fieldBytes` and `parts` are the
    /// configuration's `MAX_FORM_MEMORY_SIZE` and `MAX_FORM_PARTS`.
    public var formLimits: FormLimits {
        get { state.withLock { $0.configuredFormLimits } }
        set {
            configure("formLimits") { state in
                state.formLimits = newValue
                state.config.maxFormMemorySize = newValue.fieldBytes
                state.config.maxFormParts = newValue.parts
            }
        }
    }

    /// Limits and timeouts of WebSockets whose routes have none of their own. Changes count until the app starts.
    public var webSocketOptions: WebSocketOptions {
        get { state.withLock { $0.webSocketOptions } }
        set { configure("webSocketOptions") { $0.webSocketOptions = newValue } }
    }

    /// Whether the app wants new requests: from when its server listens until it is told to stop. A load balancer's probe
    /// answers with it: see ``Health``.
    ///
    /// In tests it is true while the test's client is there.
    public var isReady: Bool { readiness.isReady }

    /// The app's logger, and through it that of every request.
    public var logger: Logger {
        get { state.withLock { $0.logger } }
        set { state.withLock { $0.logger = newValue } }
    }

    /// Keeps sessions on the server instead of in the cookie.
    public func useSessionStore(_ store: any SessionStore, fileID: String = #fileID, line: Int = #line) {
        declare(fileID, line) { $0.sessionStore = store }
    }

    /// Adds an extension: it declares what it brings on this app.
    ///
    /// A mistake that the extension reports is shown with the app's others, at the start.
    public func install(_ extension: some Extension) {
        do {
            try `extension`.install(in: self)
        } catch let problem as ConfigurationProblem {
            state.withLock { $0.problems.append(problem) }
        } catch {
            let problem = ConfigurationProblem(
                "The extension \(type(of: `extension`)) could not be installed: \(error)", hint: "")
            state.withLock { $0.problems.append(problem) }
        }
    }

    /// An extension's state in this app, by the type of the state; each app has its own.
    public subscript<Value: Sendable>(type: Value.Type) -> Value? {
        get { state.withLock { $0.extensions[ObjectIdentifier(type)] as? Value } }
        set { state.withLock { $0.extensions[ObjectIdentifier(type)] = newValue } }
    }

    /// Puts `middleware` around the app. It sees every request first and every response last; the first that is put there is
    /// the outermost.
    ///
    /// ```swift
    /// app.use(TrustedHosts("example.org", ".example.com"))
    /// ```
    public func use(_ middleware: any Middleware, fileID: String = #fileID, line: Int = #line) {
        let placed = PlacedMiddleware(
            middleware: middleware, location: DeclarationLocation(fileID: fileID, line: line))
        declare(fileID, line) { $0.middleware.append(placed) }
    }

    /// Runs `hook` once before the first request is accepted, in the order of registration; if it throws, the app
    /// does not start.
    public func onStartup(
        fileID: String = #fileID, line: Int = #line, _ hook: @escaping @Sendable () async throws -> Void
    ) {
        declare(fileID, line) { $0.startupHooks.append(hook) }
    }

    /// Runs `hook` once after the last request has been answered, the last registered first.
    public func onShutdown(
        fileID: String = #fileID, line: Int = #line, _ hook: @escaping @Sendable () async -> Void
    ) {
        declare(fileID, line) { $0.shutdownHooks.append(hook) }
    }

    /// Completes the configuration of the app's server when everything else of it is known.
    package typealias ServerSetup = @Sendable (Config, inout ServerConfiguration) throws -> Void

    /// Has `setup` complete the configuration of the app's server, in the order of registration.
    package func onServerSetup(_ setup: @escaping ServerSetup) {
        state.withLock { $0.serverSetups.append(setup) }
    }

    /// Sets what may be set until the app starts; later it is refused as late routes are.
    func declare(_ fileID: String, _ line: Int, _ change: (inout State) -> Void) {
        registry.declare(at: DeclarationLocation(fileID: fileID, line: line)) { _ in state.withLock { change(&$0) } }
    }

    /// Sets what the start reads. Later it would change nothing: a message says so, and nothing is set.
    private func configure(_ name: String, _ change: (inout State) -> Void) {
        let late: Logger? = state.withLock { state in
            if state.compiled != nil { return state.logger }
            change(&state)
            return nil
        }
        late?.critical(
            "app.\(name) was changed after the app had started, which is ignored. Configure before main() or test().")
    }

    /// Runs what blueprints declare for the whole app, once for each blueprint however often it is registered.
    private func declareForApp(_ declarations: Declarations) {
        var seen: Set<ObjectIdentifier> = []
        func enter(_ declarations: Declarations) {
            for child in declarations.children where seen.insert(ObjectIdentifier(child.blueprint)).inserted {
                let inner = child.blueprint.registry.declarations
                for declare in inner.appWide { declare(self) }
                enter(inner)
            }
        }
        enter(declarations)
    }

    /// Checks everything that was declared and freezes it; the first call does the work.
    ///
    /// - Parameter outer: the apps that it is mounted in, the outermost first
    /// - Throws: ``ConfigurationError`` with every mistake.
    func compile(within outer: [App] = []) throws(ConfigurationError) -> CompiledApp {
        if let compiled = state.withLock({ $0.compiled }) { return try compiled.get() }
        declareForApp(registry.declarations)
        let snapshot = state.withLock { $0 }
        let result: Result<CompiledApp, ConfigurationError>
        do throws(ConfigurationError) {
            result = .success(try AppCompiler(app: self, state: snapshot, within: outer).compile())
        } catch {
            result = .failure(error)
        }
        return try state.withLock { state throws(ConfigurationError) in
            if state.compiled == nil {
                state.compiled = result
                // What the app's own code logs belongs to a request as well.
                if let compiled = try? result.get(), compiled.tools != nil || compiled.config.logFormat == .json {
                    state.logger = compiled.logger
                }
            }
            return state.compiled ?? result
        }.get()
    }
}

/// Something that adds to an app: routes, hooks, handler parameters, commands.
///
/// An extension's value holds configuration only; what it needs while the app runs it keeps in the app.
///
/// ```swift
/// struct Health: Extension {
///     var path = "/health"
///     func install(in app: App) throws {
///         app.get(path, name: "health") { "ok" }
///     }
/// }
/// app.install(Health())
/// ```
public protocol Extension: Sendable {
    /// Declares on `app` what this extension adds.
    ///
    /// - Throws: ``ConfigurationProblem`` where it is not configured as it must be.
    func install(in app: App) throws
}
