/// What the fields of a head say of the message itself: where it ends, whom it is for, and whether the connection
/// goes on (RFC 9112 §3.2, §6, §9; RFC 9110 §10.1.1).
struct FramingFields {
    private enum TransferEncoding { case absent, chunked, unsupported }
    private enum Expectation { case none, `continue`, other }

    /// The place of the Host field's value.
    private(set) var host: Range<Int>?
    private var contentLength: Int?
    private var transferEncoding = TransferEncoding.absent
    private var expectation = Expectation.none
    private var hasClose = false
    private var hasKeepAlive = false

    /// Takes note of a field.
    @inline(__always)
    mutating func note(_ line: FieldLine, in bytes: UnsafeRawBufferPointer) throws(HTTP1Error) {
        // Few fields have a name of one of these lengths, and fewer one of these names.
        switch line.name.count {
        case 4:
            if Octet.equal(bytes, line.name, "host") { try noteHost(line.value, in: bytes) }
        case 6:
            if Octet.equal(bytes, line.name, "expect") { noteExpect(line.value, in: bytes) }
        case 10:
            if Octet.equal(bytes, line.name, "connection") { noteConnection(line.value, in: bytes) }
        case 14:
            if Octet.equal(bytes, line.name, "content-length") { try noteContentLength(line.value, in: bytes) }
        case 17:
            if Octet.equal(bytes, line.name, "transfer-encoding") { try noteTransferEncoding(line.value, in: bytes) }
        default: break
        }
    }

    private mutating func noteHost(
        _ value: Range<Int>, in bytes: UnsafeRawBufferPointer
    ) throws(HTTP1Error) {
        guard host == nil else { throw HTTP1Error(.hostRepeated) }
        // An empty value says that the URI has no authority (RFC 9112 §3.2).
        guard value.isEmpty || Authority.isValid(bytes, value) else { throw HTTP1Error(.host) }
        host = value
    }

    private mutating func noteContentLength(
        _ value: Range<Int>, in bytes: UnsafeRawBufferPointer
    ) throws(HTTP1Error) {
        guard contentLength == nil else { throw HTTP1Error(.contentLengthRepeated) }
        contentLength = try Self.contentLength(value, in: bytes)
    }

    /// The number that a Content-Length is: digits alone.
    static func contentLength(
        _ value: Range<Int>, in bytes: UnsafeRawBufferPointer
    ) throws(HTTP1Error) -> Int {
        guard !value.isEmpty else { throw HTTP1Error(.contentLength) }
        var length = 0
        for index in value {
            guard Octet.isDigit(bytes[index]) else { throw HTTP1Error(.contentLength) }
            let (shifted, isLarge) = length.multipliedReportingOverflow(by: 10)
            let (sum, isLarger) = shifted.addingReportingOverflow(Int(bytes[index] &- 0x30))
            guard !isLarge, !isLarger else { throw HTTP1Error(.contentLength) }
            length = sum
        }
        return length
    }

    /// Only `chunked` is taken. A list of other codings that ends with it is well-formed but not supported.
    private mutating func noteTransferEncoding(
        _ value: Range<Int>, in bytes: UnsafeRawBufferPointer
    ) throws(HTTP1Error) {
        guard transferEncoding == .absent else { throw HTTP1Error(.transferEncoding) }
        if Octet.equal(bytes, value, "chunked") {
            transferEncoding = .chunked
            return
        }
        var list = TokenList(value)
        var isLastChunked = false
        while let element = list.next(in: bytes) {
            guard let token = element.token, !isLastChunked else { throw HTTP1Error(.transferEncoding) }
            isLastChunked = Octet.equal(bytes, token, "chunked")
        }
        guard isLastChunked else { throw HTTP1Error(.transferEncoding) }
        transferEncoding = .unsupported
    }

    private mutating func noteConnection(_ value: Range<Int>, in bytes: UnsafeRawBufferPointer) {
        var list = TokenList(value)
        while let element = list.next(in: bytes) {
            guard let token = element.token else { continue }
            if Octet.equal(bytes, token, "close") {
                hasClose = true
            } else if Octet.equal(bytes, token, "keep-alive") {
                hasKeepAlive = true
            }
        }
    }

    private mutating func noteExpect(_ value: Range<Int>, in bytes: UnsafeRawBufferPointer) {
        if Octet.equal(bytes, value, "100-continue") {
            if expectation == .none { expectation = .continue }
        } else if !value.isEmpty {
            expectation = .other
        }
    }

    /// How the content ends, once every field is known.
    func framing(of line: RequestLine) throws(HTTP1Error) -> BodyFraming {
        if line.version == .http11, host == nil { throw HTTP1Error(.hostMissing) }
        if transferEncoding != .absent {
            if line.version == .http10 { throw HTTP1Error(.transferEncodingInHTTP10) }
            if contentLength != nil { throw HTTP1Error(.bothLengths) }
            if line.target.form == .authority { throw HTTP1Error(.connectContent) }
            if transferEncoding == .unsupported { throw HTTP1Error(.transferCoding) }
        }
        if let contentLength, contentLength > 0, line.target.form == .authority {
            throw HTTP1Error(.connectContent)
        }
        if expectation == .other { throw HTTP1Error(.expectation) }
        if transferEncoding == .chunked { return .chunked }
        guard let contentLength, contentLength > 0 else { return .none }
        return .contentLength(contentLength)
    }

    /// How the content of a response ends that may have some, once every field is known (RFC 9112 §6.3). What a lenient client
    /// would take in one way or the other is refused.
    func responseContent(in version: HTTPVersion) throws(HTTP1Error) -> ResponseHead.Content {
        guard transferEncoding != .absent else { return contentLength.map { .length($0) } ?? .toTheEnd }
        if version == .http10 { throw HTTP1Error(.transferEncodingInHTTP10) }
        if contentLength != nil { throw HTTP1Error(.bothLengths) }
        if transferEncoding == .unsupported { throw HTTP1Error(.transferCoding) }
        return .chunked
    }

    /// Whether another request may follow (RFC 9112 §9.3).
    func keepsAlive(in version: HTTPVersion) -> Bool {
        !hasClose && (version == .http11 || hasKeepAlive)
    }

    /// Whether the client waits before it sends the content; HTTP/1.0 clients cannot be told to go on.
    func expectsContinue(in version: HTTPVersion) -> Bool {
        expectation == .continue && version == .http11
    }
}

/// Walks through a comma-separated list of tokens (RFC 9110 §5.6.1).
struct TokenList {
    /// One element; `token` is nil where it is empty or not a token.
    struct Element {
        let token: Range<Int>?
    }

    private var rest: Range<Int>?

    init(_ value: Range<Int>) { rest = value }

    /// The next element, nil at the end.
    mutating func next(in bytes: UnsafeRawBufferPointer) -> Element? {
        guard let value = rest else { return nil }
        var start = value.lowerBound
        var comma = start
        while comma < value.upperBound, bytes[comma] != 0x2C { comma &+= 1 }
        rest = comma < value.upperBound ? comma &+ 1..<value.upperBound : nil
        var end = comma
        while start < end, Octet.isSpaceOrTab(bytes[start]) { start &+= 1 }
        while end > start, Octet.isSpaceOrTab(bytes[end &- 1]) { end &-= 1 }
        guard start < end else { return Element(token: nil) }
        for index in start..<end where !Octet.isToken(bytes[index]) { return Element(token: nil) }
        return Element(token: start..<end)
    }
}
