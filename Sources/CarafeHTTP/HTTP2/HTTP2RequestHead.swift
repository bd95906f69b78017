internal import HTTPTypes
internal import NIOCore

/// Reads the field section of an HTTP/2 request (RFC 9113 §8.3): what its pseudo-fields say, and the head that the rest
/// of the house knows.
///
/// It is as strict as the parser of HTTP/1.1, and refuses what could be read as something else where it is passed on.
/// Crumbs of cookies are put together (§8.2.3), and `Host` tells the authority as it does in HTTP/1.1 (§8.3.1).
package struct HTTP2RequestHead {
    /// Why a field section is not taken.
    package enum Refusal: Error, Equatable {
        /// It is no request at all: the stream is reset (§8.1.1). The text is for logs, and says nothing of the client's.
        case malformed(String)
        /// It is one that is answered with its status.
        case refused(HTTP1Error)
    }

    private let limits: HTTP1Limits
    private var method: String?
    private var path: String?
    private var scheme: String?
    private var authority: String?
    private var extendedProtocol: String?
    private var hasRegularField = false

    private var headers = Headers()
    private var cookie = ""
    private var host: String?
    private var contentLength: Int?
    private var expectsContinue = false
    /// As SETTINGS_MAX_HEADER_LIST_SIZE counts: 32 bytes more for each field (§6.5.2).
    private var size = 0
    private var refusal: HTTP1Error?

    /// A field section without a field; ``note(_:_:)`` its fields in their order, and ask for the ``head(endsStream:)`` then.
    package init(limits: HTTP1Limits) { self.limits = limits }

    // MARK: - Fields

    /// Reads the next field.
    ///
    /// - Throws: ``Refusal/malformed(_:)``. What is merely too much is told at the end: what is malformed comes before it.
    package mutating func note(_ name: String, _ value: String) throws(Refusal) {
        size += name.utf8.count + value.utf8.count + 32
        if size > limits.section { refusal = refusal ?? HTTP1Error(.headerSectionTooLong) }
        guard HTTP2Field.isValue(value) else {
            throw .malformed("RFC 9113 §8.2.1: a value has a character that it may not have")
        }
        guard name.utf8.first == UInt8(ascii: ":") else { return try noteRegular(name, value) }
        guard !hasRegularField else { throw .malformed("RFC 9113 §8.3: a pseudo-field comes after a regular one") }
        switch name {
        case ":method": try Self.set(&method, value)
        case ":path": try Self.set(&path, value)
        case ":scheme": try Self.set(&scheme, value)
        case ":authority": try Self.set(&authority, value)
        case ":protocol": try Self.set(&extendedProtocol, value)
        default: throw .malformed("RFC 9113 §8.3: the pseudo-field is unknown")
        }
    }

    private static func set(_ field: inout String?, _ value: String) throws(Refusal) {
        guard field == nil else { throw .malformed("RFC 9113 §8.3: a pseudo-field is repeated") }
        field = value
    }

    private mutating func noteRegular(_ name: String, _ value: String) throws(Refusal) {
        hasRegularField = true
        guard HTTP2Field.isName(name) else { throw .malformed("RFC 9113 §8.2.1: a field's name is invalid") }
        if name.utf8.count + value.utf8.count + 2 > limits.field { refusal = refusal ?? HTTP1Error(.fieldTooLong) }
        guard !HTTP2Field.isConnectionSpecific(name) else {
            throw .malformed("RFC 9113 §8.2.2: a field belongs to HTTP/1.1's connections")
        }
        switch name {
        case "te" where !FieldSyntax.sameIgnoringCase(value, "trailers"):
            throw .malformed("RFC 9113 §8.2.2: TE is anything but trailers")
        case "cookie":
            cookie += cookie.utf8.isEmpty ? value : "; \(value)"
            return
        case "host":
            guard host == nil else { throw .malformed("RFC 9113 §8.3.1: Host is repeated") }
            host = value
            return
        case "content-length": try noteContentLength(value)
        case "expect": noteExpect(value)
        default: break
        }
        guard headers.count < limits.fields else {
            refusal = refusal ?? HTTP1Error(.tooManyFields)
            return
        }
        headers.appendUnchecked(name, value)
    }

    private mutating func noteContentLength(_ value: String) throws(Refusal) {
        let bytes = Array(value.utf8)
        let length = bytes.withUnsafeBytes { try? FramingFields.contentLength(0..<$0.count, in: $0) }
        guard let length, contentLength == nil else {
            throw .malformed("RFC 9113 §8.1.1: the value of Content-Length is invalid, or it is repeated")
        }
        contentLength = length
    }

    private mutating func noteExpect(_ value: String) {
        if FieldSyntax.sameIgnoringCase(value, "100-continue") {
            expectsContinue = true
        } else if !value.utf8.isEmpty {
            refusal = refusal ?? HTTP1Error(.expectation)
        }
    }

    // MARK: - The head

    /// The head that the fields make.
    ///
    /// - Parameter endsStream: whether the request has no content
    /// - Throws: why it is not taken
    package mutating func head(endsStream: Bool) throws(Refusal) -> RequestHead {
        guard let name = method else { throw .malformed("RFC 9113 §8.3.1: there is no :method") }
        let isConnect = FieldSyntax.same(name, "CONNECT")
        try checkPseudoFields(isConnect: isConnect)
        if endsStream, let contentLength, contentLength > 0 {
            throw .malformed("RFC 9113 §8.1.1: there is less content than Content-Length says")
        }
        if let refusal { throw .refused(refusal) }
        let isExtended = extendedProtocol != nil
        if let extendedProtocol, !FieldSyntax.sameIgnoringCase(extendedProtocol, "websocket") {
            throw .refused(HTTP1Error(.methodOfOtherProtocol))
        }
        do throws(HTTP1Error) {
            let authority = try checkedAuthority()
            let method: HTTPRequest.Method = isExtended ? .get : try RequestLine.method(name)
            let target = try Self.target(isConnect && !isExtended ? authority : path ?? "", method, limits)
            guard target.form != .absolute else { throw HTTP1Error(.targetForm) }
            headers.appendUnchecked("host", authority)
            if !cookie.utf8.isEmpty { headers.appendUnchecked("cookie", cookie) }
            let framing: BodyFraming =
                endsStream || isConnect ? .none : contentLength.map { $0 > 0 ? .contentLength($0) : .none } ?? .chunked
            return RequestHead(
                method: method, target: target, version: .http2, headers: headers,
                authority: ByteBuffer(string: authority), framing: framing, keepsAlive: true,
                expectsContinue: expectsContinue && framing != .none, isExtendedConnect: isExtended)
        } catch {
            throw .refused(error)
        }
    }

    /// Which pseudo-fields there must be, and which there may not (RFC 9113 §8.3.1 and §8.5, RFC 8441 §4).
    private func checkPseudoFields(isConnect: Bool) throws(Refusal) {
        if isConnect, extendedProtocol == nil {
            guard authority != nil, path == nil, scheme == nil else {
                throw .malformed("RFC 9113 §8.5: CONNECT has an :authority and neither :scheme nor :path")
            }
            return
        }
        guard extendedProtocol == nil || isConnect else {
            throw .malformed("RFC 8441 §4: only CONNECT has a :protocol")
        }
        guard let scheme, let path, !path.utf8.isEmpty else {
            throw .malformed("RFC 9113 §8.3.1: :scheme or :path is missing")
        }
        guard FieldSyntax.sameIgnoringCase(scheme, "https") || FieldSyntax.sameIgnoringCase(scheme, "http") else {
            throw .malformed("RFC 9113 §8.3.1: the :scheme is not served here")
        }
    }

    /// The host that the request is for: `:authority`, or `Host` where that came alone. Two that differ are refused: it
    /// could not be told which of them others have gone by.
    private func checkedAuthority() throws(HTTP1Error) -> String {
        guard let name = authority ?? host else { throw HTTP1Error(.hostMissing) }
        if let authority, let host, !FieldSyntax.sameIgnoringCase(authority, host) { throw HTTP1Error(.hostRepeated) }
        let bytes = Array(name.utf8)
        guard bytes.withUnsafeBytes({ Authority.isValid($0, 0..<$0.count) }) else { throw HTTP1Error(.host) }
        return name
    }

    private static func target(
        _ text: String, _ method: HTTPRequest.Method, _ limits: HTTP1Limits
    ) throws(HTTP1Error) -> RequestTarget {
        guard text.utf8.count <= limits.target else { throw HTTP1Error(.targetTooLong) }
        let bytes = ByteBuffer(string: text)
        let parts = bytes.withUnsafeReadableBytes { bytes in
            Result { () throws(HTTP1Error) in try TargetParts(bytes, 0..<bytes.count, method: method) }
        }
        return try parts.get().target(in: bytes)
    }
}
