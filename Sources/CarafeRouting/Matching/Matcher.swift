/// The rules of a map, ready to match paths and to build URLs. It never changes and may be shared.
///
/// Matching reads the path once: its cost grows with the path and with the rules that begin alike, not with the number
/// of rules.
///
/// A rule's precedence is decided by its segments from left to right: text before variables; among segments with
/// variables, those with more text, then those with more variables, then those whose converters weigh less (`int` and
/// `float`, then `string`, `any` and `uuid`, then `path`). Rules that are equal in all that are decided by their
/// registration, the first winning. A rule whose converter rejects a value does not match, and the next is tried.
public final class Matcher: Sendable {
    /// The rules in the order of registration: `rules[n].index == n`.
    public let rules: [BoundRule]
    /// What holds for all rules.
    public let options: RouteMap.Options

    let tree: RuleTree
    let methods: MethodTable
    /// The rules of each endpoint, in the order in which URLs are built from them.
    let rulesByEndpoint: [String: [BoundRule]]
    /// The endpoints in the order of registration.
    let endpoints: [String]
    /// For each rule those that are canonical where their defaults equal its values.
    let canonicalRules: [[BoundRule]]
    /// For each rule whether a match by it may be redirected. Nearly none is.
    private let mayRedirect: [Bool]

    init(_ rules: [BoundRule], options: RouteMap.Options) throws(RuleError) {
        self.rules = rules
        self.options = options
        methods = try MethodTable(rules)
        tree = RuleTree(rules, methods: methods)
        var endpoints: [String] = []
        var byEndpoint: [String: [BoundRule]] = [:]
        for rule in rules {
            if byEndpoint[rule.endpoint] == nil { endpoints.append(rule.endpoint) }
            byEndpoint[rule.endpoint, default: []].append(rule)
        }
        for endpoint in endpoints { byEndpoint[endpoint]?.sort { $0.buildOrder < $1.buildOrder } }
        self.endpoints = endpoints
        rulesByEndpoint = byEndpoint
        let canonicalRules = rules.map { rule -> [BoundRule] in
            guard options.redirectDefaults, let all = byEndpoint[rule.endpoint], all.count > 1 else { return [] }
            return all.prefix { $0 !== rule }.filter { $0.providesDefaults(for: rule) }
        }
        self.canonicalRules = canonicalRules
        mayRedirect = rules.map {
            $0.rule.isAlias || $0.rule.redirectTo != nil || !canonicalRules[$0.index].isEmpty
        }
        try checkAliases()
    }

    /// What a path and a method lead to.
    ///
    /// - Parameters:
    ///   - path: The percent-decoded path, as bytes. More slashes than one at its beginning count as one.
    ///   - method: The method, compared byte by byte: `GET`.
    ///   - domain: The host with host matching, or else the subdomain, in lowercase; nil for the default subdomain.
    ///   - isWebSocket: Whether the request is a WebSocket handshake.
    public func match(
        path: UnsafeRawBufferPointer, method: String, domain: String? = nil, isWebSocket: Bool = false
    ) -> MatchResult {
        path.withMemoryRebound(to: UInt8.self) { path in
            let bit = methods.bit(of: method)
            return withDomain(domain) { domain in
                search(path, bit, domain, isWebSocket) { walk, path in
                    result(of: walk, path, method: method, domain: domain)
                }
            }
        }
    }

    /// What a path and a method lead to; the path is percent-decoded text.
    public func match(
        _ path: String, method: String, domain: String? = nil, isWebSocket: Bool = false
    ) -> MatchResult {
        var path = path
        return path.withUTF8 {
            match(path: UnsafeRawBufferPointer($0), method: method, domain: domain, isWebSocket: isWebSocket)
        }
    }

    /// The methods by which a path can be requested, sorted: what an automatic answer to OPTIONS allows. Empty where
    /// no rule matches the path, or one that answers every method.
    public func allowedMethods(
        path: UnsafeRawBufferPointer, domain: String? = nil, isWebSocket: Bool = false
    ) -> [String] {
        path.withMemoryRebound(to: UInt8.self) { path in
            withDomain(domain) { domain in
                search(path, [], domain, isWebSocket) { walk, _ in
                    walk.best == nil ? methods.names(in: walk.allowed) : []
                }
            }
        }
    }

