public import CarafeHTTP
public import HTTPTypes

/// What a handler may return: something that can become a response.
///
/// `String` (plain text), ``HTML``, ``Response``, ``JSON``, ``File``, ``EventStream``, `HTTPResponse.Status` and
/// optionals of them (nil is 404) are; any `Encodable` is as well, as JSON, without conforming.
///
/// ```swift
/// struct CSV: ResponseConvertible {
///     var rows: [[String]]
///     func response(for request: Request) throws -> Response {
///         Response(headers: [.contentType: "text/csv; charset=utf-8"], body: .string(…))
///     }
/// }
/// ```
public protocol ResponseConvertible: SendableMetatype {
    /// The response for this value.
    func response(for request: Request) throws -> Response
}

extension Response: ResponseConvertible {
    /// The response itself.
    public func response(for request: Request) -> Response { self }

    /// The same response with another status.
    public func status(_ status: HTTPResponse.Status) -> Response {
        var response = self
        response.status = status
        return response
    }

    /// The same response with a header field set; a value with characters that no field may have is left out.
    public func header(_ name: HTTPField.Name, _ value: String) -> Response {
        var response = self
        response.headers[name] = value
        return response
    }
}

extension String: ResponseConvertible {
    /// Plain text: `text/plain; charset=utf-8`. Markup is ``HTML``.
    public func response(for request: Request) -> Response { Response(self) }
}

extension Substring: ResponseConvertible {
    /// Plain text: `text/plain; charset=utf-8`.
    public func response(for request: Request) -> Response { Response(String(self)) }
}

extension HTML: ResponseConvertible {
    private static let fields: Headers = [.contentType: "text/html; charset=utf-8"]

    /// A page: `text/html; charset=utf-8`.
    public func response(for request: Request) -> Response {
        Response(headers: Self.fields, body: .string(description))
    }

    /// A page with another status.
    public func status(_ status: HTTPResponse.Status) -> Response {
        Response(status: status, headers: Self.fields, body: .string(description))
    }
}

extension HTTPResponse.Status: ResponseConvertible {
    /// A response without content; an error status becomes the app's error page for it.
    public func response(for request: Request) throws -> Response {
        if code >= 400 { throw Abort(self) }
        return Response(status: self)
    }
}

extension Optional: ResponseConvertible where Wrapped: ResponseConvertible {
    /// The value's response; nil is 404.
    public func response(for request: Request) throws -> Response {
        guard let self else { throw Abort(.notFound) }
        return try self.response(for: request)
    }
}
