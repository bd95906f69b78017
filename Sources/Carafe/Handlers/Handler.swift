import CarafeHTTP
import CarafeRouting

/// A handler with its types erased: what it takes, and how it is called.
struct Handler: Sendable {
    /// The two kinds of functions; synchronous ones run inline on the event loop.
    enum Work: Sendable {
        case sync(SyncCall)
        case async(AsyncCall)

        /// Runs on the executor of the task that calls it, the event loop's.
        typealias AsyncCall = nonisolated(nonsending) @Sendable (HandlerInput) async throws -> Response
    }

    typealias SyncCall = @Sendable (HandlerInput) throws -> Response

    /// What the handler takes, in order.
    let types: [any HandlerParameter.Type]
    let work: Work

    /// Whether the request's content must be there before the handler runs.
    let needsBody: Bool

    init(_ types: [any HandlerParameter.Type], work: Work) {
        self.types = types
        self.work = work
        needsBody = types.contains { if case .body = $0.source { true } else { false } }
    }

    /// Where the parameters come from, in order.
    var parameters: [ParameterSource] { types.map { $0.source } }

    /// A synchronous handler of typed parameters.
    static func sync<each P: HandlerParameter, R>(
        _ view: @escaping @Sendable (repeat each P) throws -> R,
        _ convert: @escaping @Sendable (R, Request) throws -> Response
    ) -> Handler {
        Handler(
            types(repeat (each P).self),
            work: .sync { input in
                var input = input
                let result = try view(repeat try (each P).extract(from: &input))
                return try convert(result, input.request)
            })
    }

    /// An asynchronous handler of typed parameters.
    static func async<each P: HandlerParameter, R>(
        _ view: @escaping @Sendable (repeat each P) async throws -> R,
        _ convert: @escaping @Sendable (R, Request) throws -> Response
    ) -> Handler {
        Handler(
            types(repeat (each P).self),
            work: .async { input in
                var input = input
                let values = (repeat try (each P).extract(from: &input))
                return try convert(try await view(repeat each values), input.request)
            })
    }

    static func types<each P: HandlerParameter>(_ types: repeat (each P).Type) -> [any HandlerParameter.Type] {
        var list: [any HandlerParameter.Type] = []
        repeat list.append(each types)
        return list
    }

    /// How a value that converts itself becomes a response.
    @Sendable static func convertible<R: ResponseConvertible>(_ value: R, _ request: Request) throws -> Response {
        try value.response(for: request)
    }

    /// How any other `Encodable` value becomes a response: as JSON; nil is 404.
    static func encodable<R: Encodable & SendableMetatype>(_ type: R.Type) -> @Sendable (R, Request) throws -> Response
    {
        if type is any OptionalValue.Type {
            return { value, request in
                if let optional = value as? any OptionalValue, optional.isNil { throw Abort(.notFound) }
                return try JSON(value).response(for: request)
            }
        }
        return { value, request in try JSON(value).response(for: request) }
    }
}

/// Lets code that knows a type only as `Encodable` ask whether it is an optional that holds nothing.
private protocol OptionalValue {
    var isNil: Bool { get }
}

extension Optional: OptionalValue {
    fileprivate var isNil: Bool { self == nil }
}
