public import CarafeHTTP
public import HTTPTypes

/// An error that is an answer: thrown out of a handler or hook, it becomes a response of its status.
public protocol HTTPError: Error {
    /// The response's status.
    var status: HTTPResponse.Status { get }
    /// What the client is told; shown in the error page, so it holds nothing secret.
    var detail: String { get }
    /// Fields that belong to the answer, such as `Allow` or `WWW-Authenticate`.
    var headers: Headers { get }
}

extension HTTPError {
    /// The usual text for the status.
    public var detail: String { StatusText.detail(for: status) }
    /// None.
    public var headers: Headers { Headers() }
}

/// Ends a request with a status (Flask's `abort`).
///
/// ```swift
/// throw Abort(.notFound)
/// throw Abort(.unauthorized, "Log in first.", headers: [.wwwAuthenticate: "Basic realm=\"blog\""])
/// ```
public struct Abort: HTTPError, ResponseConvertible {
    /// The response's status; every registered one may be used.
    public let status: HTTPResponse.Status
    /// What the client is told.
    public let detail: String
    /// Fields for the answer.
    public let headers: Headers

    /// The response to send as it is, where one was given.
    let response: Response?

    /// An end with a status and, by choice, a text of its own and fields for the answer.
    public init(_ status: HTTPResponse.Status, _ detail: String? = nil, headers: Headers = Headers()) {
        self.status = status
        self.detail = detail ?? StatusText.detail(for: status)
        self.headers = headers
        response = nil
    }

    /// An end with a response, which is sent as it is: no error handler sees it.
    public init(_ response: Response) {
        status = response.status
        detail = ""
        headers = Headers()
        self.response = response
    }

    /// Never a response of its own: the error's way makes it one, so that error handlers see it.
    public func response(for request: Request) throws -> Response { throw self }
}

extension ContentTooLarge: HTTPError {
    /// 413
    public var status: HTTPResponse.Status { .contentTooLarge }
}

extension ContentInterrupted: HTTPError {
    /// 408 for a slow client, else 400.
    public var status: HTTPResponse.Status { reason == .tooSlow ? .requestTimeout : .badRequest }
}
