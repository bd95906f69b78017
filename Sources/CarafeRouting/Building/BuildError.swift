/// Why a URL cannot be built. The message is Werkzeug's, with what was probably meant.
public struct BuildError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong. More kinds may come, so a `switch` over it needs a `default`.
    public struct Kind: Sendable, Hashable, RawRepresentable {
        /// The name of the kind.
        public let rawValue: String
        /// A kind by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// No rule of the endpoint takes the values and the method, or there is no such endpoint.
        public static let noRule = Kind(rawValue: "noRule")
        /// A value that the variable's converter cannot write.
        public static let unwritableValue = Kind(rawValue: "unwritableValue")
        /// A scheme for a URL that shall not be absolute.
        public static let schemeNotExternal = Kind(rawValue: "schemeNotExternal")
    }

    /// What is wrong.
    public let kind: Kind
    /// The endpoint that was asked for.
    public let endpoint: String
    /// What happened.
    public let message: String
    /// What to do; empty where nothing comes to mind.
    public let hint: String

    /// The message and what to do.
    public var description: String { hint.isEmpty ? message : "\(message) \(hint)" }

    init(_ kind: Kind, _ endpoint: String, _ message: String, hint: String) {
        self.kind = kind
        self.endpoint = endpoint
        self.message = message
        self.hint = hint
    }

    /// The error for values that no rule takes.
    init(_ endpoint: String, _ values: BuildValues, _ method: String?, _ matcher: Matcher) {
        let names = values.items.map(\.name)
        var message = "Could not build url for endpoint \(quoted(endpoint))"
        if let method, !method.isEmpty { message += " (\(quoted(method)))" }
        if !names.isEmpty { message += " with values \(list(names))" }
        let suggested = Self.suggestion(endpoint, names, method, matcher)
        let hint = suggested.map { Self.hint(endpoint, names, method, $0) } ?? ""
        self.init(.noRule, endpoint, message + ".", hint: hint)
    }

    /// The rule whose endpoint is most like the one asked for; the names and the method decide between equals.
    private static func suggestion(
        _ endpoint: String, _ names: [String], _ method: String?, _ matcher: Matcher
    ) -> BoundRule? {
        var best: (score: Double, rule: BoundRule)?
        for name in matcher.endpoints {
            let likeness = 0.98 * similarity(of: name, to: endpoint)
            for rule in matcher.rulesByEndpoint[name] ?? [] {
                let takesNames = Set(names).isSubset(of: rule.arguments)
                let takesMethod = method.map { rule.methods?.contains($0) ?? false } ?? false
                let score = likeness + (takesNames ? 0.01 : 0) + (takesMethod ? 0.01 : 0)
                if best.map({ score > $0.score }) ?? true { best = (score, rule) }
            }
        }
        return best?.rule
    }

    private static func hint(_ endpoint: String, _ names: [String], _ method: String?, _ rule: BoundRule) -> String {
        guard rule.endpoint.isSame(as: endpoint) else { return "Did you mean \(quoted(rule.endpoint)) instead?" }
        var hints: [String] = []
        if let method, !method.isEmpty, let methods = rule.methods, !methods.contains(method) {
            hints.append("Did you mean to use methods \(list(methods))?")
        }
        let missing = rule.arguments.filter { !names.contains($0) }
        if !missing.isEmpty { hints.append("Did you forget to specify values \(list(missing))?") }
        return hints.joined(separator: " ")
    }
}

/// The texts, sorted, as Python writes a list.
private func list(_ texts: [String]) -> String {
    "[" + texts.sorted().map(quoted).joined(separator: ", ") + "]"
}
