import CarafeHTTP
import CarafeRouting
import Synchronization

/// Why a request leads to a rule, and why not to the others.
struct RouteExplanation {
    /// A rule that does not answer.
    struct Other {
        let rule: BoundRule
        let reason: String
        /// How near it comes, the nearest first: it matches too, by another method, as far as so many segments.
        let distance: Int
    }

    /// What is mounted where no rule answers.
    indirect enum Mounted {
        case responder(MountedResponder)
        /// An app, and what the request leads to there.
        case app(MountedResponder, RouteExplanation)
    }

    /// What the rules lead the request to: an endpoint, or a status.
    let result: MatchResult
    /// What answers instead where that is nothing; nil where it stays.
    let mounted: Mounted?
    let method: String
    let path: String
    private(set) var others: [Other] = []

    private let options: RouteMap.Options
    private let converters: [String: ConverterFactory]

    /// Explains a request: `GET /post/7`, or `/post/7` alone. A whole URL says for which host.
    ///
    /// - Throws: ``ConfigurationProblem`` where the text is no request
    init(_ text: String, in app: App, _ compiled: CompiledApp) throws {
        let words = text.utf8.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        guard let target = words.last, words.count <= 2 else {
            throw ConfigurationProblem("'\(text)' is no request.", hint: "Write a method and a path: 'GET /post/7'.")
        }
        let method = words.count == 2 ? String(decoding: words[0].utf8.map(Self.upper), as: UTF8.self) : "GET"
        let (authority, path) = Self.split(target)
        guard path.utf8.first == UInt8(ascii: "/") else {
            throw ConfigurationProblem("'\(target)' is no path.", hint: "A path begins with a slash: /post/7.")
        }
        self.init(method, authority, path, in: app, compiled)
    }

    /// - Parameter rawPath: as it is sent, percent-encoded
    private init(_ method: String, _ authority: String, _ rawPath: String, in app: App, _ compiled: CompiledApp) {
        self.method = method
        path = PercentEncoding.decode(rawPath)
        (options, converters) = (compiled.router.options, app.state.withLock { $0.converters })
        let domain = compiled.router.domain(of: authority)
        result = compiled.router.result(path: path, method: method, domain: domain)
        mounted = compiled.router.mounted(for: rawPath, result).map { responder, rest in
            guard let (app, compiled) = responder.app else { return .responder(responder) }
            return .app(responder, RouteExplanation(method, authority, rest, in: app, compiled))
        }
        var winner: BoundRule?
        if case .match(let match) = result { winner = match.rule }
        others = compiled.router.rules.filter { $0 !== winner }.map { explain($0, winner, domain) }
            .sorted { ($0.distance, $0.rule.index) < ($1.distance, $1.rule.index) }
    }

    private static func upper(_ byte: UInt8) -> UInt8 { byte &- 0x61 < 26 ? byte & 0xDF : byte }

    /// The host of a URL and its path, without a query.
    private static func split(_ target: String) -> (authority: String, path: String) {
        var rest = target.utf8[...]
        var authority = ""
        for scheme in ["http://", "https://"] where rest.starts(with: scheme.utf8) {
            rest = rest.dropFirst(scheme.utf8.count)
            authority = String(decoding: rest.prefix { $0 != UInt8(ascii: "/") }, as: UTF8.self)
            rest = rest.drop { $0 != UInt8(ascii: "/") }
        }
        let path = rest.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        return (authority, String(decoding: path, as: UTF8.self))
    }

    // MARK: - One rule

    private func explain(_ rule: BoundRule, _ winner: BoundRule?, _ domain: String?) -> Other {
        if rule.rule.isBuildOnly {
            return Other(rule: rule, reason: "URLs are built from it, none is matched", distance: 99)
        }
        switch match(rule.rule, path, method, domain) {
        case .match:
            let reason = winner.map { "it matches too, but \($0.path) comes first" } ?? "another rule redirects first"
            return Other(rule: rule, reason: reason, distance: 0)
        case .redirect: return Other(rule: rule, reason: "it would redirect", distance: 1)
        case .methodNotAllowed, .websocketMismatch:
            return Other(
                rule: rule, reason: "it answers \((rule.methods ?? []).joined(separator: ", ")) alone", distance: 1)
        case .notFound: break
        case nil: return Other(rule: rule, reason: "it cannot be told", distance: 99)
        }
        if case .match? = withoutDomain(rule.rule) {
            return Other(
                rule: rule, reason: "it is for \(rule.rule.host ?? rule.rule.subdomain ?? "another host")", distance: 2)
        }
        let (reason, depth) = difference(rule.rule)
        return Other(rule: rule, reason: reason, distance: 50 - min(depth, 40))
    }

    /// What a rule alone makes of the request.
    private func match(_ rule: Rule, _ path: String, _ method: String, _ domain: String?) -> MatchResult? {
        var rule = rule
        rule.isAlias = false
        rule.redirectTo = nil
        var map = RouteMap(options: options)
        for (name, make) in converters { map.register(converter: name, make) }
        guard (try? map.add(rule)) != nil, let matcher = try? map.matcher() else { return nil }
        return matcher.match(path, method: method, domain: domain)
    }

    private func withoutDomain(_ rule: Rule) -> MatchResult? {
        guard rule.subdomain != nil || rule.host != nil else { return nil }
        var rule = rule
        (rule.subdomain, rule.host, rule.methods) = (nil, options.hostMatching ? "" : nil, nil)
        return match(rule, path, method, nil)
    }

    /// The first segment in which path and rule differ, and its number.
    private func difference(_ rule: Rule) -> (reason: String, depth: Int) {
        let slash = UInt8(ascii: "/")
        let wanted = rule.path.utf8.dropFirst().split(separator: slash, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        let given = path.utf8.dropFirst().split(separator: slash, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        for (index, segment) in wanted.enumerated() {
            if index >= given.count { return ("the path ends before '\(segment)'", index) }
            if segment.isEmpty, index == wanted.count - 1 { break }
            var alone = Rule("/" + segment, endpoint: "x")
            alone.strictSlashes = false
            if case .match? = match(alone, "/" + given[index], "GET", nil) { continue }
            // A converter that takes slashes, or one whose arguments have them.
            guard match(alone, "/", "GET", nil) != nil else { return ("the path is another", index) }
            return ("'\(given[index])' is no \(segment)", index)
        }
        return ("the path goes on after it", wanted.count)
    }
}
