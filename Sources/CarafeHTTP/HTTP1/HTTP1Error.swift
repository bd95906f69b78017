public import HTTPTypes

/// A request that is refused because of its form: malformed, ambiguous, too large, or more than is supported.
///
/// The connection cannot be used any more: what follows the offending bytes may not be what it seems. It answers with
/// ``status`` and closes.
public struct HTTP1Error: Error, Sendable, Equatable, CustomStringConvertible {
    /// The rule that the request breaks.
    public let rule: Rule

    /// An error for a rule.
    init(_ rule: Rule) { self.rule = rule }

    /// The status to answer with.
    public var status: HTTPResponse.Status {
        switch rule {
        case .wrongServer: .misdirectedRequest
        case .targetTooLong: .uriTooLong
        case .fieldTooLong, .headerSectionTooLong, .tooManyFields: .requestHeaderFieldsTooLarge
        case .expectation: .expectationFailed
        case .methodTooLong, .methodCase, .methodOfOtherProtocol, .transferCoding: .notImplemented
        case .versionUnsupported: .httpVersionNotSupported
        default: .badRequest
        }
    }

    /// Which rule was broken and where it stands, for logs; it contains nothing that the client sent.
    public var reason: String { rule.rawValue }

    /// The status code and the reason.
    public var description: String { "\(status.code): \(reason)" }

    /// The rules, each with its place in the RFCs.
    public enum Rule: String, Sendable, CaseIterable {
        /// A line feed without a carriage return before it.
        case bareLineFeed = "RFC 9112 §2.2: a line ends with CRLF, not with a bare LF"
        /// A carriage return without a line feed after it.
        case bareCarriageReturn = "RFC 9112 §2.2: a CR stands only before an LF"
        /// A control character other than a tab, NUL among them.
        case controlCharacter = "RFC 9110 §5.5: control characters are not allowed in a head"
        /// Too many empty lines in front of a request line.
        case tooManyEmptyLines = "RFC 9112 §2.2: too many empty lines before the request line"

        /// A request line that is not three parts with one space between them; HTTP/0.9's among them.
        case requestLine = "RFC 9112 §3: a request line is a method, a target and a version, with single spaces between"
        /// A method that is not a token.
        case method = "RFC 9112 §3.1: a method is a token"
        /// A method longer than any that exists.
        case methodTooLong = "RFC 9112 §3: the method is longer than any that is implemented"
        /// A method such as `get`.
        case methodCase = "RFC 9110 §9.1: methods are case-sensitive"
        /// `PRI`, or a method of RTSP or ICE.
        case methodOfOtherProtocol = "RFC 9110 §9.1: the method belongs to another protocol"
        /// Not `HTTP/` with a digit, a dot and a digit.
        case version = "RFC 9112 §2.3: an HTTP version is HTTP/ and two digits with a dot between"
        /// A version other than 1.0 and 1.1.
        case versionUnsupported = "RFC 9110 §15.6.6: only HTTP/1.0 and HTTP/1.1 are supported"
        /// A target longer than the limit.
        case targetTooLong = "RFC 9110 §15.5.15: the request target is too long"
        /// A target in none of the four forms, or in one that its method does not have.
        case targetForm = "RFC 9112 §3.2: the request target has no form that its method allows"
        /// A byte that no URI may have: a space, a control, `#`, or one beyond ASCII.
        case targetCharacter = "RFC 9112 §3.2: the request target has a character that a URI may not have"
        /// A percent sign without two hexadecimal digits in the path, or an encoded NUL.
        case targetEncoding = "RFC 3986 §2.1: the path has an invalid percent-encoding"
        /// The authority in the target is not a host with an optional port.
        case targetAuthority = "RFC 9110 §4.2: the request target has an invalid authority"
        /// A target with a scheme other than http and https.
        case targetScheme = "RFC 9110 §7.4: the scheme of the request target is not served here"
        /// An https target on a connection without TLS.
        case wrongServer = "RFC 9110 §7.4: an https target came over a connection that is not secured"

        /// A field line without a colon.
        case fieldLine = "RFC 9112 §5: a field line is a name, a colon and a value"
        /// An empty name, or one that is not a token.
        case fieldName = "RFC 9110 §5.1: a field name is a token"
        /// A space or tab between a name and its colon.
        case spaceBeforeColon = "RFC 9112 §5.1: no white space is allowed between a field name and its colon"
        /// A line that begins with a space or tab.
        case lineFolding = "RFC 9112 §5.2: a field line does not begin with white space"
        /// A field line longer than the limit.
        case fieldTooLong = "RFC 6585 §5: a field line is too long"
        /// A header section longer than the limit.
        case headerSectionTooLong = "RFC 6585 §5: the header section is too long"
        /// More field lines than the limit.
        case tooManyFields = "RFC 6585 §5: the header section has too many fields"

        /// An HTTP/1.1 request without Host.
        case hostMissing = "RFC 9112 §3.2: an HTTP/1.1 request has a Host field"
        /// A request with several Host fields.
        case hostRepeated = "RFC 9112 §3.2: a request has one Host field"
        /// A Host that is not a host with an optional port.
        case host = "RFC 9112 §3.2: the value of Host is invalid"
        /// An Expect other than 100-continue.
        case expectation = "RFC 9110 §10.1.1: the expectation cannot be met"

        /// A Content-Length that is not a number, or one too large to count.
        case contentLength = "RFC 9112 §6.3: the value of Content-Length is invalid"
        /// Several Content-Length fields, equal or not.
        case contentLengthRepeated = "RFC 9112 §6.3: a request has one Content-Length field"
        /// A Transfer-Encoding that does not end with chunked, or that is malformed.
        case transferEncoding = "RFC 9112 §6.3: the length of the content cannot be determined from Transfer-Encoding"
        /// A transfer coding besides chunked.
        case transferCoding = "RFC 9112 §6.1: only the transfer coding chunked is supported"
        /// Both Transfer-Encoding and Content-Length.
        case bothLengths = "RFC 9112 §6.1: Transfer-Encoding and Content-Length exclude each other"
        /// Transfer-Encoding in HTTP/1.0.
        case transferEncodingInHTTP10 = "RFC 9112 §6.1: HTTP/1.0 has no Transfer-Encoding"
        /// CONNECT with content.
        case connectContent = "RFC 9110 §9.3.6: a CONNECT request has no content"

        /// A chunk size that is not a hexadecimal number, or one too large to count.
        case chunkSize = "RFC 9112 §7.1: a chunk begins with its size in hexadecimal digits"
        /// A chunk extension that is not a token with an optional token or quoted string.
        case chunkExtension = "RFC 9112 §7.1.1: a chunk extension is malformed"
        /// A chunk-size line longer than the limit.
        case chunkLineTooLong = "RFC 9112 §7.1.1: a chunk-size line is too long"
        /// More bytes of chunk extensions than the limit.
        case chunkExtensionsTooLong = "RFC 9112 §7.1.1: the chunk extensions are too long"
        /// A chunk whose data is not followed by CRLF.
        case chunkEnd = "RFC 9112 §7.1: the data of a chunk is followed by CRLF"
        /// A trailer section longer than the limit.
        case trailersTooLong = "RFC 9112 §7.1.2: the trailer section is too long"
        /// More trailer fields than the limit.
        case tooManyTrailers = "RFC 9112 §7.1.2: the trailer section has too many fields"
    }
}
