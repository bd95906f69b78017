/// The seam between a server and an application (what WSGI is to Flask).
///
/// A server knows only this; the test client calls it without a socket; middleware and mounted apps are responders
/// that wrap or choose among others.
///
/// ```swift
/// struct Hello: Responder {
///     func respond(to request: Request) -> Reply {
///         .now(Response("Hello, World!"))
///     }
/// }
/// ```
public protocol Responder: Sendable {
    /// Answers a request.
    ///
    /// It is called on the request's event loop and must not block. Work that waits is returned as ``Reply/later(_:)``,
    /// which the server runs as a task on the same event loop and cancels when the client goes away.
    ///
    /// Whoever calls this sends the response and then calls ``Response/close(_:)`` once, whatever became of it.
    func respond(to request: Request) -> Reply
}

/// A responder that may have been put together wrongly, which an app that it is mounted in tells when it starts.
public protocol CheckedResponder: Responder {
    /// What is wrong and what to do; nil where nothing is.
    var problem: (message: String, hint: String)? { get }
}

/// A responder's answer: a response at once, or the work that leads to one.
public enum Reply: Sendable {
    /// The response is ready; no task was started.
    case now(Response)
    /// The response needs asynchronous work. The closure never throws: errors have become responses.
    case later(Work)

    /// Work that leads to a response, on the executor of whoever runs it.
    public typealias Work = nonisolated(nonsending) @Sendable () async -> Response

    /// The same reply with its response changed by `transform`, for middleware.
    public func map(_ transform: @escaping @Sendable (Response) -> Response) -> Reply {
        switch self {
        case .now(let response): .now(transform(response))
        case .later(let work): .later { transform(await work()) }
        }
    }

    /// The response, waited for where it is not ready.
    public var response: Response {
        get async {
            switch self {
            case .now(let response): response
            case .later(let work): await work()
            }
        }
    }
}
