import Carafe
import Synchronization

extension TestClient {
    /// The value of a cookie that the client keeps; nil where it has none of this name for this host and path.
    public func cookie(_ name: String, host: String = "localhost", path: String = "/") -> String? {
        jar.withLock { $0.cookies(host: host, path: path).first { $0.name == name }?.value }
    }

    /// Gives the client a cookie, as a response's `Set-Cookie` would.
    public func setCookie(_ cookie: SetCookie, host: String = "localhost") {
        jar.withLock { $0.keep(cookie, host: host, path: "/") }
    }

    /// Gives the client a cookie.
    public func setCookie(_ name: String, _ value: String) { setCookie(SetCookie(name, value)) }

    /// Takes a cookie away from the client.
    public func deleteCookie(_ name: String, host: String = "localhost", path: String = "/") {
        jar.withLock { $0.keep(.removing(name, path: path), host: host, path: path) }
    }

    func withCookies(_ message: TestMessage) -> TestMessage {
        guard usesCookies else { return message }
        let cookies = jar.withLock { $0.cookies(host: message.url.host, path: message.url.path) }
        guard !cookies.isEmpty else { return message }
        var message = message
        let mine = cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
        message.headers[.cookie] = message.headers[.cookie].map { "\($0); \(mine)" } ?? mine
        return message
    }

    func keepCookies(of headers: Headers, from url: TestURL) {
        guard usesCookies else { return }
        for value in headers[values: .setCookie] {
            guard let cookie = SetCookie(parsing: value) else { continue }
            jar.withLock { $0.keep(cookie, host: url.host, path: url.path) }
        }
    }
}

/// The cookies that a client keeps (RFC 6265 §5.3). Whether a cookie is `Secure` is not looked at, so that a test need
/// not speak TLS to have a session.
struct CookieJar: Sendable {
    private struct Entry: Sendable {
        var name: String
        var value: String
        var domain: String
        var isForHostOnly: Bool
        var path: String
        var expires: HTTPDate?
    }

    private var entries: [Entry] = []

    mutating func keep(_ cookie: SetCookie, host: String, path: String) {
        var domain = cookie.domain ?? host
        if domain.hasPrefix(".") { domain.removeFirst() }
        guard Self.host(host, isIn: domain) else { return }
        let path = cookie.path.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? Self.defaultPath(of: path)
        entries.removeAll { $0.name == cookie.name && $0.domain == domain && $0.path == path }
        let expires = cookie.maxAge.map { HTTPDate.now.advanced(by: $0) } ?? cookie.expires
        if let expires, expires <= .now { return }
        // The value stays as it was written: it goes back unchanged.
        entries.append(
            Entry(
                name: cookie.name, value: cookie.value, domain: domain, isForHostOnly: cookie.domain == nil,
                path: path, expires: expires))
    }

    /// The cookies for a request, those of longer paths first.
    func cookies(host: String, path: String) -> [(name: String, value: String)] {
        let now = HTTPDate.now
        let fitting = entries.filter { entry in
            let isExpired = entry.expires.map { $0 <= now } ?? false
            let isForHost = entry.isForHostOnly ? host == entry.domain : Self.host(host, isIn: entry.domain)
            return !isExpired && isForHost && Self.path(path, isIn: entry.path)
        }
        return fitting.sorted { $0.path.utf8.count > $1.path.utf8.count }.map { ($0.name, $0.value) }
    }

    private static func host(_ host: String, isIn domain: String) -> Bool {
        host == domain || host.hasSuffix("." + domain)
    }

    private static func path(_ path: String, isIn parent: String) -> Bool {
        path == parent || path.hasPrefix(parent.hasSuffix("/") ? parent : parent + "/")
    }

    /// The folder of the path that set a cookie without a path (RFC 6265 §5.1.4).
    private static func defaultPath(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }
}
