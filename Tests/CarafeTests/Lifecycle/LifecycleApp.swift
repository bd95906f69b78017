import Carafe
import CarafeTesting
import Synchronization

/// The same app as that of `flask_lifecycle.py`: a parent and a child blueprint, two hooks of every kind in each, and
/// handlers that do what a scenario says. It exists in two forms: all of it synchronous, or all of it suspending.
struct LifecycleApp {
    /// Whether hooks and handlers are synchronous.
    enum Form: CaseIterable {
        case synchronous, asynchronous
    }

    protocol CustomFamily: Error {}
    struct Custom: CustomFamily {}
    struct Special: CustomFamily {}
    struct Other: Error {}

    let app = App("lifecycle", root: "/nonexistent", staticFolder: nil, environment: .none)
    let trace = LifecycleTrace()
    let form: Form

    init(_ scenario: LifecycleScenario, _ form: Form) {
        self.form = form
        app.config.secretKey = "secret"
        for (key, value) in scenario.config { app.config[key] = value }
        app.logger = Logger(label: "lifecycle") { [trace] _ in TraceLog(trace) }
        let parent = Blueprint("parent", prefix: "/parent")
        let child = Blueprint("child", prefix: "/child")
        let scaffolds: [(String, any Scaffold)] = [("app", app), ("parent", parent), ("child", child)]
        for (scope, scaffold) in scaffolds {
            addHooks(scaffold, scope)
            addRoutes(scaffold, scope)
            for handler in scenario.handlers where handler.utf8.starts(with: (scope + " ").utf8) {
                addHandler(scaffold, handler)
            }
        }
        parent.register(child)
        app.register(parent)
        connectSignals()
    }

    private func connectSignals() {
        let kind = LifecycleTrace.kind
        app.signals.requestStarted.connect { [trace] _ in trace.add("started") }
        app.signals.requestFinished.connect { [trace] in trace.add("finished \($0.response.status.code)") }
        app.signals.gotRequestException.connect { [trace] in trace.add("exception \(kind($0.error))") }
        app.signals.requestTearingDown.connect { [trace] in trace.add("tearing \(kind($0.error))") }
        app.signals.messageFlashed.connect { [trace] in trace.add("flashed \($0.category):\($0.message)") }
    }

    private func addHooks(_ scaffold: any Scaffold, _ scope: String) {
        for name in ["\(scope)1", "\(scope)2"] {
            let before = { @Sendable [trace] (request: Request) throws -> Response? in
                trace.add("before \(name)")
                return try act("before \(name)", trace, request)
            }
            let after = { @Sendable [trace] (request: Request, response: inout Response) throws in
                trace.add("after \(name)")
                try act("after \(name)", trace, request, &response)
            }
            let teardown = { @Sendable [trace] (request: Request, error: (any Error)?) in
                trace.add("teardown \(name) \(LifecycleTrace.kind(error))")
            }
            switch form {
            case .synchronous:
                scaffold.beforeRequest(before)
                scaffold.afterRequest(after)
                scaffold.teardownRequest(teardown)
            case .asynchronous:
                scaffold.beforeRequest { (request: Request) async throws -> Response? in
                    await Task.yield()
                    return try before(request)
                }
                scaffold.afterRequest { (request: Request, response: inout Response) async throws in
                    await Task.yield()
                    try after(request, &response)
                }
                scaffold.teardownRequest { (request: Request, error: (any Error)?) async in
                    await Task.yield()
                    teardown(request, error)
                }
            }
            scaffold.urlValuePreprocessor { [trace] _, _ in trace.add("values \(name)") }
            scaffold.urlDefaults { [trace] _, _, _ in trace.add("defaults \(name)") }
        }
    }

    private func addRoutes(_ scaffold: any Scaffold, _ scope: String) {
        let routes: [(String, String, [HTTPRequest.Method], [String: RoutingValue])] = [
            ("/do", "do", [.get, .post], [:]), ("/int/<int:n>", "int", [.get], [:]),
            ("/text/<s>/<path:p>", "text", [.get], [:]), ("/slash/", "slash", [.get], [:]),
            ("/slashpost/", "slashpost", [.get, .post], [:]), ("/get", "get", [.get], [:]),
            ("/post", "post", [.post], [:]), ("/options", "options", [.get, .options], [:]),
            ("/many", "read", [.get], [:]), ("/many", "write", [.put, .delete], [:]),
            ("/page/", "page", [.get], ["n": 1]), ("/page/<int:n>", "page", [.get], [:]),
        ]
        for (rule, endpoint, methods, defaults) in routes {
            let view = { @Sendable [trace] (request: Request) throws -> Response in
                trace.add("view \(scope).\(endpoint)")
                return try act("view", trace, request) ?? Response("ok")
            }
            switch form {
            case .synchronous: scaffold.route(rule, methods: methods, name: endpoint, defaults: defaults, view)
            case .asynchronous:
                scaffold.route(rule, methods: methods, name: endpoint, defaults: defaults) {
                    (request: Request) async throws in
                    await Task.yield()
                    return try view(request)
                }
            }
        }
    }

    private func addHandler(_ scaffold: any Scaffold, _ handler: String) {
        let words = handler.split(separator: " ").map(String.init)
        let handle = { @Sendable [trace] (request: Request, error: any Error) throws -> Response in
            trace.add("handle \(handler) \(LifecycleTrace.kind(error))")
            let status = (error as? any HTTPError)?.status ?? .internalServerError
            return try act("handle \(handler)", trace, request)
                ?? Response(words.joined(separator: "/"), status: status)
        }
        switch words[1] {
        case "Custom": add(scaffold, (any CustomFamily).self, handle)
        case "Special": add(scaffold, Special.self, handle)
        case "Other": add(scaffold, Other.self, handle)
        case "HTTP": add(scaffold, (any HTTPError).self, handle)
        case "Any": add(scaffold, (any Error).self, handle)
        default:
            let status = HTTPResponse.Status(code: Int(words[1]) ?? 0)
            switch form {
            case .synchronous: scaffold.onError(status, handle)
            case .asynchronous:
                scaffold.onError(status) { request, error async throws in
                    await Task.yield()
                    return try handle(request, error)
                }
            }
        }
    }

    private func add<E>(
        _ scaffold: any Scaffold, _ type: E.Type, _ handle: @escaping @Sendable (Request, any Error) throws -> Response
    ) {
        switch form {
        case .synchronous:
            scaffold.onError(type) { request, error throws in
                guard let error = error as? any Error else { return Response("no error") }
                return try handle(request, error)
            }
        case .asynchronous:
            scaffold.onError(type) { request, error async throws in
                await Task.yield()
                guard let error = error as? any Error else { return Response("no error") }
                return try handle(request, error)
            }
        }
    }
}
