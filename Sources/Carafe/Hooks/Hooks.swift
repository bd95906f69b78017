public import CarafeHTTP

/// Runs before a handler; a response ends the search for one.
enum BeforeRequestHook: Sendable {
    case sync(@Sendable (Request) throws -> Response?)
    case async(@Sendable (Request) async throws -> Response?)
}

/// Runs after a handler and may change its response.
enum AfterRequestHook: Sendable {
    case sync(@Sendable (Request, inout Response) throws -> Void)
    case async(@Sendable (Request, inout Response) async throws -> Void)
}

/// Runs when a request is over, with the error that no handler took, if there was one.
enum TeardownHook: Sendable {
    case sync(@Sendable (Request, (any Error)?) -> Void)
    case async(@Sendable (Request, (any Error)?) async -> Void)
}

extension Scaffold {
    /// Runs `hook` before every handler of this app or blueprint, in the order of registration, the app's first.
    public func beforeRequest(
        fileID: String = #fileID, line: Int = #line, _ hook: @escaping @Sendable (Request) throws -> Void
    ) {
        add(
            fileID, line,
            .sync { request in
                try hook(request); return nil
            })
    }

    /// Runs `hook` before every handler of this app or blueprint.
    public func beforeRequest(
        fileID: String = #fileID, line: Int = #line, _ hook: @escaping @Sendable (Request) async throws -> Void
    ) {
        add(
            fileID, line,
            .async { request in
                try await hook(request); return nil
            })
    }

    /// Runs `hook` before every handler of this app or blueprint; what it returns, if not nil, is the response, and
    /// neither further hooks nor the handler run.
    ///
    /// ```swift
    /// app.beforeRequest { request in
    ///     request.session["user_id"] == nil ? redirect(to: "/login") : nil
    /// }
    /// ```
    public func beforeRequest<R: ResponseConvertible>(
        fileID: String = #fileID, line: Int = #line, _ hook: @escaping @Sendable (Request) throws -> R?
    ) {
        add(fileID, line, .sync { request in try hook(request)?.response(for: request) })
    }

    /// Runs `hook` before every handler of this app or blueprint; what it returns, if not nil, is the response.
    public func beforeRequest<R: ResponseConvertible>(
        fileID: String = #fileID, line: Int = #line, _ hook: @escaping @Sendable (Request) async throws -> R?
    ) {
        add(fileID, line, .async { request in try await hook(request)?.response(for: request) })
    }

    /// Runs `hook` after every handler of this app or blueprint, the last registered first and a blueprint's before
    /// its app's; it may change the response.
    ///
    /// ```swift
    /// app.afterRequest { request, response in response.headers[.cacheControl] = "no-store" }
    /// ```
    public func afterRequest(
        fileID: String = #fileID, line: Int = #line,
        _ hook: @escaping @Sendable (Request, inout Response) throws -> Void
    ) {
        registry.declare(at: DeclarationLocation(fileID: fileID, line: line)) { $0.afterRequest.append(.sync(hook)) }
    }

    /// Runs `hook` after every handler of this app or blueprint.
    public func afterRequest(
        fileID: String = #fileID, line: Int = #line,
        _ hook: @escaping @Sendable (Request, inout Response) async throws -> Void
    ) {
        registry.declare(at: DeclarationLocation(fileID: fileID, line: line)) { $0.afterRequest.append(.async(hook)) }
    }

    /// Runs `hook` exactly once for each request of this app or blueprint, when its last byte has been sent or the
    /// client has gone; the last registered first. It gets the error that no error handler took, if there was one.
    public func teardownRequest(
        fileID: String = #fileID, line: Int = #line,
        _ hook: @escaping @Sendable (Request, (any Error)?) -> Void
    ) {
        registry.declare(at: DeclarationLocation(fileID: fileID, line: line)) { $0.teardownRequest.append(.sync(hook)) }
    }

    /// Runs `hook` exactly once for each request of this app or blueprint, when it is over.
    public func teardownRequest(
        fileID: String = #fileID, line: Int = #line,
        _ hook: @escaping @Sendable (Request, (any Error)?) async -> Void
    ) {
        registry.declare(at: DeclarationLocation(fileID: fileID, line: line)) {
            $0.teardownRequest.append(.async(hook))
        }
    }

    /// Runs `preprocessor` on the path variables before any hook: it may take some out (a language code that every
    /// route begins with, kept in `request.g`) or change them.
    public func urlValuePreprocessor(
        fileID: String = #fileID, line: Int = #line,
        _ preprocessor: @escaping @Sendable (Request, inout PathValues) -> Void
    ) {
        registry.declare(at: DeclarationLocation(fileID: fileID, line: line)) {
            $0.urlValuePreprocessors.append(preprocessor)
        }
    }

    /// Runs `defaults` whenever a URL is built for an endpoint of this app or blueprint: it may add values that the
    /// caller did not give.
    public func urlDefaults(
        fileID: String = #fileID, line: Int = #line,
        _ defaults: @escaping @Sendable (Request, _ endpoint: String, inout URLValues) -> Void
    ) {
        registry.declare(at: DeclarationLocation(fileID: fileID, line: line)) { $0.urlDefaults.append(defaults) }
    }

    private func add(_ fileID: String, _ line: Int, _ hook: BeforeRequestHook) {
        registry.declare(at: DeclarationLocation(fileID: fileID, line: line)) { $0.beforeRequest.append(hook) }
    }
}
