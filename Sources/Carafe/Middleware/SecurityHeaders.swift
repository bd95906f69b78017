public import CarafeHTTP
public import HTTPTypes

/// Adds the fields by which browsers protect a site's visitors (Flask-Talisman's, with its defaults).
///
/// ```swift
/// var security = SecurityHeaders()
/// security.contentSecurityPolicy = ["default-src": "'self'", "img-src": "'self' data:"]
/// security.nonceDirectives = ["script-src"]
/// security.httpsRedirect = .permanentRedirect
/// app.use(security)
/// ```
///
/// A field that a response has already stays as it is. A handler or a hook changes what its own response gets:
///
/// ```swift
/// request.changeSecurityHeaders { $0.frameOptions = nil }
/// ```
///
/// The session's cookie becomes `SameSite=Lax`, and with ``httpsRedirect`` `Secure` outside of debug mode, unless the
/// configuration says something else.
public struct SecurityHeaders: ConfiguredMiddleware {
    /// Who may show the pages in a frame (`X-Frame-Options`); nil for everyone.
    public var frameOptions: String? = "SAMEORIGIN"

    /// Whether browsers believe the content's type (`X-Content-Type-Options: nosniff`).
    public var refusesSniffing = true

    /// Where pages may load from; nil for everywhere.
    public var contentSecurityPolicy: ContentSecurityPolicy? = ["default-src": "'self'", "object-src": "'none'"]

    /// The directives that the request's nonce is added to, such as `script-src`; one that the policy does not have gets the
    /// sources of `default-src` as well.
    public var nonceDirectives: [String] = []

    /// Where browsers report what the policy has stopped (`report-uri`).
    public var reportURI: String?

    /// Whether the policy is only reported on and nothing is stopped; needs ``reportURI``.
    public var reportsOnly = false

    /// For how long browsers come back over TLS alone; said over TLS only. Nil says nothing.
    public var strictTransportSecurity: StrictTransportSecurity? = StrictTransportSecurity(
        maxAge: .seconds(31_556_926), includesSubdomains: true)

    /// What other sites are told of where a visitor comes from; nil says nothing.
    public var referrerPolicy: String? = "strict-origin-when-cross-origin"

    /// What pages may use of the browser; nil says nothing.
    public var permissionsPolicy: String? = "browsing-topics=()"

    /// Further fields, such as `Cross-Origin-Opener-Policy`.
    public var further = Headers()

    /// The status by which requests that come without TLS are sent to the same address with it, such as `.permanentRedirect`
    /// (308, which keeps the method); nil sends nobody, and debug mode sends nobody either. Behind a proxy that speaks TLS it
    /// needs ``ProxyHeaders``, or it would redirect for ever.
    public var httpsRedirect: HTTPResponse.Status?

    /// Talisman's fields, without a redirect to HTTPS.
    public init() {}

    /// Checks the policy, and completes what the configuration says of the session's cookie.
    public func configured(by config: inout Config) throws(ConfigurationProblem) -> any Middleware {
        if reportsOnly, reportURI == nil {
            throw ConfigurationProblem(
                "SecurityHeaders only reports on its policy, and has nowhere to report to.",
                hint: "Set reportURI to the path or address that takes the reports.")
        }
        if let status = httpsRedirect, ![301, 302, 307, 308].contains(status.code) {
            throw ConfigurationProblem(
                "SecurityHeaders redirects to HTTPS with \(status.code), which is no redirect.",
                hint: "Use .permanentRedirect (308), .temporaryRedirect (307), .movedPermanently (301) or .found (302)."
            )
        }
        var configured = self
        if config.debug { configured.httpsRedirect = nil }
        if config["SESSION_COOKIE_SAMESITE"] == nil { config["SESSION_COOKIE_SAMESITE"] = "Lax" }
        if configured.httpsRedirect != nil, config["SESSION_COOKIE_SECURE"] == nil {
            config["SESSION_COOKIE_SECURE"] = true
        }
        return configured
    }

    /// Redirects, or adds the fields to what the app answers.
    public func respond(to request: Request, next: any Responder) -> Reply {
        if let httpsRedirect, !request.isSecure, let location = request.secureURL() {
            return .now(redirect(to: location, status: httpsRedirect))
        }
        return next.respond(to: request).map { response in
            var headers = self
            request.securityHeadersChanges?.apply(to: &headers)
            return headers.added(to: response, for: request)
        }
    }

    // MARK: - The fields

    private func added(to response: Response, for request: Request) -> Response {
        var response = response
        func add(_ name: HTTPField.Name?, _ value: @autoclosure () -> String?) {
            guard let name, !response.headers.contains(name), let value = value() else { return }
            response.headers[name] = value
        }
        add(Self.frameOptionsName, frameOptions)
        add(.xContentTypeOptions, refusesSniffing ? "nosniff" : nil)
        add(Self.referrerPolicyName, referrerPolicy)
        add(Self.permissionsPolicyName, permissionsPolicy)
        add(.strictTransportSecurity, request.isSecure ? strictTransportSecurity?.description : nil)
        // A page from a cache keeps the nonce that it was sent with, and so its policy.
        if response.status != .notModified {
            add(reportsOnly ? .contentSecurityPolicyReportOnly : .contentSecurityPolicy, policy(for: request))
        }
        for (name, value) in further { add(HTTPField.Name(name), value) }
        return response
    }

    private func policy(for request: Request) -> String? {
        guard var policy = contentSecurityPolicy else { return nil }
        if let reportURI, policy["report-uri"] == nil { policy["report-uri"] = reportURI }
        for directive in nonceDirectives where request.appContext != nil {
            let sources = policy[directive] ?? policy["default-src"] ?? ""
            policy[directive] = sources + (sources.utf8.isEmpty ? "" : " ") + "'nonce-\(request.cspNonce)'"
        }
        let text = policy.description
        return text.utf8.isEmpty ? nil : text
    }

    private static let frameOptionsName = HTTPField.Name("X-Frame-Options")
    private static let referrerPolicyName = HTTPField.Name("Referrer-Policy")
    private static let permissionsPolicyName = HTTPField.Name("Permissions-Policy")
}

/// What a request's own code has changed of the fields.
private struct SecurityHeadersChanges: Sendable {
    private var changes: [@Sendable (inout SecurityHeaders) -> Void] = []

    mutating func append(_ change: @escaping @Sendable (inout SecurityHeaders) -> Void) { changes.append(change) }

    func apply(to headers: inout SecurityHeaders) {
        for change in changes { change(&headers) }
    }
}

extension Request {
    fileprivate var securityHeadersChanges: SecurityHeadersChanges? { self[SecurityHeadersChanges.self] }

    /// Changes the fields that ``SecurityHeaders`` adds to this request's response; a hook of a blueprint does it for all of
    /// its routes.
    ///
    /// ```swift
    /// widgets.beforeRequest { request in
    ///     request.changeSecurityHeaders { $0.frameOptions = nil }
    /// }
    /// ```
    public func changeSecurityHeaders(_ change: @escaping @Sendable (inout SecurityHeaders) -> Void) {
        var changes = securityHeadersChanges ?? SecurityHeadersChanges()
        changes.append(change)
        self[SecurityHeadersChanges.self] = changes
    }
}
