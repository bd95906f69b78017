import CarafeHTTP
import HTTPTypes

/// A request that the server has answered itself: it is malformed, too large or too slow.
package struct RefusedRequest: Sendable {
    /// Its head; nil where it could not be read.
    package let head: RequestHead?
    package let connection: ConnectionInfo
    /// The answer's status.
    package let status: HTTPResponse.Status
    /// The answer's content in bytes.
    package let length: Int?

    package init(head: RequestHead?, connection: ConnectionInfo, answer: Response) {
        self.head = head
        self.connection = connection
        status = answer.status
        length = answer.body.length
    }
}

extension Response {
    /// The page for a request that the server does not let through.
    package static func refusal(_ status: HTTPResponse.Status, _ reason: String) -> Response {
        Response("\(status.code) \(status.reasonPhrase)\n\(reason)\n", status: status)
    }
}
