package import HTTPTypes

/// How the end of a response's content is told (RFC 9112 §6), and whether it has content at all (RFC 9110 §6.4.1).
package struct ResponseFraming: Sendable, Equatable {
    /// What the head says of the content's length.
    package enum Length: Sendable, Equatable {
        /// Nothing: there is no content, or its end is the connection's.
        case unstated
        /// `Content-Length`
        case bytes(Int)
        /// `Transfer-Encoding: chunked`
        case chunked
    }

    /// What the head says of the content's length.
    package let length: Length
    /// Whether content is sent; otherwise whatever content the response has stays away from the wire.
    package let sendsContent: Bool
    /// Whether only the end of the connection ends the content (an HTTP/1.0 client and an unknown length).
    package let endsWithConnection: Bool
    /// Whether a `Content-Length` of the response's own tells what a GET would have got; only where no content is sent.
    let keepsOwnLength: Bool

    /// The framing of a response.
    ///
    /// - Parameters:
    ///   - contentLength: the length of the response's content, nil where it is not known
    ///   - method: the request's method
    ///   - version: the request's version
    package init(
        status: HTTPResponse.Status, contentLength: Int?, method: HTTPRequest.Method, version: HTTPVersion
    ) {
        let code = status.code
        let hasNoLength = code < 200 || code == 204 || method == .connect && code < 300
        if hasNoLength || code == 304 {
            self.init(.unstated, keepsOwnLength: code == 304)
        } else if code == 205 {
            self.init(.bytes(0))
        } else if method == .head {
            self.init(
                contentLength.map { .bytes($0) } ?? (version == .http10 ? .unstated : .chunked),
                keepsOwnLength: contentLength ?? 0 == 0)
        } else if let contentLength {
            self.init(.bytes(contentLength), sendsContent: contentLength > 0)
        } else if version == .http10 {
            self.init(.unstated, sendsContent: true, endsWithConnection: true)
        } else {
            self.init(.chunked, sendsContent: true)
        }
    }

    private init(
        _ length: Length, sendsContent: Bool = false, endsWithConnection: Bool = false, keepsOwnLength: Bool = false
    ) {
        self.length = length
        self.sendsContent = sendsContent
        self.endsWithConnection = endsWithConnection
        self.keepsOwnLength = keepsOwnLength
    }
}
