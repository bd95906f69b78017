/// A rule as it is declared: a path with variables, and what belongs to it.
///
/// A rule's path starts with a slash and may hold variables, `<name>` or `<converter(arguments):name>`, several of
/// them in a segment. One that ends with a slash is a branch: without its slash it is redirected to. Otherwise it is
/// a leaf.
///
/// ```swift
/// Rule("/", endpoint: "index")
/// Rule("/posts/<int(min=1):id>", endpoint: "post", methods: ["GET", "DELETE"])
/// Rule("/files/<name>.<any(png, jpg):format>", endpoint: "picture")
/// Rule("/wiki/<path:page>/edit", endpoint: "edit")
/// ```
public struct Rule: Sendable {
    /// The path with its variables.
    public var path: String
    /// The name by which a URL is built and the handler found.
    public var endpoint: String
    /// The methods that it answers, or nil for every method. They are made uppercase, and HEAD comes with GET.
    public var methods: [String]?
    /// Values for variables that the path does not have. Among the rules of an endpoint, the one whose defaults equal
    /// the values is canonical: the others redirect to it.
    public var defaults: [String: RoutingValue]
    /// The subdomain, which may hold variables; nil stands for the map's default. Unused with host matching.
    public var subdomain: String?
    /// The whole host, which may hold variables. Used only with host matching.
    public var host: String?
    /// Whether a branch redirects to its slash (true), or answers with and without one (false); nil: as the map says.
    public var strictSlashes: Bool?
    /// Whether a request's repeated slashes are merged by a redirect; nil: as the map says.
    public var mergeSlashes: Bool?
    /// Whether URLs are built from it but none is matched.
    public var isBuildOnly: Bool
    /// Whether it answers WebSocket handshakes, and only those.
    public var isWebSocket: Bool
    /// Whether it redirects to the endpoint's other rule with the same arguments.
    public var isAlias: Bool
    /// Where a request that matches is redirected.
    public var redirectTo: RedirectTarget?

    /// Where a rule redirects.
    public enum RedirectTarget: Sendable {
        /// A URL reference with the rule's variables in angle brackets, as in `"posts/<id>"`; relative to the
        /// script root.
        case template(String)
        /// A URL reference made from the match; relative to the script root. It must be percent-encoded.
        case computed(@Sendable (Match) -> String)
    }

    /// Declares a rule. It is checked when it is added to a map.
    public init(
        _ path: String, endpoint: String, methods: [String]? = nil, defaults: [String: RoutingValue] = [:],
        subdomain: String? = nil, host: String? = nil, strictSlashes: Bool? = nil, mergeSlashes: Bool? = nil,
        isBuildOnly: Bool = false, isWebSocket: Bool = false, isAlias: Bool = false,
        redirectTo: RedirectTarget? = nil
    ) {
        self.path = path
        self.endpoint = endpoint
        self.methods = methods
        self.defaults = defaults
        self.subdomain = subdomain
        self.host = host
        self.strictSlashes = strictSlashes
        self.mergeSlashes = mergeSlashes
        self.isBuildOnly = isBuildOnly
        self.isWebSocket = isWebSocket
        self.isAlias = isAlias
        self.redirectTo = redirectTo
    }
}

extension Sequence<Rule> {
    /// The rules below a path: Werkzeug's `Submount`.
    ///
    /// ```swift
    /// [Rule("/", endpoint: "index")].submounted(at: "/blog")      // "/blog/"
    /// ```
    public func submounted(at path: String) -> [Rule] {
        var prefix = path.utf8[...]
        while prefix.last == UInt8(ascii: "/") { prefix.removeLast() }
        let mount = String(decoding: prefix, as: UTF8.self)
        return changed { $0.path = mount + $0.path }
    }

    /// The rules on a subdomain, which may hold variables: Werkzeug's `Subdomain`.
    public func onSubdomain(_ subdomain: String) -> [Rule] {
        changed { $0.subdomain = subdomain }
    }

    /// The rules with a prefix before their endpoints: Werkzeug's `EndpointPrefix`.
    public func prefixingEndpoints(with prefix: String) -> [Rule] {
        changed { $0.endpoint = prefix + $0.endpoint }
    }

    private func changed(by change: (inout Rule) -> Void) -> [Rule] {
        map { rule in
            var rule = rule
            change(&rule)
            return rule
        }
    }
}
