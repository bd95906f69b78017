public import CarafeHTTP

/// Answers requests that name another host with 400: nobody can have the app write a host of theirs into a link, a mail or
/// a cache (Werkzeug's `host_is_trusted`).
///
/// ```swift
/// app.use(TrustedHosts("example.org", ".example.com"))
/// ```
///
/// `.example.com` stands for the domain and all its subdomains, a port counts only where one is named, and a name that is not
/// ASCII stands for what clients send. It looks at ``CarafeHTTP/Request/host``, so it comes after ``ProxyHeaders``. The
/// configuration's `TRUSTED_HOSTS` refuses the same, by way of the app's hooks and error handlers.
public struct TrustedHosts: ConfiguredMiddleware {
    private let hosts: [String]
    private let list: HostList

    /// The hosts that the app may be asked by.
    public init(_ hosts: String...) { self.init(hosts) }

    /// The hosts that the app may be asked by.
    public init(_ hosts: [String]) {
        self.hosts = hosts
        list = HostList(hosts)
    }

    /// Checks that there is a host.
    public func configured(by config: inout Config) throws(ConfigurationProblem) -> any Middleware {
        guard hosts.contains(where: { !$0.utf8.isEmpty && !$0.utf8.elementsEqual(".".utf8) }) else {
            throw ConfigurationProblem(
                "TrustedHosts names no host, and would refuse every request.",
                hint: "Give the names by which the app is reached, such as TrustedHosts(\"example.org\").")
        }
        return self
    }

    /// Passes on requests for one of the hosts.
    public func respond(to request: Request, next: any Responder) -> Reply {
        if let refusal = list.refusal(of: request) { return .now(refusal.page(for: request)) }
        return next.respond(to: request)
    }
}
