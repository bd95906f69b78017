public import HTTPTypes
import NIOCore

extension JSONDecodingError: HTTPError {
    /// 400, or 413 past a limit.
    public var status: HTTPResponse.Status { kind == .tooLarge ? .contentTooLarge : .badRequest }
    /// What is wrong with the content, and where.
    public var detail: String { message }
}

/// The request's content read as JSON. A malformed body never reaches the handler: it is answered with 400 and the
/// place of the mistake, another content type with 415.
///
/// ```swift
/// app.post("/posts") { (body: JSONBody<NewPost>) in JSON(try create(body.value), status: .created) }
/// ```
public struct JSONBody<Value: Decodable & Sendable>: ContentParameter {
    /// What the content holds.
    public let value: Value

    /// The request's content.
    public static var source: ParameterSource { .body("JSON") }

    /// Decodes the request's content.
    public static func extract(from input: inout HandlerInput) throws -> JSONBody {
        let request = input.request
        try request.requireJSON()
        guard let bytes = try request.arrivedContent() else { throw Abort(.badRequest) }
        return JSONBody(value: try request.decodeJSON(Value.self, from: bytes))
    }
}
