import CarafeHTTP
import CarafeRouting
import HTTPTypes

/// Finds the plan for a request: what Flask's URL adapter does.
struct AppRouter: Sendable {
    /// A blueprint's prefix, with the plan for paths below it that no rule matches: its own error handlers apply.
    struct Mount: Sendable {
        let prefix: [UInt8]
        let plan: RoutePlan
    }

    private let matcher: Matcher
    private let plans: [RoutePlan]
    private let missing: RoutePlan
    /// The longest prefix first.
    private let mounts: [Mount]
    /// What answers where no rule does, the longest prefix first.
    let mounted: [MountedResponder]
    private let trustedHosts: HostList?
    private let serverName: String?
    private let matchesHosts: Bool
    private let matchesSubdomains: Bool
    /// Whether there is a WebSocket at all; without one, a request for one is answered like any other.
    private let hasWebSockets: Bool

    init(
        matcher: Matcher, plans: [RoutePlan], missing: RoutePlan, mounts: [Mount], mounted: [MountedResponder],
        config: Config, matchesHosts: Bool, matchesSubdomains: Bool
    ) {
        self.matcher = matcher
        self.plans = plans
        self.missing = missing
        self.mounts = mounts.sorted { $0.prefix.count > $1.prefix.count }
        self.mounted = mounted
        trustedHosts = config.trustedHosts.flatMap { $0.isEmpty ? nil : HostList($0) }
        serverName = config.serverName
        self.matchesHosts = matchesHosts
        self.matchesSubdomains = matchesSubdomains
        hasWebSockets = matcher.rules.contains { $0.rule.isWebSocket }
    }

    /// Every rule, in the order of registration.
    var rules: [BoundRule] { matcher.rules }

    /// What holds for all rules.
    var options: RouteMap.Options { matcher.options }

    /// What a path leads to.
    func result(path: String, method: String, domain: String?) -> MatchResult {
        matcher.match(path, method: method, domain: domain)
    }

    /// Finds out what a request leads to, and opens its context.
    func match(_ request: Request, in app: CompiledApp) -> Context {
        if let refusal = trustedHosts?.refusal(of: request) {
            return Context(app: app, plan: missing, answer: .failure(refusal))
        }
        let error: Abort
        let result = result(request)
        if !mounted.isEmpty, isMissing(result), let answer = mountedAnswer(request) {
            return Context(app: app, plan: missing, answer: answer)
        }
        switch result {
        case .match(let match): return Context(app: app, plan: plans[match.rule.index], values: match.values)
        case .redirect(let redirect):
            return Context(app: app, plan: missing, answer: .redirect(location(redirect, request)))
        case .methodNotAllowed(let methods):
            error = Abort(.methodNotAllowed, headers: [.allow: methods.joined(separator: ", ")])
        case .websocketMismatch: error = mismatch(request)
        case .notFound: error = Abort(.notFound)
        }
        return Context(app: app, plan: plan(below: request), answer: .failure(error))
    }

    // MARK: - What is mounted

    /// Whether the app has nothing to answer with: no rule, none for the method, or no such static file.
    private func isMissing(_ result: MatchResult) -> Bool {
        switch result {
        case .match(let match):
            guard let files = plans[match.rule.index].staticFiles, let name = match.values.last?.text else {
                return false
            }
            return !files.contains(name)
        case .redirect: return false
        case .methodNotAllowed, .websocketMismatch, .notFound: return true
        }
    }

    /// What is mounted for a path, percent-encoded, that the app has nothing to answer with, and the path that it sees.
    func mounted(for path: String, _ result: MatchResult) -> (responder: MountedResponder, path: String)? {
        guard isMissing(result) else { return nil }
        var path = path
        return path.withUTF8 { bytes in
            guard let (responder, length) = mounted(for: UnsafeRawBufferPointer(bytes)) else { return nil }
            let rest = String(decoding: bytes.dropFirst(length), as: UTF8.self)
            return (responder, rest.isEmpty ? "/" : rest)
        }
    }

