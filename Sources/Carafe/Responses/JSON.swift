public import CarafeHTTP
public import HTTPTypes
import NIOCore

/// A value sent as JSON, where its status or fields matter; otherwise a handler returns the value itself.
///
/// ```swift
/// app.post("/posts") { (body: JSONBody<NewPost>) in JSON(try create(body.value), status: .created) }
/// ```
public struct JSON<Value: Encodable>: ResponseConvertible {
    /// The value.
    public var value: Value
    /// The response's status.
    public var status: HTTPResponse.Status
    /// Further header fields.
    public var headers: Headers

    /// A value with a status.
    public init(_ value: Value, status: HTTPResponse.Status = .ok, headers: Headers = Headers()) {
        self.value = value
        self.status = status
        self.headers = headers
    }

    /// `application/json` and the value's text, written as the app's configuration says.
    public func response(for request: Request) throws -> Response {
        var buffer = ByteBuffer()
        try (request.appContext?.app.jsonWriter ?? JSONWriter()).encode(value, into: &buffer)
        if headers.isEmpty { return Response(status: status, headers: JSONFields.json, body: .bytes(buffer)) }
        var headers = headers
        if !headers.contains(.contentType) { headers[.contentType] = "application/json" }
        return Response(status: status, headers: headers, body: .bytes(buffer))
    }
}

/// Made once: responses share it and so allocate no headers.
private enum JSONFields {
    static let json: Headers = [.contentType: "application/json"]
}
