import CarafeHTTP
import HTTPTypes
import NIOCore

/// A response as the serializer writes it, with `⏎` for CRLF and `date` for the server's date.
struct WrittenResponse {
    let text: String
    let staysOpen: Bool
    let framing: ResponseFraming

    /// Writes the head of a response.
    ///
    /// - Parameters:
    ///   - fields: not checked, as an application that reaches around the checks could make them
    ///   - length: the content's, nil where it is not known
    init(
        _ status: HTTPResponse.Status = .ok, _ fields: KeyValuePairs<String, String> = [:], length: Int? = 5,
        method: HTTPRequest.Method = .get, version: HTTPVersion = .http11, keepAlive: Bool = true,
        date: String = "Sun, 06 Nov 1994 08:49:37 GMT"
    ) {
        self.init(
            status, headers: .unchecked(fields), length: length, method: method, version: version,
            keepAlive: keepAlive, date: date)
    }

    /// Writes the head of a response with headers as an application makes them.
    init(
        _ status: HTTPResponse.Status, headers: Headers, length: Int? = 5, method: HTTPRequest.Method = .get,
        version: HTTPVersion = .http11, keepAlive: Bool = true, date: String = "Sun, 06 Nov 1994 08:49:37 GMT"
    ) {
        framing = ResponseFraming(status: status, contentLength: length, method: method, version: version)
        var buffer = ByteBuffer()
        staysOpen = HTTP1Serializer.writeHead(
            status: status, headers: headers, framing: framing, version: version, keepAlive: keepAlive,
            date: Array(date.utf8), into: &buffer)
        text = Self.text(buffer)
    }

    /// The head's lines, without the empty one at its end.
    var lines: [String] {
        text.split(separator: "⏎", omittingEmptySubsequences: false).dropLast(2).map { String($0) }
    }

    /// The fields, without the status line and the server's date.
    var fields: [String] {
        lines.dropFirst().filter { $0 != "Date: Sun, 06 Nov 1994 08:49:37 GMT" }
    }

    static func text(_ buffer: ByteBuffer) -> String { RawRequest.text(buffer.readableBytesView) }
}

extension Headers {
    /// Fields that are not checked.
    static func unchecked(_ fields: KeyValuePairs<String, String>) -> Headers {
        var headers = Headers()
        for (name, value) in fields { headers.appendUnchecked(name, value) }
        return headers
    }
}
