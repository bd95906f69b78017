public import CarafeRouting
public import HTTPTypes

/// Registers handlers; it is what `app.get`, `app.post`, `app.route` and their like are.
///
/// ```swift
/// app.get("/") { "Hello, World!" }
/// app.get("/hello/<name>") { (name: String) in HTML("<h1>Hello, \(name)!</h1>") }
/// app.get("/posts/<int:id>", name: "post") { (request: Request, id: Int) async throws -> Post? in
///     try await Post.find(id)
/// }
/// ```
///
/// A handler takes values that conform to ``HandlerParameter``: path variables in the order of the rule, the
/// request, parsed content. It returns something ``ResponseConvertible`` or any `Encodable`, which is sent as JSON.
/// Synchronous handlers run on the event loop and must not block.
public struct Verb: Sendable {
    let scaffold: any Scaffold
    /// The verb's method; empty for `app.route`, which is told its methods.
    let methods: [HTTPRequest.Method]

    /// Registers a synchronous handler.
    ///
    /// - Parameters:
    ///   - rule: the rule in Flask's syntax, such as `/posts/<int:id>`
    ///   - methods: the methods, for `app.route`; the verbs have theirs
    ///   - name: the endpoint, by which `url(for:)` finds the route; by default the method and the rule
    ///   - defaults: values for variables that the rule does not have
    ///   - host: the host that the rule is for, where the app matches hosts
    ///   - subdomain: the subdomain that the rule is for, where the app matches subdomains
    ///   - strictSlashes: whether `/page` is sent on to `/page/` (the default of the app) or served the same
    ///   - maxContentLength: the most bytes that a request's content may have here, more or fewer than the app's
    ///     configuration says; past it the answer is 413
    ///   - view: the handler
    /// - Returns: the route, whose `url(…)` takes the handler's path variables
    @discardableResult
    public func callAsFunction<each P: HandlerParameter, R: ResponseConvertible>(
        _ rule: String, methods: [HTTPRequest.Method] = [], name: String? = nil,
        defaults: [String: RoutingValue] = [:], host: String? = nil, subdomain: String? = nil,
        strictSlashes: Bool? = nil, maxContentLength: Int? = nil, fileID: String = #fileID, line: Int = #line,
        _ view: @escaping @Sendable (repeat each P) throws -> R
    ) -> Route<(repeat each P)> {
        add(
            rule, methods, RouteOptions(name, defaults, host, subdomain, strictSlashes, maxContentLength), fileID, line,
            .sync(view, Handler.convertible))
    }

    /// Registers an asynchronous handler.
    @discardableResult
    public func callAsFunction<each P: HandlerParameter, R: ResponseConvertible>(
        _ rule: String, methods: [HTTPRequest.Method] = [], name: String? = nil,
        defaults: [String: RoutingValue] = [:], host: String? = nil, subdomain: String? = nil,
        strictSlashes: Bool? = nil, maxContentLength: Int? = nil, fileID: String = #fileID, line: Int = #line,
        _ view: @escaping @Sendable (repeat each P) async throws -> R
    ) -> Route<(repeat each P)> {
        add(
            rule, methods, RouteOptions(name, defaults, host, subdomain, strictSlashes, maxContentLength), fileID, line,
            .async(view, Handler.convertible))
    }

    /// Registers a synchronous handler that takes the request alone.
    @discardableResult
    public func callAsFunction<R: ResponseConvertible>(
        _ rule: String, methods: [HTTPRequest.Method] = [], name: String? = nil,
        defaults: [String: RoutingValue] = [:], host: String? = nil, subdomain: String? = nil,
        strictSlashes: Bool? = nil, maxContentLength: Int? = nil, fileID: String = #fileID, line: Int = #line,
        _ view: @escaping @Sendable (Request) throws -> R
    ) -> Route<Request> {
        add(
            rule, methods, RouteOptions(name, defaults, host, subdomain, strictSlashes, maxContentLength), fileID, line,
            .sync(view, Handler.convertible))
    }

    /// Registers an asynchronous handler that takes the request alone.
    @discardableResult
    public func callAsFunction<R: ResponseConvertible>(
        _ rule: String, methods: [HTTPRequest.Method] = [], name: String? = nil,
        defaults: [String: RoutingValue] = [:], host: String? = nil, subdomain: String? = nil,
        strictSlashes: Bool? = nil, maxContentLength: Int? = nil, fileID: String = #fileID, line: Int = #line,
        _ view: @escaping @Sendable (Request) async throws -> R
    ) -> Route<Request> {
        add(
            rule, methods, RouteOptions(name, defaults, host, subdomain, strictSlashes, maxContentLength), fileID, line,
            .async(view, Handler.convertible))
    }

