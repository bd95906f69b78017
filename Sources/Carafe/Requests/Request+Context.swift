public import CarafeHTTP
public import Logging
import Synchronization

extension Request {
    /// Values that the app keeps with this request (Flask's `g`): what one hook finds out and another or the handler
    /// needs.
    ///
    /// ```swift
    /// app.beforeRequest { request in request.g["user"] = try User.of(request.session) }
    /// app.get("/") { request in
    ///     let user: User? = request.g["user"]
    ///     return "Hello, \(user?.name ?? "stranger")!"
    /// }
    /// ```
    public var g: RequestValues { RequestValues(context: appContext) }

    /// What an extension keeps with this request, by its type, as ``App/subscript(_:)`` is for the app: what the app's own code
    /// should not see in ``g``.
    public subscript<Value: Sendable>(type: Value.Type) -> Value? {
        get { appContext?.state.withLock { $0.extensions[ObjectIdentifier(type)] } as? Value }
        set { appContext?.state.withLock { $0.extensions[ObjectIdentifier(type)] = newValue } }
    }

    /// What an extension keeps with this request, made by the first of its tasks that asks.
    package func value<Value: Sendable>(orKeep new: @autoclosure () -> Value) -> Value {
        guard let context = appContext else { return new() }
        return context.state.withLock { state in
            if let kept = state.extensions[ObjectIdentifier(Value.self)] as? Value { return kept }
            let made = new()
            state.extensions[ObjectIdentifier(Value.self)] = made
            return made
        }
    }

    /// An extension's state in the app that handles this request: what `app[type]` was when the app started.
    public func appState<Value: Sendable>(_ type: Value.Type) -> Value? {
        appContext?.app.extensions[ObjectIdentifier(type)] as? Value
    }

    /// Runs `action` on this request's response, after the handler and before the after-request hooks, in the order
    /// in which they were added (Flask's `after_this_request`).
    public func afterThisRequest(_ action: @escaping @Sendable (Request, inout Response) throws -> Void) {
        appContext?.touch()
        appContext?.state.withLock { $0.afterThisRequest.append(action) }
    }

    /// A name for this request that no other has, for log lines and for error pages; ``RequestIDs`` may take it from the
    /// client.
    public var id: String {
        if let givenID { return givenID }
        guard let context = appContext else { return "-" }
        return RequestID.text(context.serial)
    }

    /// The app's logger with this request's id.
    public var logger: Logger {
        guard let context = appContext else { return Logger(label: "carafe") }
        var logger = context.app.logger
        logger[metadataKey: "request"] = .string(id)
        return logger
    }

    /// The app's configuration.
    public var config: Config { appContext?.app.config ?? Config() }
}

/// Values that belong to one request, by name.
public struct RequestValues: Sendable {
    fileprivate let context: Context?

    /// The value of a name, where it has one and it is of this type; nil removes it.
    public subscript<Value: Sendable>(name: String) -> Value? {
        get { context?.state.withLock { $0.globals[name] } as? Value }
        nonmutating set { context?.state.withLock { $0.globals[name] = newValue } }
    }

    /// The names that have a value, sorted.
    public var names: [String] { context?.state.withLock { $0.globals.keys.sorted() } ?? [] }

    /// The value of a name, of whatever type.
    func stored(_ name: String) -> (any Sendable)? { context?.state.withLock { $0.globals[name] } }

    /// Forgets the value of a name.
    func remove(_ name: String) { context?.state.withLock { $0.globals[name] = nil } }

    /// Whether a name has a value.
    public func contains(_ name: String) -> Bool {
        context?.state.withLock { $0.globals[name] != nil } ?? false
    }
}

/// Names for requests: eight characters of the process, then the request's number.
enum RequestID {
    private static let process = String(UInt32.random(in: .min ... .max), radix: 36)

    /// A name for a request that no app has counted yet.
    static func random() -> String {
        String(UInt64.random(in: .min ... .max), radix: 36) + "-" + String(UInt32.random(in: .min ... .max), radix: 36)
    }

    static func text(_ serial: UInt64) -> String { process + "-" + String(serial, radix: 36) }
}
