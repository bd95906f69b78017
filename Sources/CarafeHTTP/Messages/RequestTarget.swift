public import NIOCore

/// What a request is for: the request target of RFC 9112 §3.2, as received and validated.
public struct RequestTarget: Sendable {
    /// The four forms of RFC 9112 §3.2.
    public enum Form: Sendable {
        /// `/path?query`
        case origin
        /// `http://host/path?query`
        case absolute
        /// `host:port`, only for CONNECT
        case authority
        /// `*`, only for OPTIONS
        case asterisk
    }

    /// The form in which the target was sent.
    public let form: Form

    /// The bytes of the whole target, as received; the offsets below count from their reader index.
    @usableFromInline package let bytes: ByteBuffer
    @usableFromInline package let pathStart: Int
    @usableFromInline package let pathLength: Int
    /// Where the query begins, after the question mark; -1 where there is none.
    package let queryStart: Int
    /// Whether the path contains a percent sign.
    package let isPathEncoded: Bool

    package init(
        form: Form, bytes: ByteBuffer, pathStart: Int, pathLength: Int, queryStart: Int, isPathEncoded: Bool
    ) {
        self.form = form
        self.bytes = bytes
        self.pathStart = pathStart
        self.pathLength = pathLength
        self.queryStart = queryStart
        self.isPathEncoded = isPathEncoded
    }

    /// The target as it was sent.
    public var rawValue: String { String(buffer: bytes) }

    /// The path as it was sent, percent-encoded.
    public var rawPath: String {
        withRawPath { String(decoding: $0, as: UTF8.self) }
    }

    /// The query as it was sent, without the question mark; nil where the target has none.
    public var rawQuery: String? {
        withRawQuery { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of the path as it was sent.
    @inlinable package func withRawPath<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeReadableBytes {
            try body(UnsafeRawBufferPointer(rebasing: $0[pathStart..<pathStart + pathLength]))
        }
    }

    /// The first `length` bytes of the path, and the target without them: a path that ends there is `/` then, as
    /// every path begins with a slash.
    package func splitPath(after length: Int) -> (String, RequestTarget) {
        let length = min(max(length, 0), pathLength)
        let start = bytes.readerIndex + pathStart
        let folder = bytes.getString(at: start, length: length) ?? ""
        var rest = bytes
        var pathLength = pathLength - length
        var queryStart = queryStart
        if pathLength == 0 {
            let end = bytes.getSlice(at: start + length, length: bytes.writerIndex - start - length) ?? ByteBuffer()
            rest = bytes.getSlice(at: bytes.readerIndex, length: pathStart + length) ?? ByteBuffer()
            rest.writeStaticString("/")
            rest.writeImmutableBuffer(end)
            pathLength = 1
            if queryStart >= 0 { queryStart += 1 }
        }
        let target = RequestTarget(
            form: form, bytes: rest, pathStart: pathStart + length, pathLength: pathLength, queryStart: queryStart,
            isPathEncoded: isPathEncoded)
        return (folder, target)
    }

    /// The bytes of the query, without the question mark.
    package func withRawQuery<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result? {
        guard queryStart >= 0 else { return nil }
        return try bytes.withUnsafeReadableBytes {
            try body(UnsafeRawBufferPointer(rebasing: $0[queryStart...]))
        }
    }
}
