/// Collects rules, then makes a `Matcher` of them: Werkzeug's `Map`.
///
/// ```swift
/// var map = RouteMap()
/// try map.add(Rule("/", endpoint: "index"))
/// try map.add(Rule("/posts/<int:id>", endpoint: "post"))
/// let matcher = try map.matcher()
/// matcher.match("/posts/5", method: "GET")      // .match, with ["id": 5]
/// ```
public struct RouteMap: Sendable {
    /// What holds for all rules of a map.
    public struct Options: Sendable {
        /// The subdomain of rules that name none.
        public var defaultSubdomain = ""
        /// Whether a branch without its slash is redirected to. A rule may say otherwise.
        public var strictSlashes = true
        /// Whether repeated slashes are merged by a redirect. A rule may say otherwise.
        public var mergeSlashes = true
        /// Whether a path redirects to the one of its endpoint whose defaults equal its values.
        public var redirectDefaults = true
        /// Whether the query of a URL that is built is sorted.
        public var sortParameters = false
        /// Whether rules are matched by the whole host instead of by the subdomain.
        public var hostMatching = false

        /// Werkzeug's defaults.
        public init() {}
    }

    /// What holds for all rules. Set it before the first rule is added.
    public let options: Options
    /// The rules in the order of registration.
    public private(set) var rules: [BoundRule] = []

    private var converters = ConverterSet()

    /// An empty map.
    public init(options: Options = Options()) { self.options = options }

    /// Makes a converter known by a name. One of the standard set can be replaced. It holds for rules that are added
    /// afterwards.
    ///
    /// - Parameters:
    ///   - name: The name in rules: an ASCII letter or underscore, then letters, digits and underscores.
    ///   - make: Makes the converter for the arguments of one rule. What it throws becomes a `RuleError`.
    public mutating func register(
        converter name: String, _ make: @escaping @Sendable (ConverterArguments) throws -> any Converter
    ) {
        converters.custom[name] = make
    }

    /// Checks a rule and adds it.
    ///
    /// - Throws: `RuleError` for a rule that is malformed, that names an unknown converter or gives it arguments that
    ///   it does not take, that uses a variable twice, or whose methods, defaults or redirect do not fit.
    @discardableResult
    public mutating func add(_ rule: Rule) throws(RuleError) -> BoundRule {
        let bound = try BoundRule(rule, index: rules.count, options: options, converters: converters)
        rules.append(bound)
        return bound
    }

    /// The rules, ready to match and to build from.
    ///
    /// - Throws: `RuleError` for what only all rules together show: an alias without a rule that it stands for, or
    ///   more than 63 different methods.
    public func matcher() throws(RuleError) -> Matcher { try Matcher(rules, options: options) }
}

/// The converters that rules may name.
struct ConverterSet: Sendable {
    var custom: [String: @Sendable (ConverterArguments) throws -> any Converter] = [:]

    var names: [String] { Set(VariableConverter.standardNames).union(custom.keys).sorted() }

    /// The converter of a name; nil where there is none.
    func converter(_ name: String, _ arguments: ConverterArguments) throws -> VariableConverter? {
        if let make = custom[name] {
            return .custom(CustomConverter(name: name, arguments: arguments, converter: try make(arguments)))
        }
        return try .standard(name, arguments)
    }
}
