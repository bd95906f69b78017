/// What stands between a server and an application, and sees every request and every response: Flask's WSGI middleware,
/// Django's middleware.
///
/// It runs before the app has matched a route, and sees what no route answers as well. What belongs to the app's own way of a
/// request (its session, its route, its errors) is a hook's business instead.
///
/// ```swift
/// struct PoweredBy: Middleware {
///     func respond(to request: Request, next: any Responder) -> Reply {
///         next.respond(to: request).map { response in
///             var response = response
///             response.headers[.server] = "Carafe"
///             return response
///         }
///     }
/// }
/// app.use(PoweredBy())
/// ```
public protocol Middleware: Sendable {
    /// Answers a request: itself, or with what `next` answers to it or to another request in its place.
    ///
    /// As with ``Responder/respond(to:)``, it is called on the request's event loop and must not block. Whoever drops the
    /// response of `next` closes it.
    func respond(to request: Request, next: any Responder) -> Reply
}

extension Responder {
    /// This responder with middleware around it; the first is the outermost.
    public func wrapped(in middleware: [any Middleware]) -> any Responder {
        middleware.reversed().reduce(self) { Wrapped(middleware: $1, next: $0) }
    }
}

private struct Wrapped: Responder {
    let middleware: any Middleware
    let next: any Responder

    func respond(to request: Request) -> Reply { middleware.respond(to: request, next: next) }
}
