/// A rule that belongs to a map: checked, with its variables and its place in the order of registration.
public final class BoundRule: Sendable {
    /// A variable of the path, or of the host or subdomain.
    public struct Variable: Sendable {
        /// The name.
        public let name: String
        /// The converter's name; `default` where the rule names none.
        public let converter: String
        /// The converter's arguments as the rule gives them.
        public let arguments: ConverterArguments
        /// What kind of value it has.
        public let kind: RoutingValue.Kind

        let conversion: VariableConverter
    }

    /// The order of registration, from 0: by it a framework finds the handler.
    public let index: Int
    /// The rule as it was declared.
    public let rule: Rule
    /// The path as it was declared.
    public var path: String { rule.path }
    /// The endpoint.
    public var endpoint: String { rule.endpoint }
    /// The methods in uppercase, sorted, HEAD added to GET; nil for every method.
    public let methods: [String]?
    /// The variables in their order: the host's or subdomain's, then the path's.
    public let variables: [Variable]
    /// The names of a match's values, in their order: the variables', then those that only defaults give, sorted.
    public let arguments: [String]
    /// Whether a branch redirects to its slash.
    public let strictSlashes: Bool
    /// Whether repeated slashes in a request are merged.
    public let mergeSlashes: Bool

    /// What the tree is made of: the domain, and the path's segments after its first slash.
    let domainPart: RulePart
    let pathParts: [RulePart]
    /// What URLs are built from.
    let domainSteps: [BuildStep]
    let pathSteps: [BuildStep]
    /// The pieces with converters left out: rules that agree in them lead to the same paths.
    let trace: [RuleToken]
    /// The converters of `variables`.
    let conversions: [VariableConverter]
    /// The values of `arguments` that defaults give; nil for those that the path gives.
    let defaultValues: [RoutingValue?]

    init(_ rule: Rule, index: Int, options: RouteMap.Options, converters: ConverterSet) throws(RuleError) {
        let parsed = try ParsedRule(rule, options: options, converters: converters)
        self.index = index
        self.rule = rule
        self.methods = try Self.methods(of: rule)
        self.variables = parsed.variables
        self.conversions = parsed.variables.map(\.conversion)
        self.strictSlashes = rule.strictSlashes ?? options.strictSlashes
        self.mergeSlashes = rule.mergeSlashes ?? options.mergeSlashes
        self.domainPart = parsed.domainPart
        self.pathParts = parsed.pathParts
        self.domainSteps = parsed.domainSteps
        self.pathSteps = parsed.pathSteps
        self.trace = parsed.trace
        let names = parsed.variables.map(\.name)
        self.arguments = names + rule.defaults.keys.filter { !names.contains($0) }.sorted()
        self.defaultValues = arguments.map { rule.defaults[$0] }
    }

    private static func methods(of rule: Rule) throws(RuleError) -> [String]? {
        guard let declared = rule.methods else { return nil }
        var methods = Set<String>()
        for method in declared {
            guard !method.isEmpty, method.utf8.allSatisfy(isTokenByte) else {
                throw RuleError(
                    .badMethod, rule: rule.path, "\(quoted(method)) is not a method.",
                    hint: "A method is a token (RFC 9110 §5.6.2) such as GET.")
            }
            methods.insert(uppercased(method))
        }
        if methods.contains("GET") { methods.insert("HEAD") }
        if rule.isWebSocket, !methods.isSubset(of: ["GET", "HEAD", "OPTIONS"]) {
            throw RuleError(
                .badMethod, rule: rule.path, "WebSocket rules can only use 'GET', 'HEAD', and 'OPTIONS' methods.",
                hint: "Leave the other methods to a rule that is no WebSocket rule.")
        }
        return methods.sorted()
    }

    /// Whether a request by the method can reach the rule.
    func answers(_ method: String) -> Bool {
        methods?.contains { $0.utf8.elementsEqual(method.utf8) } ?? true
    }

    /// Whether its defaults make it the canonical rule for another's values (Werkzeug's `provides_defaults_for`).
    func providesDefaults(for other: BoundRule) -> Bool {
        !rule.isBuildOnly && !rule.defaults.isEmpty && endpoint == other.endpoint && trace != other.trace
            && Set(arguments) == Set(other.arguments)
    }
}

/// A method with its ASCII letters made uppercase.
private func uppercased(_ method: String) -> String {
    String(decoding: method.utf8.map { $0 &- 0x61 < 26 ? $0 & 0xDF : $0 }, as: UTF8.self)
}

/// Whether a byte may stand in a token (RFC 9110 §5.6.2).
private func isTokenByte(_ byte: UInt8) -> Bool {
    isWordByte(byte) || "!#$%&'*+-.^`|~".utf8.contains(byte)
}
