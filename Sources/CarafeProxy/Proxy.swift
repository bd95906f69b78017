public import CarafeHTTP
import HTTPTypes
public import Logging

/// Passes requests on to another server, and its responses back: a reverse proxy.
///
/// ```swift
/// app.mount("/", Proxy("http://127.0.0.1:5000"))
/// ```
///
/// Content streams both ways, no faster than its reader takes it; WebSockets pass. Connections to the server are kept for further
/// requests. A server that cannot be reached, or whose answer is malformed, is a 502, one that is too slow a 504.
public struct Proxy: Responder {
    /// What the server makes of the path that the proxy is mounted at.
    public enum Prefix: Sendable {
        /// It sees the path below the mount, and is told the mount's in `X-Forwarded-Prefix`. It makes its own addresses with it
        /// (Werkzeug's `ProxyFix(x_prefix=1)`).
        case told
        /// It sees the path below the mount and knows nothing of the rest: the paths in the `Location` of its redirects and of
        /// its cookies get the mount's put in front.
        case added
        /// It sees the whole path, as the client sent it.
        case kept
    }

    /// Which fields tell the server of the client.
    public struct Forwarding: OptionSet, Sendable {
        /// The fields as bits.
        public let rawValue: Int

        /// Fields from their bits.
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// `X-Forwarded-For`, `-Proto`, `-Host` and `-Prefix`.
        public static let xForwarded = Forwarding(rawValue: 1)
        /// `Forwarded` (RFC 7239).
        public static let forwarded = Forwarding(rawValue: 2)
    }

    /// What the server makes of the path that the proxy is mounted at; ``Prefix/told``.
    public var prefix = Prefix.told

    /// Whether the server sees the `Host` that the client named; otherwise its own.
    public var keepsHost = true

    /// Which fields tell the server of the client; `X-Forwarded-…`.
    public var forwarding = Forwarding.xForwarded

    /// Whether those fields of the client's own are believed, because it is another proxy: they are passed on, and the client is
    /// added to the list of addresses. Otherwise they are dropped.
    public var trustsClient = false

    /// How long the server may take to accept a connection, the handshake of TLS included; 5 s. Then it is a 504.
    public var connectTimeout = Duration.seconds(5)

    /// How long the server may take to begin its response, once it has the request; 60 s. Then it is a 504.
    public var responseTimeout = Duration.seconds(60)

    /// How long the server may pause within a response's content; 60 s. Then the response is broken off.
    public var idleTimeout = Duration.seconds(60)

    /// How long a WebSocket may be silent in both directions; an hour. Then it is broken off.
    public var tunnelTimeout = Duration.seconds(3600)

    /// How long the two sides of a WebSocket may take to agree to its end when this server goes down; 10 s. Then it is broken off.
    public var tunnelCloseTimeout = Duration.seconds(10)

    /// The most connections to the server for each event loop; 256. Requests past them wait for ``connectTimeout``, then they are
    /// a 503.
    public var maxConnections = 256

    /// How many connections each event loop keeps for further requests; 32.
    public var maxIdleConnections = 32

    /// How long such a connection is kept; 30 s.
    public var keepAliveTimeout = Duration.seconds(30)

    /// Where it is told why there was no response.
    public var logger = Logger(label: "carafe.proxy")

    let upstream: Result<Upstream, InvalidUpstream>
    /// What protects connections to the server; nil where they are plain.
    let security: (any UpstreamSecurity)?
    let pool = UpstreamPool()

    /// A proxy for a server.
    ///
    /// - Parameter url: where it is: `http://host:port`, with a path where all paths have it in front, or `unix:/path` for a
    ///   unix socket. One with `https` needs the module `CarafeTLS` and its `Proxy(_:tls:)`.
    public init(_ url: String) {
        upstream = Result { () throws(InvalidUpstream) in
            let upstream = try Upstream(url)
            guard !upstream.isSecure else {
                throw InvalidUpstream(
                    "A proxy does not speak TLS with '\(url)' by itself.",
                    hint: "Import CarafeTLS, and write Proxy(\"\(url)\", tls: ProxyTLS()).")
            }
            return upstream
        }
        security = nil
    }

    /// A proxy for a server that is spoken to under protection.
    ///
    /// - Parameters:
    ///   - url: where it is: `https://host:port`, with a path where all paths have it in front
    ///   - security: what protects its connections
    package init(_ url: String, security: () throws(InvalidUpstream) -> any UpstreamSecurity) {
        let secured = Result { () throws(InvalidUpstream) in
            let upstream = try Upstream(url)
            guard upstream.isSecure else {
                throw InvalidUpstream(
                    "A proxy does not speak TLS with '\(url)'.",
                    hint: "Begin the address with https://, or leave 'tls' out.")
            }
            return (upstream: upstream, security: try security())
        }
        upstream = secured.map(\.upstream)
        self.security = try? secured.get().security
    }

    /// Passes a request on.
    public func respond(to request: Request) -> Reply {
        do throws(ProxyFailure) {
            let upstream = try checkedUpstream()
            let head = try ForwardedHead(request, upstream, self)
            return .later { await ForwardedRequest(request, head, upstream, self).response() }
        } catch {
            return .now(error.response(to: request))
        }
    }

    private func checkedUpstream() throws(ProxyFailure) -> Upstream {
        switch upstream {
        case .success(let upstream): return upstream
        case .failure: throw ProxyFailure(.misconfigured, "The proxy's address names no server.")
        }
    }
}
