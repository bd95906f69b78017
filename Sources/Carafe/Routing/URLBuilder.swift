public import CarafeRouting

/// Values for building a URL, by name: those of the rule's variables fill the path, others go to the query.
public typealias URLValues = BuildValues

/// Makes a URL for an endpoint that no rule can build: for endpoints that live elsewhere. Nil passes on to the next.
public typealias URLBuildErrorHandler =
    @Sendable (_ error: BuildError, _ endpoint: String, _ values: URLValues) -> String?

/// Makes a converter of the app's own for the arguments that a rule gives it.
public typealias ConverterFactory = @Sendable (ConverterArguments) throws -> any Converter

/// What a URL cannot be built for.
public struct URLBuildingError: Error, Sendable, CustomStringConvertible {
    /// What happened and what to do.
    public let description: String

    static func notStarted(endpoint: String) -> URLBuildingError {
        URLBuildingError(
            description: "The URL for '\(endpoint)' cannot be built before the app has started, or it belongs to a "
                + "blueprint that is not registered.")
    }

    static func positional(endpoint: String, wanted: Int, given: Int) -> URLBuildingError {
        URLBuildingError(
            description: "The rule of '\(endpoint)' takes \(wanted) values, but \(given) were given.")
    }

    static let noServerName = URLBuildingError(
        description: """
            Unable to build URLs outside an active request without SERVER_NAME configured. Also configure \
            APPLICATION_ROOT and PREFERRED_URL_SCHEME as needed.
            """)
}

/// Builds the URLs of an app's endpoints.
struct URLBuilder: Sendable {
    /// Adds values that a caller did not give.
    typealias Defaults = @Sendable (Request, String, inout URLValues) -> Void

    private let matcher: Matcher
    private let serverName: String?
    private let preferredScheme: String
    private let applicationRoot: String
    /// By the name of their endpoint.
    private let staticFolders: [String: StaticFiles]
    /// With the names of their blueprints; the app's first.
    private let defaults: [(scope: String, defaults: [Defaults])]
    private let errorHandlers: [URLBuildErrorHandler]

    init(
        matcher: Matcher, config: Config, staticFolders: [String: StaticFiles],
        defaults: [(scope: String, defaults: [Defaults])], errorHandlers: [URLBuildErrorHandler]
    ) {
        self.matcher = matcher
        serverName = config.serverName
        preferredScheme = config.preferredURLScheme
        applicationRoot = config.applicationRoot
        self.staticFolders = staticFolders
        self.defaults = defaults
        self.errorHandlers = errorHandlers
    }

    /// How a URL is wanted.
    struct Options: Sendable {
        var anchor: String?
        var method: String?
        var scheme: String?
        var external: Bool?
    }

    /// The URL of an endpoint within a request; `.name` is an endpoint of the current blueprint.
    func url(
        for endpoint: String, _ values: URLValues, in binding: URLBinding, request: Request, blueprint: String?,
        _ options: Options
    ) throws -> String {
        let endpoint = Self.absolute(endpoint, blueprint: blueprint)
        var values = values
        for (scope, defaults) in defaults
        where scope.isEmpty || endpoint.utf8.starts(with: (scope + ".").utf8) {
            for add in defaults { add(request, endpoint, &values) }
        }
        return try build(endpoint, values, binding, options)
    }

    /// The absolute URL of an endpoint outside a request.
    func externalURL(for endpoint: String, _ values: URLValues, _ options: Options) throws -> String {
        guard let serverName else { throw URLBuildingError.noServerName }
        let binding = URLBinding(
            host: serverName, scheme: preferredScheme, scriptRoot: applicationRoot == "/" ? "" : applicationRoot)
        var options = options
        options.external = options.external ?? true
        return try build(endpoint, values, binding, options)
    }

    /// The path of an endpoint for the values of its rule's variables, in their order.
    func path(for endpoint: String, positional values: [RoutingValue], scriptRoot: String) throws -> String {
        let rules = matcher.rules.filter { $0.endpoint == endpoint }
        guard let rule = rules.first(where: { $0.arguments.count == values.count }) else {
            throw URLBuildingError.positional(
                endpoint: endpoint, wanted: rules.first?.arguments.count ?? 0, given: values.count)
        }
        var named = URLValues()
        for (name, value) in zip(rule.arguments, values) { named[name] = .one(value) }
        return try build(
            endpoint, named, URLBinding(host: serverName ?? "localhost", scriptRoot: scriptRoot), Options())
    }

    private func build(
        _ endpoint: String, _ values: URLValues, _ binding: URLBinding, _ options: Options
    ) throws -> String {
        var values = values
        if let files = staticFolders[endpoint], case .one(let filename) = values["filename"],
            values["v"] == .none, let hash = files.contentHash(of: filename.text)
        {
            values["v"] = .one(.string(hash))
        }
        do throws(BuildError) {
            return try matcher.url(
                for: endpoint, values, in: binding, method: options.method, anchor: options.anchor,
                scheme: options.scheme, external: options.external)
        } catch {
            for handler in errorHandlers {
                if let url = handler(error, endpoint, values) { return url }
            }
            throw error
        }
    }

    private static func absolute(_ endpoint: String, blueprint: String?) -> String {
        guard endpoint.utf8.first == UInt8(ascii: ".") else { return endpoint }
        let name = String(decoding: endpoint.utf8.dropFirst(), as: UTF8.self)
        return blueprint.map { "\($0).\(name)" } ?? name
    }
}
