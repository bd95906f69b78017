import Carafe
import CarafeHTTP
import HTTPTypes
import NIOCore

/// Answers requests that came without TLS to a port that speaks it.
struct PlainResponder: Responder {
    private let treatment: PlainHTTP.Treatment

    init(_ treatment: PlainHTTP.Treatment) { self.treatment = treatment }

    func respond(to request: Request) -> Reply {
        var response = Response("400 Bad Request\nThis port speaks HTTPS.\n", status: .badRequest)
        if case .redirected(let port) = treatment, let location = location(of: request, port) {
            response = Response("The address is \(location)\n", status: .permanentRedirect)
            response.headers[.location] = location
        }
        response.headers[.connection] = "close"
        return .now(response)
    }

    /// The same address over TLS; nil where the client has named no host.
    private func location(of request: Request, _ port: Int?) -> String? {
        let own = request.connection.localAddress?.port
        return request.secureURL(port: port ?? (own == 80 ? 443 : own ?? 443))
    }
}
