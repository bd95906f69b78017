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

    /// A scheme and a host, with its port where it is not the scheme's own, in lower case (RFC 6454 §6).
    private struct Origin: Equatable {
        let scheme: [UInt8]
        let host: [UInt8]

        init?(_ text: String) {
            let bytes = Array(HostNames.lowercased(text).utf8)
            guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8) else {
                return nil
            }
            scheme = Array(bytes[..<colon])
            host = Self.withoutUsualPort(Array(bytes[(colon + 3)...]), scheme)
            guard !host.isEmpty, !host.contains(UInt8(ascii: "/")), !host.contains(UInt8(ascii: "@")) else {
                return nil
            }
        }

        /// A proxy may speak TLS for the app; that a page came without it is then still told by its origin.
        func isOwn(of request: Request) -> Bool {
            let own = Array(HostNames.lowercased(request.host).utf8)
            guard scheme.elementsEqual("https".utf8) || scheme.elementsEqual("http".utf8) && !request.isSecure else {
                return false
            }
            return host == Self.withoutUsualPort(own, scheme)
        }

        private static func withoutUsualPort(_ host: [UInt8], _ scheme: [UInt8]) -> [UInt8] {
            let port = scheme.elementsEqual("https".utf8) ? ":443" : scheme.elementsEqual("http".utf8) ? ":80" : nil
            guard let port, host.suffix(port.utf8.count).elementsEqual(port.utf8) else { return host }
            return Array(host.dropLast(port.utf8.count))
        }
    }
}
