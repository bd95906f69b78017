public import CarafeHTTP

/// A registered route. Its `url(…)` takes the path variables that its handler takes, checked by the compiler.
///
/// ```swift
/// let show = app.get("/posts/<int:id>") { (id: Int) in "Post \(id)" }
/// try show.url(5)                                    // "/posts/5"
/// ```
///
/// Handlers of up to three path variables, alone or after the ``Request``, and before one parameter of another kind
/// have it; for all others there is ``Request/url(for:_:)`` with the endpoint's name.
public struct Route<Parameters>: Sendable {
    private let scaffold: any Scaffold

    /// The endpoint, without the names of the blueprints that the route belongs to.
    public let endpoint: String

    init(scaffold: any Scaffold, endpoint: String) {
        self.scaffold = scaffold
        self.endpoint = endpoint
    }

    private func build(_ values: [any PathParameter]) throws -> String {
        try scaffold.registry.url(for: endpoint, values.map(\.pathValue))
    }
}

/// A handler parameter that has no part in the URL; it may follow the path variables of a typed route.
public protocol ContentParameter: HandlerParameter {}

extension Route {
    /// The path of this route.
    public func url() throws -> String where Parameters == () { try build([]) }

    /// The path of this route.
    public func url() throws -> String where Parameters == Request { try build([]) }

    /// The path of this route.
    public func url() throws -> String where Parameters: ContentParameter { try build([]) }

    /// The path of this route.
    public func url<C: ContentParameter>() throws -> String where Parameters == (Request, C) { try build([]) }

    /// The path of this route for a value of its variable.
    public func url(_ a: Parameters) throws -> String where Parameters: PathParameter { try build([a]) }

    /// The path of this route for a value of its variable.
    public func url<A: PathParameter>(_ a: A) throws -> String where Parameters == (Request, A) { try build([a]) }

    /// The path of this route for a value of its variable.
    public func url<A: PathParameter, C: ContentParameter>(_ a: A) throws -> String where Parameters == (A, C) {
        try build([a])
    }

    /// The path of this route for a value of its variable.
    public func url<A: PathParameter, C: ContentParameter>(_ a: A) throws -> String
    where Parameters == (Request, A, C) {
        try build([a])
    }

    /// The path of this route for values of its variables.
    public func url<A: PathParameter, B: PathParameter>(_ a: A, _ b: B) throws -> String where Parameters == (A, B) {
        try build([a, b])
    }

    /// The path of this route for values of its variables.
    public func url<A: PathParameter, B: PathParameter>(_ a: A, _ b: B) throws -> String
    where Parameters == (Request, A, B) {
        try build([a, b])
    }

    /// The path of this route for values of its variables.
    public func url<A: PathParameter, B: PathParameter, C: PathParameter>(_ a: A, _ b: B, _ c: C) throws -> String
    where Parameters == (A, B, C) {
        try build([a, b, c])
    }

    /// The path of this route for values of its variables.
    public func url<A: PathParameter, B: PathParameter, C: PathParameter>(_ a: A, _ b: B, _ c: C) throws -> String
    where Parameters == (Request, A, B, C) {
        try build([a, b, c])
    }
}
