import CarafeHTTP
import HTTPTypes

/// A route as the app declared it, before the rules are read and checked.
struct RouteDeclaration: Sendable {
    var rule: String
    /// The methods; GET where none was named.
    var methods: [HTTPRequest.Method]
    /// Whether `methods:` was given to a verb that has its own.
    var hasSurplusMethods: Bool
    var options: RouteOptions
    var handler: Handler
    var location: DeclarationLocation
    /// The files that the route serves, where it serves a folder.
    var staticFiles: StaticFiles?

    init(
        rule: String, methods: [HTTPRequest.Method], hasSurplusMethods: Bool = false,
        options: RouteOptions = RouteOptions(), handler: Handler, location: DeclarationLocation,
        staticFiles: StaticFiles? = nil
    ) {
        self.rule = rule
        self.methods = methods.isEmpty ? [.get] : methods
        self.hasSurplusMethods = hasSurplusMethods
        self.options = options
        self.handler = handler
        self.location = location
        self.staticFiles = staticFiles
    }

    /// The endpoint without the names of blueprints: the given name, or the methods and the rule.
    var endpoint: String {
        options.name ?? "\(options.isWebSocket ? "WebSocket" : methods.map(\.rawValue).joined(separator: ",")) \(rule)"
    }
}
