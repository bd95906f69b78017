/// What ``App`` and ``Blueprint`` have in common: routes, hooks and error handlers are declared on either in the same
/// words.
public protocol Scaffold: AnyObject, Sendable {
    /// Where the declarations are kept until the app starts.
    var registry: Registry { get }
}

extension Scaffold {
    /// Registers a handler for GET, and with it HEAD.
    public var get: Verb { Verb(scaffold: self, methods: [.get]) }
    /// Registers a handler for POST.
    public var post: Verb { Verb(scaffold: self, methods: [.post]) }
    /// Registers a handler for PUT.
    public var put: Verb { Verb(scaffold: self, methods: [.put]) }
    /// Registers a handler for PATCH.
    public var patch: Verb { Verb(scaffold: self, methods: [.patch]) }
    /// Registers a handler for DELETE.
    public var delete: Verb { Verb(scaffold: self, methods: [.delete]) }

    /// Registers a handler for several methods; GET if none is named.
    ///
    /// ```swift
    /// app.route("/login", methods: [.get, .post]) { request in … }
    /// ```
    public var route: Verb { Verb(scaffold: self, methods: []) }
}
