/// A cookie that a response sets (`Set-Cookie`, RFC 6265 §4.1).
///
/// ```swift
/// var cookie = SetCookie("theme", "dark")
/// cookie.maxAge = 86_400
/// cookie.sameSite = .lax
/// try response.headers.setCookie(cookie)
/// ```
public struct SetCookie: Sendable, Hashable {
    /// Whether the cookie goes with requests that other sites cause.
    public enum SameSite: String, Sendable, Hashable, CaseIterable {
        /// Never.
        case strict = "Strict"
        /// Only where the user follows a link.
        case lax = "Lax"
        /// Always; browsers take it with `Secure` only.
        case none = "None"
    }

    /// More bytes than so many for a whole cookie are dropped by browsers without a word; the limit that Werkzeug
    /// warns at.
    public static let maximumSize = 4093

    /// The name: a token.
    public var name: String

    /// The value; any text, which is quoted where it must be.
    public var value: String

    /// The domain whose hosts get it; nil for the host that set it alone. A dot in front and a port are left out.
    public var domain: String?

    /// When it ends; nil for the end of the browser's session. With ``maxAge`` alone this is written too, for old
    /// clients.
    public var expires: HTTPDate?

    /// After how many seconds it ends; 0 or less removes it.
    public var maxAge: Int?

    /// Whether it goes over TLS only.
    public var isSecure = false

    /// Whether scripts of the page cannot read it.
    public var isHTTPOnly = false

    /// The path that it goes with, and those below it; nil for that of the request.
    public var path: String? = "/"

    /// Whether it goes with requests that other sites cause; nil leaves that to the browser.
    public var sameSite: SameSite?

    /// Whether it is kept apart for each site that embeds this one (CHIPS); implies `Secure`.
    public var isPartitioned = false

    /// A cookie for the session, for all paths.
    public init(_ name: String, _ value: String = "") {
        self.name = name
        self.value = value
    }

    /// What removes a cookie; domain and path must be those that it was set with (Flask's `delete_cookie`).
    public static func removing(_ name: String, path: String? = "/", domain: String? = nil) -> SetCookie {
        var cookie = SetCookie(name)
        cookie.path = path
        cookie.domain = domain
        cookie.maxAge = 0
        cookie.expires = HTTPDate(secondsSinceEpoch: 0)
        return cookie
    }
}

/// A cookie that cannot be set as it is.
public struct InvalidCookie: Error, Sendable, Hashable, CustomStringConvertible {
    /// The name of the cookie.
    public let name: String

    /// What is wrong, and what would be right.
    public let reason: String

    /// What happened. A name that is not a token is shown without what could break a log's line.
    public var description: String {
        let shown = String(decoding: name.utf8.filter { ByteSet.token.contains($0) }, as: UTF8.self)
        return "The cookie '\(shown)' cannot be set: \(reason)"
    }
}
