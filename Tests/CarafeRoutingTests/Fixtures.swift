import CarafeRouting

/// A map of rules, ready to ask.
struct Routes {
    let matcher: Matcher
    let binding: URLBinding

    init(
        _ rules: [Rule], converters: [String: any Converter] = [:],
        options: (inout RouteMap.Options) -> Void = { _ in },
        binding: URLBinding = URLBinding(host: "example.com")
    ) throws {
        var changed = RouteMap.Options()
        options(&changed)
        var map = RouteMap(options: changed)
        for (name, converter) in converters { map.register(converter: name) { _ in converter } }
        for rule in rules { try map.add(rule) }
        matcher = try map.matcher()
        self.binding = binding
    }

    /// Rules that have their own path as endpoint.
    init(_ paths: String...) throws {
        try self.init(paths.map { Rule($0, endpoint: $0) })
    }

    /// What a request leads to, as text: `endpoint name=value`, `308 URL`, `405 METHODS`, `400` or `404`.
    func match(
        _ path: String, _ method: String = "GET", domain: String? = nil, isWebSocket: Bool = false, query: String = ""
    ) -> String {
        describe(matcher.match(path, method: method, domain: domain, isWebSocket: isWebSocket), query: query)
    }

    /// The same for a path of any bytes.
    func match(bytes: [UInt8]) -> String {
        bytes.withUnsafeBytes { describe(matcher.match(path: $0, method: "GET")) }
    }

    private func describe(_ result: MatchResult, query: String = "") -> String {
        switch result {
        case .match(let match):
            ([match.rule.endpoint] + zip(match.rule.arguments, match.values).map { "\($0)=\($1.text)" })
                .joined(separator: " ")
        case .redirect(let redirect): "308 " + redirect.url(in: binding, query: query)
        case .methodNotAllowed(let methods): "405 " + methods.joined(separator: ", ")
        case .websocketMismatch: "400"
        case .notFound: "404"
        }
    }

    /// The URL of an endpoint.
    func url(_ endpoint: String, _ values: BuildValues = [:], method: String? = nil) throws(BuildError) -> String {
        try matcher.url(for: endpoint, values, in: binding, method: method)
    }
}

/// The error of a rule that cannot be added, or nil where it can.
func problem(of rule: Rule) -> RuleError? {
    var map = RouteMap()
    do { try map.add(rule) } catch { return error }
    return nil
}
