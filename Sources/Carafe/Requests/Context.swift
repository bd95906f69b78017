import CarafeHTTP
import CarafeRouting
import Synchronization

/// What an app keeps with a request while it is handled: one object for each request.
///
/// What routing found is written once, before anything else runs; the rest is guarded by a lock, so that a handler
/// may give its request to several tasks.
final class Context: RequestContext {
    /// What may change while the request is handled.
    struct State {
        var pathValues: PathValues?
        var session: Session?
        var form: FormData?
        var globals: [String: any Sendable] = [:]
        /// What extensions keep with the request, by its type.
        var extensions: [ObjectIdentifier: any Sendable] = [:]
        var afterThisRequest: [@Sendable (Request, inout Response) throws -> Void] = []
        var flashes: [FlashedMessage]?
        var maxContentLength: Int?
        var error: (any Error)?
    }

    let app: CompiledApp

    /// Everything that happens to requests of this endpoint.
    let plan: RoutePlan

    /// The values of the rule's variables, as the matcher found them.
    private let matchedValues: [RoutingValue]

    /// What routing itself answers, where no rule matches.
    let routingAnswer: RoutingAnswer?

    let serial: UInt64
    let state = Mutex(State())

    private let touched = Atomic(false)

    /// The connection as the app knows it, behind whatever middleware has put in its place; nil where no access log wants to know.
    ///
    /// Unguarded, because it is set once, before any code of the application sees the request.
    nonisolated(unsafe) var connection: ConnectionInfo?

    init(app: CompiledApp, plan: RoutePlan, values: [RoutingValue] = [], answer: RoutingAnswer? = nil) {
        self.app = app
        self.plan = plan
        matchedValues = values
        routingAnswer = answer
        serial = app.nextSerial()
    }

    /// Notes that there is something for the end of the request.
    func touch() { touched.store(true, ordering: .relaxed) }

    /// Whether ``state`` holds anything that the end of the request must look at.
    var isTouched: Bool { touched.load(ordering: .relaxed) }

    /// The path variables, as preprocessors have left them.
    var pathValues: PathValues {
        get {
            state.withLock { $0.pathValues }
                ?? PathValues(names: matchedValues.isEmpty ? [] : plan.variables, values: matchedValues)
        }
        set { state.withLock { $0.pathValues = newValue } }
    }

    /// The values that the handler's parameters take, in order.
    var arguments: [RoutingValue] {
        plan.urlValuePreprocessors.isEmpty ? matchedValues : pathValues.values
    }

    /// The error that no handler took, if there was one.
    var unexpectedError: (any Error)? {
        get { state.withLock { $0.error } }
        set { state.withLock { $0.error = newValue } }
    }

    /// The actions for this request's response; they run once.
    func takeAfterThisRequest() -> [@Sendable (Request, inout Response) throws -> Void] {
        state.withLock { state in
            if state.afterThisRequest.isEmpty { return [] }
            defer { state.afterThisRequest = [] }
            return state.afterThisRequest
        }
    }

    /// Whether something must be let go of when the request is over.
    var needsClosing: Bool { isTouched && state.withLock { $0.form != nil } }

    /// Lets go of the request's uploads; their temporary files disappear with them.
    func removeUploads() { state.withLock { $0.form = nil } }
}

/// What routing itself answers a request with, at the handler's place.
enum RoutingAnswer: Sendable {
    /// The client should ask for another address.
    case redirect(String)
    /// No rule matches, or none for this method.
    case failure(Abort)
    /// What is mounted below this beginning of the path answers instead of the app.
    case mounted(MountedResponder, prefixLength: Int)
}

extension Request {
    /// The context that the app has opened for this request; nil outside an app, as in a bare ``Responder``.
    ///
    /// Only ``CompiledApp`` attaches contexts, and only of this class.
    var appContext: Context? {
        context.map { unsafeDowncast($0, to: Context.self) }
    }
}

extension Request {
    /// The request that is being handled, for code that cannot be handed it; nil outside a request.
    ///
    /// Tasks that a handler starts with `async let`, task groups or `Task { … }` see it as well.
    public static var current: Request? { CurrentRequest.request }
}
