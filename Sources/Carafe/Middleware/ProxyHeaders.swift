public import CarafeHTTP
import CarafeServer
import HTTPTypes
import NIOCore

/// Takes the client's address, the scheme, the host and the path below which the app is reached from what proxies in front
/// of it say (Werkzeug's `ProxyFix`).
///
/// ```swift
/// app.use(ProxyHeaders())                       // one proxy that sets X-Forwarded-For and X-Forwarded-Proto
/// app.use(ProxyHeaders(for: 2, host: 1))        // two that add to X-Forwarded-For; the inner one sets the host
/// app.use(ProxyHeaders.forwarded(hops: 1))      // one that adds to Forwarded (RFC 7239)
/// ```
///
/// Each number says how many proxies are known to add a value to the field of that name: the value that many from its end
/// counts, and what stands before it was the client's to invent. Say no more than is true, and nothing for fields that the
/// proxies do not set. A field with fewer values, or whose value is none of its kind, is passed over. Where several proxies
/// write the same field, its last line and the last value in it are the nearest one's.
///
/// Put it before all other middleware. `request.headers` stays as it was received.
public struct ProxyHeaders: ConfiguredMiddleware {
    /// How many proxies add to each field.
    private struct Hops: Sendable {
        var client: Int
        var scheme: Int
        var host: Int
        var port: Int
        var prefix: Int

        var all: [Int] { [client, scheme, host, port, prefix] }
    }

    private enum Source: Sendable {
        case separate(Hops)
        case forwarded(Int)
    }

    private let source: Source
    private let peers: [String]?
    private var trusted: PeerList?

    /// Reads the `X-Forwarded-…` fields.
    ///
    /// - Parameters:
    ///   - for: how many proxies add to `X-Forwarded-For`; 0 reads none
    ///   - proto: the same of `X-Forwarded-Proto`
    ///   - host: the same of `X-Forwarded-Host`
    ///   - port: the same of `X-Forwarded-Port`
    ///   - prefix: the same of `X-Forwarded-Prefix`, which becomes ``CarafeHTTP/Request/scriptRoot``
    ///   - peers: whose connections are believed, as addresses (`192.0.2.1`), networks (`10.0.0.0/8`) and `unix` for unix
    ///     sockets; nil for everyone's, which is right where nobody reaches the app but through the proxy
    public init(
        for client: Int = 1, proto: Int = 1, host: Int = 0, port: Int = 0, prefix: Int = 0, from peers: [String]? = nil
    ) {
        source = .separate(Hops(client: client, scheme: proto, host: host, port: port, prefix: prefix))
        self.peers = peers
    }

    private init(hops: Int, from peers: [String]?) {
        source = .forwarded(hops)
        self.peers = peers
    }

    /// Reads the `Forwarded` field (RFC 7239) alone: `for`, `proto` and `host` of the element that the outermost of the
    /// known proxies has added.
    ///
    /// - Parameters:
    ///   - hops: how many proxies add an element
    ///   - peers: whose connections are believed; nil for everyone's
    public static func forwarded(hops: Int = 1, from peers: [String]? = nil) -> ProxyHeaders {
        ProxyHeaders(hops: hops, from: peers)
    }

    /// Checks the numbers and the peers.
    public func configured(by config: inout Config) throws(ConfigurationProblem) -> any Middleware {
        let hops =
            switch source {
            case .separate(let hops): hops.all
            case .forwarded(let hops): [hops]
            }
        guard hops.allSatisfy({ $0 >= 0 }), hops.contains(where: { $0 > 0 }) else {
            throw ConfigurationProblem(
                "ProxyHeaders is told of no proxy.",
                hint: "Say how many proxies add to each field, such as ProxyHeaders(for: 1, proto: 1).")
        }
        guard let peers else { return self }
        var configured = self
        configured.trusted = try PeerList(configured: peers)
        return configured
    }

    /// Answers the request as the client has sent it to the outermost proxy.
    public func respond(to request: Request, next: any Responder) -> Reply {
        // A list of peers that was never checked lets nobody in.
        if peers != nil, trusted?.contains(request.connection.remoteAddress) != true {
            return next.respond(to: request)
        }
        let claims =
            switch source {
            case .separate(let hops): Self.claims(of: request.headers, hops)
            case .forwarded(let hops): Self.claims(of: request.headers, hops)
            }
        return next.respond(to: claims.applied(to: request))
    }

    // MARK: - What the proxies say

    private static func claims(of headers: Headers, _ hops: Hops) -> ProxyClaims {
        func value(_ name: HTTPField.Name?, _ hops: Int) -> String? {
            guard hops > 0, let name else { return nil }
            return ForwardedField.value(headers[values: name], fromEnd: hops)
        }
        return ProxyClaims(
            client: value(.forwardedFor, hops.client), scheme: value(.forwardedProto, hops.scheme),
            host: value(.forwardedHost, hops.host), port: value(.forwardedPort, hops.port),
            prefix: value(.forwardedPrefix, hops.prefix))
    }

    private static func claims(of headers: Headers, _ hops: Int) -> ProxyClaims {
        guard let name = HTTPField.Name.forwarded,
            let element = ForwardedField.element(headers[values: name], fromEnd: hops)
        else { return ProxyClaims() }
        return ProxyClaims(client: element["for"], scheme: element["proto"], host: element["host"])
    }
}

extension HTTPField.Name {
    static let forwarded = HTTPField.Name("Forwarded")
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")
    static let forwardedProto = HTTPField.Name("X-Forwarded-Proto")
    static let forwardedHost = HTTPField.Name("X-Forwarded-Host")
    static let forwardedPort = HTTPField.Name("X-Forwarded-Port")
    static let forwardedPrefix = HTTPField.Name("X-Forwarded-Prefix")
}
