public import CarafeRouting

/// A value that a handler can take as a parameter.
///
/// Path variables (`Int`, `String`, `Double`, `UUID`, `Bool`, enums with raw values), the ``Request``, the
/// ``Session``, ``Query``, ``Form``, ``JSONBody`` and ``Upload`` are such values; extensions add their own. Each type
/// says once, when a route is registered, where its values come from (``source``), so that a rule that does not fit
/// its handler is reported before the first request.
///
/// ```swift
/// struct Language: HandlerParameter {
///     var code: String
///     static let source = ParameterSource.request
///     static func extract(from input: inout HandlerInput) throws -> Language {
///         Language(code: input.request.headers[.acceptLanguage] ?? "en")
///     }
/// }
/// app.get("/") { (language: Language) in "You read \(language.code)" }
/// ```
public protocol HandlerParameter: Sendable, SendableMetatype {
    /// Where values of this type come from.
    static var source: ParameterSource { get }

    /// Takes the value for one call of a handler.
    ///
    /// - Throws: ``Abort`` or another ``HTTPError`` where the request has no such value; it becomes the response.
    static func extract(from input: inout HandlerInput) throws -> Self

    /// What keeps an app from handing out such values: an extension, say, that is not installed. Nil, as by default, where
    /// nothing does. It is asked before the app starts, once for each route whose handler takes one.
    static func problem(in app: App) -> ConfigurationProblem?
}

extension HandlerParameter {
    /// Nothing keeps an app from handing out such values.
    public static func problem(in app: App) -> ConfigurationProblem? { nil }
}

/// Where a handler's parameter comes from.
public enum ParameterSource: Sendable {
    /// The next variable of the rule; the converters' kinds that fit.
    case path([RoutingValue.Kind])
    /// What the request already holds: its headers, its connection.
    case request
    /// The session, which needs a secret key.
    case session
    /// The query string.
    case query
    /// The content, which is read completely before the handler runs. The text names what is expected, for messages.
    case body(String)
}

/// What a handler's parameters are taken from: the request and the values of its rule, in the rule's order.
public struct HandlerInput: Sendable {
    /// The request that is being handled.
    public let request: Request

    let values: [RoutingValue]
    private var position = 0

    init(request: Request, values: [RoutingValue]) {
        self.request = request
        self.values = values
    }

    /// The value of the next variable of the rule.
    ///
    /// - Throws: a 500 where the rule has no more; registration has checked that it has.
    public mutating func nextPathValue() throws -> RoutingValue {
        guard position < values.count else { throw Abort(.internalServerError) }
        defer { position += 1 }
        return values[position]
    }
}

extension Request: HandlerParameter {
    /// The request itself.
    public static var source: ParameterSource { .request }

    /// The request itself.
    public static func extract(from input: inout HandlerInput) -> Self {
        // `Request` is final: Self can be nothing else.
        unsafeDowncast(input.request, to: Self.self)
    }
}
