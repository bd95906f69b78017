import CarafeHTTP
import HTTPTypes

/// Why a request gets no response of the server.
struct ProxyFailure: Error {
    enum Kind {
        /// The address that the proxy was given names no server.
        case misconfigured
        /// A request that no server may be handed.
        case refused(HTTPResponse.Status)
        /// There is no connection.
        case unreachable
        /// Too many requests are under way.
        case busy
        /// The connection ended before any of the response had come.
        case closed
        /// The response is malformed, or ends too early.
        case malformed
        /// The server took too long.
        case timeout
        /// The client did not send its request to the end.
        case interrupted(ContentInterrupted)
        /// Nobody waits for the response.
        case cancelled
    }

    let kind: Kind
    /// For logs; it contains nothing that the client or the server sent.
    let reason: String

    init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }

    /// Whether the server cannot have begun to answer.
    var isBeforeResponse: Bool {
        if case .closed = kind { true } else { false }
    }

    /// The page for the client, which tells nothing of the server.
    func response(to request: Request) -> Response {
        let status = status
        var response = Response("\(status.code) \(status.reasonPhrase)\n", status: status)
        response.headers[.cacheControl] = "no-store"
        if case .busy = kind { response.headers[.retryAfter] = "1" }
        return response
    }

    private var status: HTTPResponse.Status {
        switch kind {
        case .refused(let status): status
        case .busy: .serviceUnavailable
        case .timeout: .gatewayTimeout
        case .interrupted(let error): error.reason == .tooSlow ? .requestTimeout : .badRequest
        case .misconfigured, .unreachable, .closed, .malformed, .cancelled: .badGateway
        }
    }
}
