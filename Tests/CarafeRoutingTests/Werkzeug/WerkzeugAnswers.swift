import CarafeRouting

/// The answers of this module in the form of the recorded ones.
extension WerkzeugMap {
    /// The map, with the two converters that the cases use beside the standard set.
    func matcher() throws -> Matcher {
        var options = RouteMap.Options()
        options.defaultSubdomain = self.options.defaultSubdomain ?? ""
        options.strictSlashes = self.options.strictSlashes ?? true
        options.mergeSlashes = self.options.mergeSlashes ?? true
        options.redirectDefaults = self.options.redirectDefaults ?? true
        options.sortParameters = self.options.sortParameters ?? false
        options.hostMatching = self.options.hostMatching ?? false
        var map = RouteMap(options: options)
        map.register(converter: "hex") { _ in Hexadecimal() }
        map.register(converter: "tail") { _ in Tail() }
        for rule in rules { try map.add(rule.rule) }
        return try map.matcher()
    }

    func answer(_ asked: Case, by matcher: Matcher) -> [String] {
        asked.path.map { match($0, asked, matcher) } ?? build(asked, matcher)
    }

    private func match(_ path: String, _ asked: Case, _ matcher: Matcher) -> [String] {
        let result = matcher.match(
            path, method: asked.method ?? "GET", domain: asked.domain, isWebSocket: asked.websocket ?? false)
        switch result {
        case .match(let match):
            let values = zip(match.rule.arguments, match.values).map { "\($0)=\(tagged($1))" }
            return ["rule \(match.rule.index)"] + values.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        case .redirect(let redirect): return ["redirect", redirect.url(in: binding(asked), query: asked.query ?? "")]
        case .methodNotAllowed(let methods): return ["405"] + methods
        case .websocketMismatch: return ["400"]
        case .notFound: return ["404"]
        }
    }

    private func build(_ asked: Case, _ matcher: Matcher) -> [String] {
        var values = BuildValues()
        for pair in asked.values ?? [] { values[pair.name] = pair.value }
        do {
            let url = try matcher.url(
                for: asked.endpoint ?? "", values, in: binding(asked), method: asked.method,
                external: asked.external == true ? true : nil)
            return ["url", url]
        } catch {
            return error.kind == .unwritableValue ? ["unwritable"] : ["error", error.description]
        }
    }

    private func binding(_ asked: Case) -> URLBinding {
        options.hostMatching == true
            ? URLBinding(host: asked.domain, scheme: asked.scheme, scriptRoot: asked.root)
            : URLBinding(host: "example.com", subdomain: asked.domain, scheme: asked.scheme, scriptRoot: asked.root)
    }

    private func tagged(_ value: RoutingValue) -> String {
        switch value {
        case .string(let text): "s:\(text)"
        case .int(let number): "i:\(number)"
        case .double(let number): "f:\(number)"
        case .bool(let truth): "b:\(truth ? "True" : "False")"
        case .uuid(let uuid): "u:\(uuid)"
        case .custom: "custom"
        }
    }
}

extension WerkzeugMap.DeclaredRule {
    var rule: Rule {
        var values: [String: RoutingValue] = [:]
        for pair in defaults ?? [] { if case .one(let value) = pair.value { values[pair.name] = value } }
        return Rule(
            path, endpoint: endpoint, methods: methods, defaults: values, subdomain: subdomain, host: host,
            strictSlashes: strictSlashes, mergeSlashes: mergeSlashes, isBuildOnly: buildOnly ?? false,
            isWebSocket: websocket ?? false, isAlias: alias ?? false,
            redirectTo: redirectTo.map(Rule.RedirectTarget.template))
    }
}

/// A converter of an application's own, within a segment.
struct Hexadecimal: Converter {
    var kind: RoutingValue.Kind { .int }

    func value(from text: String) -> RoutingValue? {
        let digits = text.utf8
        guard digits.count <= 8, digits.allSatisfy({ $0 &- 0x30 < 10 || $0 >= 0x61 && $0 <= 0x66 }) else { return nil }
        return Int(text, radix: 16).map(RoutingValue.int)
    }

    func text(for value: RoutingValue) -> String? {
        if case .int(let number) = value, number >= 0 { String(number, radix: 16) } else { nil }
    }
}

/// A converter of an application's own, across segments: it rejects what has a `b`.
struct Tail: Converter {
    var spansSegments: Bool { true }
    var weight: Int { 200 }

    func value(from text: String) -> RoutingValue? {
        text.utf8.contains(UInt8(ascii: "b")) ? nil : .string(text)
    }
}
