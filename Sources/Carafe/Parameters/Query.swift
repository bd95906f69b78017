/// The query string read into a type of one's own. A query that does not fit is answered with 400 and what is wrong.
///
/// ```swift
/// struct Search: Decodable { var q: String; var page: Int? }
/// app.get("/search") { (query: Query<Search>) in find(query.value.q, page: query.value.page ?? 1) }
/// ```
///
/// Optional properties may be absent; arrays take every value of a name.
public struct Query<Value: Decodable & Sendable>: ContentParameter {
    /// What the query holds.
    public let value: Value

    /// The query string.
    public static var source: ParameterSource { .query }

    /// Decodes the query.
    public static func extract(from input: inout HandlerInput) throws -> Query {
        Query(value: try ParametersDecoder.decode(Value.self, from: try input.request.parseQuery(), "query"))
    }
}

extension TooManyParameters: HTTPError {
    /// 400
    public var status: HTTPResponse.Status { .badRequest }
    /// What happened.
    public var detail: String { description }
}
