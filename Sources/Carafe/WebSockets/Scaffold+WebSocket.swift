public import CarafeHTTP
public import CarafeRouting
import HTTPTypes

extension Scaffold {
    /// Registers a handler for WebSockets.
    ///
    /// ```swift
    /// app.webSocket("/chat/<room>") { (socket: WebSocket, room: String) async throws in
    ///     for try await message in socket { try await socket.send(message) }
    /// }
    /// ```
    ///
    /// The hooks, the session and the typed parameters are those of every request; a hook or a parameter that throws
    /// refuses the handshake with its status. What the handler changes of the session is not kept: its cookie has been
    /// sent. The handler runs until it returns (the socket is then closed with 1000) or throws: 1011, and the error is
    /// logged once; an ``HTTPError`` below 500 is told the client as 1008 and not logged. When the client has gone the
    /// loop over the socket ends, sending throws ``WebSocketClosed``, and a handler that runs on regardless is cancelled
    /// after ``WebSocketOptions/handlerGrace``.
    ///
    /// - Parameters:
    ///   - rule: the rule in Flask's syntax; a route for GET may have the same
    ///   - name: the endpoint; by default `WebSocket` and the rule
    ///   - subprotocols: those that the handler speaks, the one that it likes best first. The first that the client
    ///     speaks too is ``WebSocket/subprotocol``.
    ///   - origins: the pages whose scripts may connect; those of the app's own host by default
    ///   - options: limits and timeouts; ``App/webSocketOptions`` by default
    ///   - defaults: values for variables that the rule does not have
    ///   - host: the host that the rule is for, where the app matches hosts
    ///   - subdomain: the subdomain that the rule is for, where the app matches subdomains
    ///   - handler: takes the socket, then what any handler takes
    /// - Returns: the route, whose `url(…)` takes the handler's path variables
    @discardableResult
    public func webSocket<each P: HandlerParameter>(
        _ rule: String, name: String? = nil, subprotocols: [String] = [], origins: WebSocketOrigins = .same,
        options: WebSocketOptions? = nil, defaults: [String: RoutingValue] = [:], host: String? = nil,
        subdomain: String? = nil, fileID: String = #fileID, line: Int = #line,
        _ handler: @escaping @Sendable (WebSocket, repeat each P) async throws -> Void
    ) -> Route<(repeat each P)> {
        let admission = WebSocketAdmission(subprotocols: subprotocols, origins: origins, options: options)
        var routeOptions = RouteOptions(name: name, defaults: defaults, host: host, subdomain: subdomain)
        routeOptions.isWebSocket = true
        let declaration = RouteDeclaration(
            rule: rule, methods: [.get], options: routeOptions, handler: .webSocket(admission, handler),
            location: DeclarationLocation(fileID: fileID, line: line))
        registry.declare(at: declaration.location) { $0.routes.append(declaration) }
        return Route(scaffold: self, endpoint: declaration.endpoint)
    }
}

/// Who may open a WebSocket, and on what terms.
struct WebSocketAdmission: Sendable {
    var subprotocols: [String]
    var origins: WebSocketOrigins
    var options: WebSocketOptions?

    /// The response that opens the socket.
    func response(to request: Request, _ work: @escaping WebSocketUpgrade.Work) throws -> Response {
        let offer = try WebSocketHandshake.read(request.head)
        guard origins.allow(request) else {
            throw Abort(.forbidden, "Pages of this origin may not open a WebSocket here.")
        }
        let options = options ?? request.appContext?.app.webSocketOptions ?? WebSocketOptions()
        return .webSocket(to: offer, subprotocols: subprotocols, options: options, work)
    }
}

extension WebSocketHandshake.Refusal: HTTPError {}

extension Handler {
    /// A handler of a WebSocket and typed parameters.
    static func webSocket<each P: HandlerParameter>(
        _ admission: WebSocketAdmission, _ view: @escaping @Sendable (WebSocket, repeat each P) async throws -> Void
    ) -> Handler {
        Handler(
            types(repeat (each P).self),
            work: .sync { input in
                var input = input
                let request = input.request
                let values = (repeat try (each P).extract(from: &input))
                return try admission.response(to: request) { socket in
                    await request.serve(socket) { try await view(socket, repeat each values) }
                }
            })
    }
}
