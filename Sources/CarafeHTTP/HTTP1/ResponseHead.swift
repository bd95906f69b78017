package import HTTPTypes
internal import NIOCore

/// The beginning of a response that comes before its content, as a client or a proxy receives it.
package struct ResponseHead: Sendable {
    /// How the content ends (RFC 9112 §6.3).
    package enum Content: Sendable, Equatable {
        /// There is none, whatever the fields say.
        case none
        /// After so many bytes.
        case length(Int)
        /// With the last chunk.
        case chunked
        /// With the connection.
        case toTheEnd
        /// There is none: what follows is not HTTP (101).
        case upgraded
    }

    /// The status code with the server's reason phrase.
    package let status: HTTPResponse.Status
    /// The version that the server speaks.
    package let version: HTTPVersion
    /// The header fields as they were received.
    package let headers: Headers
    /// How the content ends.
    package let content: Content
    /// Whether the connection may serve another request.
    package let keepsAlive: Bool
}

/// Parses the head of one response, line by line as the lines arrive (RFC 9112 §4, §5).
///
/// Places count from the head's first byte.
struct ResponseHeadParser {
    /// What the status line says.
    private struct StatusLine {
        let version: HTTPVersion
        let code: Int
        let reason: String
    }

    private var lines = LineReader()
    private var statusLine: StatusLine?
    private var section = HeaderSection()

    /// The longest reason phrase, in bytes.
    private static let reasonLimit = 1024

    /// Parses the lines that are complete.
    ///
    /// - Parameter bytes: all that has been received from the head's first byte on
    /// - Returns: the length of the head, nil while it is not complete
    mutating func advance(_ bytes: UnsafeRawBufferPointer, limits: HTTP1Limits) throws(MalformedResponse) -> Int? {
        do throws(HTTP1Error) {
            if statusLine == nil {
                let limit = "HTTP/1.1 200 ".utf8.count + Self.reasonLimit
                guard let line = try lines.next(in: bytes, limit: limit, tooLong: .fieldTooLong) else { return nil }
                guard let parsed = Self.statusLine(line, in: bytes) else { throw HTTP1Error(.version) }
                statusLine = parsed
                section = HeaderSection(start: lines.start)
            }
            return try section.advance(&lines, bytes, limits: limits)
        } catch {
            throw MalformedResponse(error)
        }
    }

    /// The head, once it is complete; the parser is then ready for another.
    ///
    /// - Parameters:
    ///   - bytes: exactly the head's
    ///   - method: the request's
    mutating func finish(_ bytes: ByteBuffer, to method: HTTPRequest.Method) throws(MalformedResponse) -> ResponseHead {
        guard let line = exchange(&statusLine, with: nil) else { throw MalformedResponse("There is no status line.") }
        let (fields, framing) = (section.fields, section.framing)
        section = HeaderSection()
        lines = LineReader()
        do throws(HTTP1Error) {
            // The fields must agree even where there is no content: who takes them otherwise waits for some.
            let stated = try framing.responseContent(in: line.version)
            let content: ResponseHead.Content =
                switch line.code {
                case 101: .upgraded
                case 100..<200, 204, 304: .none
                default: method == .head ? .none : stated
                }
            return ResponseHead(
                status: HTTPResponse.Status(code: line.code, reasonPhrase: line.reason), version: line.version,
                headers: Headers(received: bytes, fields: fields), content: content,
                keepsAlive: content != .toTheEnd && framing.keepsAlive(in: line.version))
        } catch {
            throw MalformedResponse(error)
        }
    }

    /// `HTTP-version SP status-code [ SP reason-phrase ]`; the space that a missing reason leaves behind is forgotten by many.
    private static func statusLine(_ line: Range<Int>, in bytes: UnsafeRawBufferPointer) -> StatusLine? {
        let start = line.lowerBound
        guard line.count >= 12, bytes[start + 8] == 0x20, line.count == 12 || bytes[start + 12] == 0x20 else {
            return nil
        }
        let version: HTTPVersion
        if Octet.equal(bytes, start..<start + 8, "http/1.1") {
            version = .http11
        } else if Octet.equal(bytes, start..<start + 8, "http/1.0") {
            version = .http10
        } else {
            return nil
        }
        guard bytes[start..<start + 4].elementsEqual("HTTP".utf8) else { return nil }
        var code = 0
        for index in start + 9..<start + 12 {
            guard Octet.isDigit(bytes[index]) else { return nil }
            code = code * 10 + Int(bytes[index] &- 0x30)
        }
        guard 100...599 ~= code else { return nil }
        let reason = bytes[min(start + 13, line.upperBound)..<line.upperBound]
        return StatusLine(version: version, code: code, reason: String(decoding: reason, as: UTF8.self))
    }
}
