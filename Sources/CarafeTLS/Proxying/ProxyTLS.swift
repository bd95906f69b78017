public import CarafeProxy

/// How a proxy speaks TLS with its server.
///
/// ```swift
/// app.mount("/legacy", Proxy("https://legacy.example.com", tls: ProxyTLS()))
/// ```
///
/// The server must show a certificate that is in time, that one of the authorities has signed, and that is for its host; otherwise
/// nothing is sent to it, requests get 502, and the proxy's log tells why.
public struct ProxyTLS: Sendable {
    /// The file of the authorities that may have signed the server's certificate, in PEM; nil for those that the system trusts. It
    /// is read at the start.
    public var authorities: String?

    /// The host that the certificate must be for, and that the server is told (SNI, RFC 6066 §3); nil for that of the address.
    public var host: String?

    /// The oldest version of TLS that is spoken; 1.2 unless told.
    public var minimumVersion = TLSVersion.tls12

    /// TLS with a server.
    ///
    /// - Parameters:
    ///   - authorities: the file of the authorities that may have signed its certificate, in PEM; nil for those that the system
    ///     trusts. A relative path counts from the current folder.
    ///   - host: the host that the certificate must be for; nil for that of the proxy's address
    public init(authorities: String? = nil, host: String? = nil) {
        (self.authorities, self.host) = (authorities, host)
    }
}

extension Proxy {
    /// A proxy for a server that is spoken to over TLS.
    ///
    /// - Parameters:
    ///   - url: where it is: `https://host:port`, with a path where all paths have it in front
    ///   - tls: how it proves who it is
    public init(_ url: String, tls: ProxyTLS) {
        self.init(url) { () throws(InvalidUpstream) in try ClientSecurity(tls) }
    }
}
