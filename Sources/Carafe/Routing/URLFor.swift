public import CarafeHTTP
public import HTTPTypes
import Synchronization

extension Request {
    /// The URL of an endpoint (Flask's `url_for`).
    ///
    /// ```swift
    /// try request.url(for: "post", ["id": 5, "page": 2])          // "/posts/5?page=2"
    /// try request.url(for: ".show", ["id": 5])                    // in the current blueprint
    /// try request.url(for: "static", ["filename": "style.css"])   // "/static/style.css?v=…", for ever cacheable
    /// ```
    ///
    /// - Parameters:
    ///   - endpoint: the endpoint's name; one that begins with a dot belongs to the current blueprint
    ///   - values: values for the rule's variables; others go to the query, a list as several, nil not at all
    ///   - anchor: the part after `#`
    ///   - method: the method that the rule must be for
    ///   - scheme: the scheme, which makes the URL absolute
    ///   - external: whether the URL is absolute
    /// - Throws: `BuildError` with what was probably meant, where no rule takes the values
    public func url(
        for endpoint: String, _ values: URLValues = [:], anchor: String? = nil, method: HTTPRequest.Method? = nil,
        scheme: String? = nil, external: Bool? = nil
    ) throws -> String {
        guard let app = appContext?.app else { throw URLBuildingError.notStarted(endpoint: endpoint) }
        return try app.urls.url(
            for: endpoint, values, in: app.router.binding(self), request: self, blueprint: blueprint,
            URLBuilder.Options(anchor: anchor, method: method?.rawValue, scheme: scheme, external: external))
    }
}

extension App {
    /// The absolute URL of an endpoint outside a request, for mails and jobs: it needs `SERVER_NAME`.
    ///
    /// - Throws: ``URLBuildingError`` without a server name, `BuildError` where no rule takes the values,
    ///   ``ConfigurationError`` where the app is put together wrongly
    public func url(
        for endpoint: String, _ values: URLValues = [:], anchor: String? = nil, method: HTTPRequest.Method? = nil,
        scheme: String? = nil, external: Bool? = nil
    ) throws -> String {
        try compile().urls.externalURL(
            for: endpoint, values,
            URLBuilder.Options(anchor: anchor, method: method?.rawValue, scheme: scheme, external: external))
    }

    /// Adds a maker of URLs for endpoints that no rule can build; the first that returns one wins.
    public func onURLBuildError(
        fileID: String = #fileID, line: Int = #line, _ handler: @escaping URLBuildErrorHandler
    ) {
        declare(fileID, line) { $0.urlBuildErrorHandlers.append(handler) }
    }

    /// Makes a converter known to the rules: `<name(arguments):variable>`.
    ///
    /// ```swift
    /// app.converter("hex") { _ in Hexadecimal() }
    /// app.get("/color/<hex:rgb>") { (rgb: Int) in "\(rgb)" }
    /// ```
    public func converter(
        _ name: String, fileID: String = #fileID, line: Int = #line, _ make: @escaping ConverterFactory
    ) {
        declare(fileID, line) { $0.converters[name] = make }
    }

    /// Whether rules are matched by the whole host (`host:`), as Flask's `host_matching`.
    public var hostMatching: Bool {
        get { state.withLock { $0.hostMatching } }
        set { state.withLock { $0.hostMatching = newValue } }
    }

    /// Whether rules are matched by the subdomain below `SERVER_NAME` (`subdomain:`), as Flask's
    /// `subdomain_matching`.
    public var subdomainMatching: Bool {
        get { state.withLock { $0.subdomainMatching } }
        set { state.withLock { $0.subdomainMatching = newValue } }
    }
}
