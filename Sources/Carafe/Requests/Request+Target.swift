public import CarafeHTTP

extension Request {
    /// The path below which the app is reached, percent-decoded, without a slash at its end; empty at the root (Flask's
    /// `script_root`). A proxy names it, or what mounts the app there; URLs begin with it, and ``path`` comes after it.
    public var scriptRoot: String { PercentEncoding.decode(head.rawScriptRoot) }

    /// The path, percent-decoded, as the rules see it; bytes that are not UTF-8 are replaced.
    public var path: String {
        head.target.isPathEncoded ? PercentEncoding.decode(head.target.rawPath) : head.target.rawPath
    }

    /// The path with the query, as it was sent.
    public var fullPath: String {
        guard let query = head.target.rawQuery else { return head.target.rawPath }
        return head.target.rawPath + "?" + query
    }

    /// The query's values (Flask's `args`).
    ///
    /// A request with more than 1,000 of them is answered with 400 before its handler runs. Hooks that come earlier
    /// read none of them; ``parseQuery()`` tells them why.
    public var query: Parameters { (try? parseQuery()) ?? Parameters() }

    /// The query's values.
    ///
    /// - Throws: ``TooManyParameters`` past 1,000, which becomes a 400.
    public func parseQuery() throws(TooManyParameters) -> Parameters {
        guard let raw = head.target.rawQuery else { return Parameters() }
        return try Parameters(urlEncoded: raw)
    }

    /// The cookies that came with the request.
    ///
    /// A request with more than 100 of them is answered with 400 before its handler runs; hooks that come earlier read
    /// none of them.
    public var cookies: Parameters { (try? headers.cookies()) ?? Parameters() }

    /// The host, with its port where it is not the scheme's own, as the client wrote it. An HTTP/1.0 client need not
    /// have named one: it is then the server's own name.
    public var host: String {
        head.authority.isEmpty ? (appContext?.app.config.serverName ?? "localhost") : head.authority
    }

    /// `http` or `https`.
    public var scheme: String { connection.scheme }

    /// Whether the connection is encrypted.
    public var isSecure: Bool { scheme == "https" }

    /// The address of the host alone, such as `https://example.com/`.
    public var hostURL: String { "\(scheme)://\(host)/" }

    /// The address that the app is reached at, such as `https://example.com/` or `https://example.com/shop/`.
    public var rootURL: String { "\(scheme)://\(host)\(head.rawScriptRoot)/" }

    /// The address without the query, percent-encoded.
    public var baseURL: String { "\(scheme)://\(host)\(head.rawScriptRoot)\(head.target.rawPath)" }

    /// The whole address, percent-encoded.
    public var url: String { "\(scheme)://\(host)\(head.rawScriptRoot)\(fullPath)" }

    /// The client's address; nil where there is none (a unix socket, the in-memory client).
    public var remoteAddress: String? { connection.remoteHost.isEmpty ? nil : connection.remoteHost }

    // MARK: - The matched route

    /// The endpoint of the matched route with the names of its blueprints; nil where none matched.
    public var endpoint: String? { appContext?.plan.endpoint }

    /// The matched rule, as it was declared; nil where none matched.
    public var rule: String? { appContext?.plan.rule }

    /// The names of the blueprints that the route belongs to, the innermost first.
    public var blueprints: [String] { appContext?.plan.blueprints ?? [] }

    /// The name of the innermost blueprint that the route belongs to.
    public var blueprint: String? { blueprints.first }

    /// The path variables (Flask's `view_args`).
    public var pathValues: PathValues { appContext?.pathValues ?? PathValues() }
}
