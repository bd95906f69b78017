import CarafeHTTP
import CarafeRouting

/// Everything that happens to the requests of one endpoint, gathered when the app starts: nothing is looked up again
/// while a request is handled.
final class RoutePlan: Sendable {
    /// The endpoint with the names of its blueprints; nil for paths that no rule matches.
    let endpoint: String?
    /// The rule as it was written, with the prefixes of its blueprints.
    let rule: String?
    /// The names of the rule's variables and defaults, in the order in which a handler takes them.
    let variables: [String]
    /// The names of the blueprints that the endpoint belongs to, the innermost first.
    let blueprints: [String]
    let handler: Handler?
    /// The handler where it is synchronous.
    let callNow: Handler.SyncCall?
    /// Whether OPTIONS is answered for the handler.
    let answersOptions: Bool

    let urlValuePreprocessors: [@Sendable (Request, inout PathValues) -> Void]
    let beforeRequest: [BeforeRequestHook]
    /// In the order in which they run: the innermost blueprint's last registered first.
    let afterRequest: [AfterRequestHook]
    let teardownRequest: [TeardownHook]
    /// The innermost blueprint's first, the app's last.
    let errorHandlers: [[ErrorHandler]]
    /// The app's first, the innermost blueprint's last: of variables of the same name, the last wins.
    let contextProcessors: [ContextProcessor]

    /// Whether a teardown hook waits, so that all of them run in a task.
    let tearsDownLater: Bool

    /// Whether every step runs without suspending, so that the request is handled inline.
    let isSynchronous: Bool
    let needsBody: Bool
    /// The most bytes of content; nil where the app's configuration decides.
    let maxContentLength: Int?
    /// The files that the endpoint serves, where it serves a folder.
    let staticFiles: StaticFiles?

    init(
        endpoint: String?, rule: String?, variables: [String], blueprints: [String], handler: Handler?,
        answersOptions: Bool, scopes: [Declarations], errorScopes: [Declarations]? = nil, hasAsyncSessions: Bool,
        maxContentLength: Int? = nil, staticFiles: StaticFiles? = nil
    ) {
        self.staticFiles = staticFiles
        self.endpoint = endpoint
        self.rule = rule
        self.variables = variables
        self.blueprints = blueprints
        self.handler = handler
        callNow = if case .sync(let call)? = handler?.work { call } else { nil }
        self.answersOptions = answersOptions
        self.maxContentLength = maxContentLength
        // `scopes` goes from the app to the innermost blueprint.
        urlValuePreprocessors = scopes.flatMap(\.urlValuePreprocessors)
        beforeRequest = scopes.flatMap(\.beforeRequest)
        afterRequest = scopes.flatMap(\.afterRequest).reversed()
        teardownRequest = scopes.flatMap(\.teardownRequest).reversed()
        errorHandlers = (errorScopes ?? scopes).reversed().map(\.errorHandlers)
        contextProcessors = scopes.flatMap(\.contextProcessors)
        needsBody = handler?.needsBody ?? false
        tearsDownLater = teardownRequest.contains { if case .async = $0 { true } else { false } }

        var isSynchronous = !hasAsyncSessions
        if case .async? = handler?.work { isSynchronous = false }
        if beforeRequest.contains(where: { if case .async = $0 { true } else { false } }) { isSynchronous = false }
        if afterRequest.contains(where: { if case .async = $0 { true } else { false } }) { isSynchronous = false }
        if errorHandlers.joined().contains(where: { if case .async = $0.work { true } else { false } }) {
            isSynchronous = false
        }
        self.isSynchronous = isSynchronous
    }
}