    /// Registers a synchronous handler whose result is sent as JSON.
    @discardableResult
    @_disfavoredOverload
    public func callAsFunction<each P: HandlerParameter, R: Encodable & SendableMetatype>(
        _ rule: String, methods: [HTTPRequest.Method] = [], name: String? = nil,
        defaults: [String: RoutingValue] = [:], host: String? = nil, subdomain: String? = nil,
        strictSlashes: Bool? = nil, maxContentLength: Int? = nil, fileID: String = #fileID, line: Int = #line,
        _ view: @escaping @Sendable (repeat each P) throws -> R
    ) -> Route<(repeat each P)> {
        add(
            rule, methods, RouteOptions(name, defaults, host, subdomain, strictSlashes, maxContentLength), fileID, line,
            .sync(view, Handler.encodable(R.self)))
    }

    /// Registers an asynchronous handler whose result is sent as JSON.
    @discardableResult
    @_disfavoredOverload
    public func callAsFunction<each P: HandlerParameter, R: Encodable & SendableMetatype>(
        _ rule: String, methods: [HTTPRequest.Method] = [], name: String? = nil,
        defaults: [String: RoutingValue] = [:], host: String? = nil, subdomain: String? = nil,
        strictSlashes: Bool? = nil, maxContentLength: Int? = nil, fileID: String = #fileID, line: Int = #line,
        _ view: @escaping @Sendable (repeat each P) async throws -> R
    ) -> Route<(repeat each P)> {
        add(
            rule, methods, RouteOptions(name, defaults, host, subdomain, strictSlashes, maxContentLength), fileID, line,
            .async(view, Handler.encodable(R.self)))
    }

    /// Registers a synchronous handler that takes the request alone and whose result is sent as JSON.
    @discardableResult
    @_disfavoredOverload
    public func callAsFunction<R: Encodable & SendableMetatype>(
        _ rule: String, methods: [HTTPRequest.Method] = [], name: String? = nil,
        defaults: [String: RoutingValue] = [:], host: String? = nil, subdomain: String? = nil,
        strictSlashes: Bool? = nil, maxContentLength: Int? = nil, fileID: String = #fileID, line: Int = #line,
        _ view: @escaping @Sendable (Request) throws -> R
    ) -> Route<Request> {
        add(
            rule, methods, RouteOptions(name, defaults, host, subdomain, strictSlashes, maxContentLength), fileID, line,
            .sync(view, Handler.encodable(R.self)))
    }

    /// Registers an asynchronous handler that takes the request alone and whose result is sent as JSON.
    @discardableResult
    @_disfavoredOverload
    public func callAsFunction<R: Encodable & SendableMetatype>(
        _ rule: String, methods: [HTTPRequest.Method] = [], name: String? = nil,
        defaults: [String: RoutingValue] = [:], host: String? = nil, subdomain: String? = nil,
        strictSlashes: Bool? = nil, maxContentLength: Int? = nil, fileID: String = #fileID, line: Int = #line,
        _ view: @escaping @Sendable (Request) async throws -> R
    ) -> Route<Request> {
        add(
            rule, methods, RouteOptions(name, defaults, host, subdomain, strictSlashes, maxContentLength), fileID, line,
            .async(view, Handler.encodable(R.self)))
    }

    private func add<Parameters>(
        _ rule: String, _ given: [HTTPRequest.Method], _ options: RouteOptions, _ fileID: String, _ line: Int,
        _ handler: Handler
    ) -> Route<Parameters> {
        let declaration = RouteDeclaration(
            rule: rule, methods: methods.isEmpty ? given : methods,
            hasSurplusMethods: !methods.isEmpty && !given.isEmpty,
            options: options, handler: handler, location: DeclarationLocation(fileID: fileID, line: line))
        scaffold.registry.declare(at: declaration.location) { $0.routes.append(declaration) }
        return Route(scaffold: scaffold, endpoint: declaration.endpoint)
    }
}

extension RouteOptions {
    fileprivate init(
        _ name: String?, _ defaults: [String: RoutingValue], _ host: String?, _ subdomain: String?,
        _ strictSlashes: Bool?, _ maxContentLength: Int?
    ) {
        self.init(
            name: name, defaults: defaults, host: host, subdomain: subdomain, strictSlashes: strictSlashes,
            maxContentLength: maxContentLength)
    }
}
