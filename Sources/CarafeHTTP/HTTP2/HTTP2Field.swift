/// Fields as HTTP/2 has them (RFC 9113 §8.2).
package enum HTTP2Field {
    /// Whether a name is a token without upper-case letters.
    static func isName(_ name: String) -> Bool {
        !name.utf8.isEmpty && name.utf8.allSatisfy { Octet.isToken($0) && !($0 &- 0x41 < 26) }
    }

    /// Whether a field belongs to a connection of HTTP/1.1, and may not be in a message of HTTP/2 (RFC 9113 §8.2.2).
    static func isConnectionSpecific(_ name: String) -> Bool {
        switch name {
        case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade": true
        default: false
        }
    }

    /// Whether a value has no control character but tabs, and no white space around it.
    static func isValue(_ value: String) -> Bool {
        var value = value
        return value.withUTF8 { bytes in
            guard let first = bytes.first, let last = bytes.last else { return true }
            let bytes = UnsafeRawBufferPointer(bytes)
            return !Octet.isSpaceOrTab(first) && !Octet.isSpaceOrTab(last)
                && Octet.firstControl(in: bytes, from: 0, to: bytes.count) == bytes.count
        }
    }

    /// The trailer fields that come in time to be believed (RFC 9110 §6.5.1), in no more than the limits; nil for none.
    ///
    /// - Throws: ``HTTP2RequestHead/Refusal/malformed(_:)`` where the section is none of trailers, or too large
    package static func trailers(
        _ fields: some Sequence<(name: String, value: String)>, limits: HTTP1Limits
    ) throws(HTTP2RequestHead.Refusal) -> Headers? {
        var headers = Headers()
        var (size, count) = (0, 0)
        for (name, value) in fields {
            size += name.utf8.count + value.utf8.count + 4
            count += 1
            guard size <= limits.trailerSection, count <= limits.trailers, isName(name), isValue(value),
                !isConnectionSpecific(name)
            else {
                throw .malformed("RFC 9113 §8.1: the trailer section is invalid or too large")
            }
            if !TrailerSection.isForbidden(name) { headers.appendUnchecked(name, value) }
        }
        return headers.isEmpty ? nil : headers
    }

    /// Gives the fields of a response one by one, as they are written: in lower case, without those of HTTP/1.1's
    /// connections, with what the server says of the content.
    ///
    /// - Parameter date: the value of `Date` now
    package static func forEach(
        of headers: Headers, _ framing: ResponseFraming, date: [UInt8],
        _ body: (_ name: String, _ value: String) -> Void
    ) {
        let fields = ResponseFields(headers)
        fields.forEachWritten(headers) { name, value in
            let name = lowercased(name)
            guard name != "upgrade", name != "proxy-connection" else { return }
            body(name, trimmed(value))
        }
        if !fields.hasDate { body("date", String(decoding: date, as: UTF8.self)) }
        if framing.keepsOwnLength, let own = fields.contentLength {
            body("content-length", String(own))
        } else if case .bytes(let length) = framing.length {
            body("content-length", String(length))
        }
    }

    private static func lowercased(_ name: UnsafeRawBufferPointer) -> String {
        String(unsafeUninitializedCapacity: name.count) { target in
            for (index, byte) in name.enumerated() { target[index] = byte &- 0x41 < 26 ? byte | 0x20 : byte }
            return name.count
        }
    }

    private static func trimmed(_ value: UnsafeRawBufferPointer) -> String {
        var range = 0..<value.count
        while let first = range.first, Octet.isSpaceOrTab(value[first]) { range.removeFirst() }
        while let last = range.last, Octet.isSpaceOrTab(value[last]) { range.removeLast() }
        return String(decoding: value[range], as: UTF8.self)
    }
}
