internal import NIOCore

/// Parses the trailer section of chunked content (RFC 9112 §7.1.2).
///
/// Fields that would frame, route, authenticate or describe the message come too late to be believed (RFC 9110
/// §6.5.1): they are validated and left out.
struct TrailerSection {
    private var lines = LineReader()
    private var count = 0
    private var fields: [Headers.Field] = []

    /// The fields, once the section is complete; nil where there are none.
    private(set) var headers: Headers?

    /// Parses the lines that are complete.
    ///
    /// - Parameter bytes: all that has been received from the section's first byte on
    /// - Returns: the length of the section, nil while it is not complete
    mutating func advance(_ bytes: UnsafeRawBufferPointer, limits: HTTP1Limits) throws(HTTP1Error) -> Int? {
        while true {
            let left = max(limits.trailerSection - lines.start - 2, 0)
            guard let line = try lines.next(in: bytes, limit: left, tooLong: .trailersTooLong) else { return nil }
            if line.isEmpty { return lines.start }
            guard count < limits.trailers else { throw HTTP1Error(.tooManyTrailers) }
            count += 1
            let field = try FieldLine(line, in: bytes)
            if !Self.forbidden.contains(where: { Octet.equal(bytes, field.name, $0) }) {
                fields.append(field.field)
            }
        }
    }

    /// Keeps the bytes of the complete section.
    mutating func finish(_ bytes: ByteBuffer) {
        headers = fields.isEmpty ? nil : Headers(received: bytes, fields: fields)
    }

    /// Whether a field of this name, which is in lower case, comes too late in a trailer section.
    static func isForbidden(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            return forbidden.contains { Octet.equal(bytes, 0..<bytes.count, $0) }
        }
    }

    private static let forbidden: [StaticString] = [
        "authorization", "cache-control", "connection", "content-encoding", "content-length", "content-range",
        "content-type", "cookie", "expect", "host", "keep-alive", "max-forwards", "proxy-authorization",
        "proxy-connection", "range", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade",
    ]
}
