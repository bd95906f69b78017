public import CarafeHTTP
public import HTTPTypes

/// Tells clients the name of each request, by which it is found in the log: `request.id`, as `X-Request-ID`.
///
/// ```swift
/// app.use(RequestIDs(fromClient: true))     // the proxy in front names them
/// ```
///
/// Put it outside of all middleware that may answer a request itself.
public struct RequestIDs: Middleware {
    /// The most bytes that a client's name may have.
    public static let lengthLimit = 128

    private let takesClients: Bool
    private let field: HTTPField.Name?

    /// - Parameters:
    ///   - fromClient: whether a request's own field names it, where it is at most 128 letters, digits and `-._~+/=:@`.
    ///     Clients may then choose the same name for several requests.
    ///   - field: the field's name; `X-Request-ID` by default
    public init(fromClient: Bool = false, field: HTTPField.Name? = nil) {
        takesClients = fromClient
        self.field = field ?? HTTPField.Name("X-Request-ID")
    }

    /// Names the request, and tells its name.
    public func respond(to request: Request, next: any Responder) -> Reply {
        guard let field else { return next.respond(to: request) }
        let id = (takesClients ? request.headers[field].flatMap(Self.checked) : nil) ?? RequestID.random()
        return next.respond(to: request.named(id)).map { response in
            var response = response
            response.headers[field] = id
            return response
        }
    }

    /// The name, where it can do no harm in a log.
    private static func checked(_ id: String) -> String? {
        1...lengthLimit ~= id.utf8.count && id.utf8.allSatisfy { allowed.contains($0) } ? id : nil
    }

    private static let allowed = ByteSet.unreserved.union(ByteSet("+/=:@"))
}
