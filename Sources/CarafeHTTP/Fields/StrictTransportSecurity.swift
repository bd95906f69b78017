/// How long browsers come back over TLS alone (HSTS, RFC 6797).
///
/// They do, whatever the user says: begin with a short time.
public struct StrictTransportSecurity: Sendable, CustomStringConvertible {
    /// For so long after each response.
    public var maxAge: Duration

    /// Whether that goes for all hosts below this one too.
    public var includesSubdomains: Bool

    /// Whether browsers may have it built in, for good.
    public var isPreloaded: Bool

    /// For a year and this host alone, unless told.
    public init(maxAge: Duration = .seconds(31_536_000), includesSubdomains: Bool = false, isPreloaded: Bool = false) {
        self.maxAge = maxAge
        self.includesSubdomains = includesSubdomains
        self.isPreloaded = isPreloaded
    }

    /// The field's value.
    public var description: String {
        "max-age=\(maxAge.components.seconds)" + (includesSubdomains ? "; includeSubDomains" : "")
            + (isPreloaded ? "; preload" : "")
    }
}
