import CarafeHTTP
import CarafeRouting
import Logging
import Synchronization

/// What an app or a blueprint has declared: routes, hooks, error handlers. It is read once, when the app starts; from
/// then on nothing can be added.
public final class Registry: Sendable {
    private struct State {
        var declarations = Declarations()
        var app: CompiledApp?
        /// The names of the blueprints around this one, as the app knows it; empty for the app itself.
        var scope = ""
    }

    private let state = Mutex(State())

    init() {}

    /// Adds a declaration. After the start it is refused: a message says where it stands and what to do.
    func declare(at location: DeclarationLocation, _ change: (inout Declarations) -> Void) {
        let late: CompiledApp? = state.withLock { state in
            if let app = state.app { return app }
            change(&state.declarations)
            return nil
        }
        late?.logger.critical(
            """
            The declaration at \(location) came after the app had started and was ignored: requests would be answered \
            inconsistently. Declare routes, hooks and error handlers before main() or test().
            """)
    }

    /// All declarations as they stand.
    var declarations: Declarations { state.withLock { $0.declarations } }

    /// Ends the time of declaring.
    func freeze(into app: CompiledApp, scope: String) {
        state.withLock { state in
            guard state.app == nil else { return }
            state.app = app
            state.scope = scope
        }
    }

    /// The path of an endpoint of this app or blueprint for the values of its rule's variables, in their order; within a
    /// request below the path that the app is reached at.
    func url(for endpoint: String, _ values: [RoutingValue]) throws -> String {
        let (app, scope) = state.withLock { ($0.app, $0.scope) }
        guard let app else {
            throw URLBuildingError.notStarted(endpoint: endpoint)
        }
        let request = Request.current.flatMap { $0.appContext?.app === app ? $0 : nil }
        return try app.urls.path(
            for: scope.isEmpty ? endpoint : "\(scope).\(endpoint)", positional: values,
            scriptRoot: request?.head.rawScriptRoot ?? "")
    }
}

/// The declarations of one app or blueprint, in their order.
struct Declarations: Sendable {
    /// A blueprint registered on another scaffold.
    struct Child: Sendable {
        var blueprint: Blueprint
        var name: String
        var prefix: String
        var subdomain: String?
        var location: DeclarationLocation
    }

    var routes: [RouteDeclaration] = []
    var beforeRequest: [BeforeRequestHook] = []
    var afterRequest: [AfterRequestHook] = []
    var teardownRequest: [TeardownHook] = []
    var urlValuePreprocessors: [@Sendable (Request, inout PathValues) -> Void] = []
    var urlDefaults: [@Sendable (Request, String, inout URLValues) -> Void] = []
    var errorHandlers: [ErrorHandler] = []
    var children: [Child] = []
    var staticFolders: [StaticFolder] = []
    var contextProcessors: [ContextProcessor] = []
    var templateParts: [TemplatePart] = []
    /// What a blueprint declares for the whole app (Flask's `before_app_request` and its like).
    var appWide: [@Sendable (App) -> Void] = []
}
