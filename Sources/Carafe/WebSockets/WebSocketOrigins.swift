import CarafeHTTP

/// The pages whose scripts may open a WebSocket. Browsers send cookies with every handshake and let any page try one, so
/// that without this check another site's page could use a user's session (cross-site WebSocket hijacking).
///
/// A client that sends no `Origin`, as programs do, is always let in: it is no browser.
public struct WebSocketOrigins: Sendable {
    private enum Allowed: Sendable {
        case same
        case any
        case listed([String])
    }

    private let allowed: Allowed

    private init(_ allowed: Allowed) { self.allowed = allowed }

    /// Pages of the host that the request is for.
    public static let same = WebSocketOrigins(.same)

    /// Every page; for sockets that use neither cookies nor the session.
    public static let any = WebSocketOrigins(.any)

    /// Pages of these origins, such as `https://example.com`, and of no others.
    public static func only(_ origins: String...) -> WebSocketOrigins { WebSocketOrigins(.listed(origins)) }

    package func allow(_ request: Request) -> Bool {
        let origins = request.headers[values: .origin]
        if case .any = allowed { return true }
        guard let text = origins.first else { return true }
        guard origins.count == 1, let origin = Origin(text) else { return false }
        switch allowed {
        case .any: return true
        case .same: return origin.isOwn(of: request)
        case .listed(let list): return list.contains { Origin($0) == origin }
        }
    }
}
