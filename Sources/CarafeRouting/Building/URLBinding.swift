/// Where an application is reached, as far as URLs say: Werkzeug's `MapAdapter`.
public struct URLBinding: Sendable {
    /// The host with its port where that is not the scheme's own, in lowercase: `example.com`, without the subdomain
    /// unless hosts are matched whole.
    public var host: String
    /// The request's subdomain; empty for none.
    public var subdomain: String
    /// The scheme: `http`, `https`, `ws` or `wss`; empty for URLs that begin with `//`.
    public var scheme: String
    /// The path below which the application is mounted, percent-encoded; empty for none.
    public var scriptRoot: String
    /// The method whose rules are preferred where none is given.
    public var defaultMethod: String

    /// Names where an application is reached.
    public init(
        host: String, subdomain: String = "", scheme: String = "http", scriptRoot: String = "",
        defaultMethod: String = "GET"
    ) {
        self.host = host
        self.subdomain = subdomain
        self.scheme = scheme
        self.scriptRoot = scriptRoot
        self.defaultMethod = defaultMethod
    }

    /// The script root with a slash at its end.
    var root: String {
        if scriptRoot.utf8.last == UInt8(ascii: "/") { return scriptRoot }
        return scriptRoot + "/"
    }

    /// The whole host for a rule's domain; nil stands for the request's own.
    func host(forDomain domain: String?, hostMatching: Bool) -> String {
        if hostMatching { return domain ?? host }
        let subdomain = domain ?? subdomain
        return subdomain.isEmpty ? host : "\(subdomain).\(host)"
    }

    /// The scheme for a rule, as secure as the binding's or as the one given.
    func scheme(isWebSocket: Bool, given: String? = nil) -> String {
        let scheme = given ?? scheme
        let isSecure = scheme == "https" || scheme == "wss"
        if isWebSocket { return isSecure ? "wss" : "ws" }
        if scheme.isEmpty { return "" }
        return isSecure ? "https" : "http"
    }
}

extension String {
    /// The text without the slashes that it begins with.
    func droppingSlashes() -> String {
        String(decoding: utf8.drop { $0 == UInt8(ascii: "/") }, as: UTF8.self)
    }
}
