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
        let authority = Array(request.head.authority.utf8)
        let target = request.head.target
        guard !authority.isEmpty, target.form == .origin || target.form == .absolute else { return nil }
        let own = request.connection.localAddress?.port
        let port = port ?? (own == 80 ? 443 : own)
        let host = String(decoding: Self.withoutPort(authority), as: UTF8.self)
        let suffix = port == nil || port == 443 ? "" : ":\(port ?? 443)"
        let query = target.rawQuery.map { "?\($0)" } ?? ""
        return "https://\(host)\(suffix)\(target.rawPath)\(query)"
    }

    private static func withoutPort(_ authority: [UInt8]) -> ArraySlice<UInt8> {
        guard let colon = authority.lastIndex(of: UInt8(ascii: ":")),
            authority[colon...].dropFirst().allSatisfy({ (0x30...0x39).contains($0) })
        else { return authority[...] }
        return authority[..<colon]
    }
}
