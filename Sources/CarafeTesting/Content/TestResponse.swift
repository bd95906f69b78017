public import Carafe
public import NIOCore

/// A response in a test, with all of its content.
public struct TestResponse: Sendable, CustomStringConvertible {
    /// The method of the request that it answers.
    public let method: HTTPRequest.Method
    /// The URL of the request that it answers.
    public let url: String
    /// The status.
    public let status: HTTPResponse.Status
    /// The header fields.
    public let headers: Headers
    /// The content.
    public let body: ByteBuffer
    /// The trailer fields of chunked content; nil where there were none.
    public let trailers: Headers?
    /// The request as the app saw it, for looking at its session, `g` and route afterwards; nil over a socket, and
    /// where the request never reached the app.
    public let request: Request?
    /// The templates that were rendered for it, in the order in which they were finished, with what they were given;
    /// none over a socket.
    public let templates: [RenderedTemplate]
    /// The redirects that were followed on the way to this response.
    public internal(set) var history: [TestResponse] = []

    /// The content as UTF-8.
    public var text: String { String(buffer: body) }

    /// The content read as JSON.
    ///
    /// - Throws: ``JSONDecodingError`` where it does not fit
    public func json<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        try JSONReader().decode(type, from: body)
    }

    /// A template that was rendered for the response, by its name; nil where it was not.
    ///
    /// ```swift
    /// let post = response.template("posts/show.html")?.context["post"] as? Post
    /// ```
    public func template(_ name: String) -> RenderedTemplate? { templates.first { $0.name == name } }

    /// Where the response sends the client.
    public var location: String? { headers[.location] }

    /// The error that the app answered with 500, where there was one and no socket lies between.
    public var unexpectedError: (any Error)? { request?.unexpectedError }

    var isRedirect: Bool { [301, 302, 303, 305, 307, 308].contains(status.code) }

    /// The response in short, for the message of a failed expectation.
    public var description: String {
        let text = String(text.unicodeScalars.prefix(400))
        return "\(method.rawValue) \(url): \(status.code) \(status.reasonPhrase)\n\(text)"
    }
}