    /// The methods by which a path can be requested; the path is percent-decoded text.
    public func allowedMethods(_ path: String, domain: String? = nil, isWebSocket: Bool = false) -> [String] {
        var path = path
        return path.withUTF8 {
            allowedMethods(path: UnsafeRawBufferPointer($0), domain: domain, isWebSocket: isWebSocket)
        }
    }

    // MARK: - The search

    private func withDomain<Result>(_ domain: String?, _ body: (Text?) -> Result) -> Result {
        if tree.onlyRoot != nil, domain == nil, options.hostMatching || options.defaultSubdomain.isEmpty {
            return body(nil)
        }
        var domain = domain ?? (options.hostMatching ? "" : options.defaultSubdomain)
        return domain.withUTF8 { body($0) }
    }

    /// Searches for the path, and for the path with its slashes merged where it leads nowhere.
    private func search<Result>(
        _ path: Text, _ method: MethodSet, _ domain: Text?, _ isWebSocket: Bool,
        _ body: (borrowing Walk, SearchedPath) -> Result
    ) -> Result {
        let searched = SearchedPath(path)
        return walk(searched, method, domain, isWebSocket) { walk in
            guard walk.best == nil, options.mergeSlashes, searched.hasRepeatedSlashes else {
                return body(walk, searched)
            }
            return mergingSlashes(searched.text).withUnsafeBufferPointer { merged in
                let merged = SearchedPath(text: merged, isEmpty: false, isMerged: true)
                return self.walk(merged, method, domain, isWebSocket) { second in
                    second.noting(walk)
                    return body(second, merged)
                }
            }
        }
    }

    private func walk<Result>(
        _ path: SearchedPath, _ method: MethodSet, _ domain: Text?, _ isWebSocket: Bool,
        _ body: (inout Walk) -> Result
    ) -> Result {
        withUnsafeTemporaryAllocation(of: Walk.Segment.self, capacity: tree.depth + 1) { segments in
            withUnsafeTemporaryAllocation(of: Text.self, capacity: 2 * tree.variableCount) { captures in
                var walk = Walk(
                    self, path: path.text, method: method, isWebSocket: isWebSocket, segments: segments,
                    captures: captures)
                if let domain {
                    walk.search(domain: domain, isEmpty: path.isEmpty)
                } else if let root = tree.onlyRoot {
                    walk.search(from: root, isEmpty: path.isEmpty)
                }
                return body(&walk)
            }
        }
    }

    /// The values that a rule's custom converters make of what its variables took; nil where one rejects.
    func customValues(of rule: Int, _ captures: UnsafeMutableBufferPointer<Text>) -> [RoutingValue]? {
        var values: [RoutingValue] = []
        for (index, conversion) in rules[rule].conversions.enumerated() where conversion.isCustom {
            guard let value = conversion.value(of: captures[index]) else { return nil }
            values.append(value)
        }
        return values
    }

    // MARK: - The result

    private func result(
        of walk: borrowing Walk, _ path: SearchedPath, method: String, domain: Text?
    ) -> MatchResult {
        guard let best = walk.best, !path.isMerged || best.needsSlash || best.entry.mergeSlashes else {
            if !walk.allowed.isEmpty { return .methodNotAllowed(methods.names(in: walk.allowed)) }
            return walk.sawOtherSocket ? .websocketMismatch : .notFound
        }
        if path.isMerged || best.needsSlash {
            let target = "/" + percentEncoded(path.text, allowing: .path)
            return .redirect(Redirect(path: target + (best.needsSlash && !path.isEmpty ? "/" : ""), options))
        }
        let rule = rules[best.entry.rule]
        let match = Match(rule: rule, values: values(of: rule, best.customValues, walk.bestCaptures))
        guard mayRedirect[rule.index] else { return .match(match) }
        return redirect(from: match, method: method, domain: domain).map(MatchResult.redirect) ?? .match(match)
    }

