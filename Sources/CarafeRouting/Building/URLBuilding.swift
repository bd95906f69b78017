extension Matcher {
    /// Builds the URL of an endpoint: Flask's `url_for`.
    ///
    /// ```swift
    /// try matcher.url(for: "post", ["id": 5, "page": 2], in: binding)      // "/posts/5?page=2"
    /// ```
    ///
    /// The result is a path unless it must be more: another host or subdomain than the binding's, a WebSocket rule, or
    /// `external`. Values that no variable takes become the query.
    ///
    /// - Parameters:
    ///   - endpoint: The endpoint.
    ///   - values: The values of the variables and of the query.
    ///   - binding: Where the application is reached.
    ///   - method: The method that the rule must answer; nil for the binding's if a rule answers it, else for any.
    ///   - anchor: The fragment.
    ///   - scheme: The scheme of an absolute URL, which makes it one unless `external` is given.
    ///   - external: Whether the URL is absolute in any case.
    ///   - appendUnknown: Whether values that no variable takes become the query.
    /// - Throws: `BuildError` where no rule fits, with a guess at what was meant.
    public func url(
        for endpoint: String, _ values: BuildValues = [:], in binding: URLBinding, method: String? = nil,
        anchor: String? = nil, scheme: String? = nil, external: Bool? = nil, appendUnknown: Bool = true
    ) throws(BuildError) -> String {
        if scheme != nil, external == false {
            throw BuildError(
                .schemeNotExternal, endpoint, "When specifying 'scheme', 'external' must be true.",
                hint: "Leave 'external' out, or set it to true.")
        }
        let (domain, path, rule) = try build(endpoint, values, binding, method, appendUnknown)
        let fragment = anchor.map { "#" + percentEncoded($0.utf8, allowing: .fragment) } ?? ""
        let host = binding.host(forDomain: domain, hostMatching: options.hostMatching)
        let isHere = options.hostMatching ? host.isSame(as: binding.host) : domain.isSame(as: binding.subdomain)
        let isExternal = rule.rule.isWebSocket || external ?? (scheme != nil)
        let below = path.droppingSlashes()
        if isHere, !isExternal {
            var root = binding.scriptRoot.utf8[...]
            while root.last == UInt8(ascii: "/") { root.removeLast() }
            return String(decoding: root, as: UTF8.self) + "/" + below + fragment
        }
        let finalScheme = binding.scheme(isWebSocket: rule.rule.isWebSocket, given: scheme)
        return (finalScheme.isEmpty ? "//" : finalScheme + "://") + host + binding.root + below + fragment
    }

    private typealias Built = (domain: String, path: String, rule: BoundRule)

    private func build(
        _ endpoint: String, _ values: BuildValues, _ binding: URLBinding, _ method: String?, _ appendUnknown: Bool
    ) throws(BuildError) -> Built {
        var unwritable: UnwritableValue?
        for tried in method == nil ? [binding.defaultMethod, nil] : [method] {
            var first: Built?
            for rule in rulesByEndpoint[endpoint] ?? [] where rule.isSuitable(for: values, method: tried) {
                do {
                    let (domain, path) = try rule.build(
                        values, appendUnknown: appendUnknown, sorted: options.sortParameters)
                    if !options.hostMatching || domain.isSame(as: binding.host) { return (domain, path, rule) }
                    first = first ?? (domain, path, rule)
                } catch {
                    unwritable = unwritable ?? error
                }
            }
            if let first { return first }
        }
        if let unwritable {
            throw BuildError(
                .unwritableValue, endpoint,
                "Could not build url for endpoint \(quoted(endpoint)): \(unwritable.message).",
                hint: "Give a value that the rule's converter can write.")
        }
        throw BuildError(endpoint, values, method, self)
    }
}

extension String {
    /// Whether both have the same bytes. `==` would ask for canonical equivalence.
    func isSame(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