    /// What is mounted for a path as it is sent, and how many of its bytes lead there.
    private func mounted(for path: UnsafeRawBufferPointer) -> (responder: MountedResponder, prefixLength: Int)? {
        for responder in mounted {
            if let length = responder.length(in: path) { return (responder, length) }
        }
        return nil
    }

    private func mountedAnswer(_ request: Request) -> RoutingAnswer? {
        let target = request.head.target
        guard target.form == .origin || target.form == .absolute else { return nil }
        return target.withRawPath { path in
            mounted(for: path).map { .mounted($0.responder, prefixLength: $0.prefixLength) }
        }
    }

    /// The methods that a request's path allows, sorted.
    func allowedMethods(for request: Request) -> [String] {
        withPath(request) { matcher.allowedMethods(path: $0, domain: domain(of: request)) }
    }

    private func result(_ request: Request) -> MatchResult {
        withPath(request) { path in
            matcher.match(
                path: path, method: request.method.rawValue, domain: domain(of: request),
                isWebSocket: isWebSocket(request))
        }
    }

    private func isWebSocket(_ request: Request) -> Bool {
        hasWebSockets && WebSocketHandshake.isRequested(by: request.head)
    }

    /// A request for a WebSocket where there is none, or another one where there is nothing else.
    private func mismatch(_ request: Request) -> Abort {
        if isWebSocket(request) { return Abort(.badRequest, "There is no WebSocket here.") }
        return Abort(
            .upgradeRequired, "There is nothing but a WebSocket here.",
            headers: [.upgrade: "websocket", .connection: "Upgrade"])
    }

    /// The bytes of the path, percent-decoded where it is encoded.
    private func withPath<Result>(_ request: Request, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let target = request.head.target
        if target.form == .asterisk || target.form == .authority {
            return body(UnsafeRawBufferPointer(start: nil, count: 0))
        }
        guard target.isPathEncoded else { return target.withRawPath(body) }
        return target.withRawPath { PercentEncoding.decodedBytes($0) }.withUnsafeBytes(body)
    }

    /// What rules for hosts or subdomains are matched with; nil where there are none.
    private func domain(of request: Request) -> String? { domain(of: request.head.authority) }

    /// What rules for hosts or subdomains are matched with for a host; nil where there are none.
    func domain(of authority: String) -> String? {
        if matchesHosts { return HostNames.lowercased(authority) }
        guard matchesSubdomains, let serverName else { return nil }
        return HostNames.subdomain(of: authority, below: serverName) ?? "<invalid>"
    }

    /// Where the app is reached by this request.
    func binding(_ request: Request) -> URLBinding {
        let host = HostNames.lowercased(request.host)
        guard matchesSubdomains, let serverName, let subdomain = HostNames.subdomain(of: host, below: serverName) else {
            return URLBinding(
                host: host, scheme: request.scheme, scriptRoot: request.head.rawScriptRoot,
                defaultMethod: request.method.rawValue)
        }
        return URLBinding(
            host: serverName, subdomain: subdomain, scheme: request.scheme, scriptRoot: request.head.rawScriptRoot,
            defaultMethod: request.method.rawValue)
    }

    /// The plan whose error handlers see that nothing matches.
    private func plan(below request: Request) -> RoutePlan {
        guard !mounts.isEmpty else { return missing }
        return withPath(request) { path in
            mounts.first { mount in
                path.count >= mount.prefix.count && path.prefix(mount.prefix.count).elementsEqual(mount.prefix)
                    && (path.count == mount.prefix.count || mount.prefix.last == UInt8(ascii: "/")
                        || path[mount.prefix.count] == UInt8(ascii: "/"))
            }?.plan ?? missing
        }
    }

    /// An absolute address with the request's query, as Werkzeug's redirects are.
    private func location(_ redirect: Redirect, _ request: Request) -> String {
        redirect.url(in: binding(request), query: request.head.target.rawQuery ?? "")
    }
}