    private func values(
        of rule: BoundRule, _ customValues: [RoutingValue], _ captures: UnsafeMutableBufferPointer<Text>
    ) -> [RoutingValue] {
        guard !rule.arguments.isEmpty else { return [] }
        var values: [RoutingValue] = []
        values.reserveCapacity(rule.arguments.count)
        if customValues.isEmpty, rule.rule.defaults.isEmpty {
            for (index, conversion) in rule.conversions.enumerated() {
                if let value = conversion.value(of: captures[index]) { values.append(value) }
            }
            return values
        }
        var custom = customValues.makeIterator()
        for (index, fixed) in rule.defaultValues.enumerated() {
            guard index < rule.conversions.count else {
                if let fixed { values.append(fixed) }
                continue
            }
            let conversion = rule.conversions[index]
            let value = conversion.isCustom ? custom.next() : conversion.value(of: captures[index])
            if let value = fixed ?? value { values.append(value) }
        }
        return values
    }

    /// Where a match is redirected by an alias, by defaults or by the rule itself.
    private func redirect(from match: Match, method: String, domain: Text?) -> Redirect? {
        let rule = match.rule
        if rule.rule.isAlias, options.redirectDefaults {
            return aliasRedirect(from: match, method: method, domain: domain)
        }
        for canonical in canonicalRules[rule.index] {
            let values = BuildValues(rule.arguments, match.values)
            if canonical.isSuitable(for: values, method: method),
                let (domain, path) = try? canonical.build(values, appendUnknown: false, sorted: false)
            {
                return Redirect(path: path, domain: domain, options)
            }
        }
        switch rule.rule.redirectTo {
        case .template(let template): return RedirectTemplate(template).redirect(for: match, options)
        case .computed(let compute): return Redirect(reference: compute(match), options)
        case nil: return nil
        }
    }

    private func aliasRedirect(from match: Match, method: String, domain: Text?) -> Redirect? {
        let values = BuildValues(match.rule.arguments, match.values)
        var first: Redirect?
        for rule in rulesByEndpoint[match.rule.endpoint] ?? [] where !rule.rule.isAlias {
            guard rule.isSuitable(for: values, method: method),
                let (ruleDomain, path) = try? rule.build(values, appendUnknown: false, sorted: false)
            else { continue }
            let redirect = Redirect(path: path, domain: ruleDomain, isWebSocket: rule.rule.isWebSocket, options)
            if !options.hostMatching || ruleDomain.utf8.elementsEqual(domain ?? Text(start: nil, count: 0)) {
                return redirect
            }
            first = first ?? redirect
        }
        return first
    }

    private func checkAliases() throws(RuleError) {
        for alias in rules where alias.rule.isAlias {
            let stands = rulesByEndpoint[alias.endpoint]?.contains {
                !$0.rule.isAlias && Set($0.variables.map(\.name)).isSubset(of: alias.arguments)
            }
            if stands != true {
                throw RuleError(
                    .aliasWithoutRule, rule: alias.path,
                    "the alias \(quoted(alias.path)) has no rule of the endpoint \(quoted(alias.endpoint)) to stand for.",
                    hint: "Add a rule with the same endpoint and variables that is no alias.")
            }
        }
    }
}

/// A path as it is searched: without the slashes at its beginning.
struct SearchedPath {
    let text: Text
    /// Whether there was not even a slash.
    let isEmpty: Bool
    let isMerged: Bool

    init(_ path: Text) {
        self.init(text: Text(rebasing: path.drop { $0 == UInt8(ascii: "/") }), isEmpty: path.isEmpty, isMerged: false)
    }

    init(text: Text, isEmpty: Bool, isMerged: Bool) {
        self.text = text
        self.isEmpty = isEmpty
        self.isMerged = isMerged
    }

    var hasRepeatedSlashes: Bool {
        var previous: UInt8 = 0
        for byte in text {
            if byte == UInt8(ascii: "/"), previous == byte { return true }
            previous = byte
        }
        return false
    }
}
