package import HTTPTypes
package import NIOCore

/// Writes HTTP/1.1 responses (RFC 9112).
///
/// The server owns the framing: whatever `Content-Length`, `Transfer-Encoding`, `Connection` and `Keep-Alive` fields
/// a response carries never reach the wire. Three of them still mean something: `Connection: close` closes the
/// connection; the `Connection` of a 101 or 426 is written; and where no content is sent in answer to HEAD or with a 304,
/// a `Content-Length` that is a number is written, once. The response's first `Date` replaces the server's.
///
/// No field with a control character other than a tab is written at all, and a reason phrase loses them, so that a
/// value can never end its line and begin another.
package enum HTTP1Serializer {
    /// Writes the head of a response.
    ///
    /// - Parameters:
    ///   - framing: how the content ends; it decides whether content may follow
    ///   - version: the request's version
    ///   - keepAlive: whether the server would keep the connection open
    ///   - date: the 29 bytes of the date now (RFC 9110 §5.6.7); any other count and none is written
    ///   - buffer: where the head is written
    /// - Returns: whether the connection stays open after this response
    @discardableResult
    package static func writeHead(
        status: HTTPResponse.Status, headers: Headers, framing: ResponseFraming, version: HTTPVersion = .http11,
        keepAlive: Bool, date: [UInt8], into buffer: inout ByteBuffer
    ) -> Bool {
        let fields = ResponseFields(headers)
        let staysOpen = keepAlive && !fields.hasClose && !framing.endsWithConnection
        let isFinal = status.code >= 200
        var reason = status.reasonPhrase
        // Everything besides the reason and the fields has less than 160 bytes.
        let most = 160 + reason.utf8.count + fields.length
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: most) { target in
            var writer = ByteWriter(target)
            writeStatusLine(status.code, &reason, to: &writer)
            fields.write(headers, keepsConnection: status.code == 101 || status.code == 426, to: &writer)
            if isFinal, !fields.hasDate, date.count == 29 {
                writeDate(date, to: &writer)
            }
            writeLength(framing, own: fields.contentLength, to: &writer)
            if isFinal, !staysOpen {
                writer.write("Connection: close\r\n")
            } else if isFinal, version == .http10 {
                writer.write("Connection: keep-alive\r\n")
            }
            writer.write("\r\n")
            return writer.count
        }
        return staysOpen
    }

    /// The head of a final response up to the fields of its framing, as ``writeHead(status:headers:framing:version:keepAlive:date:into:)``
    /// writes it; nil where its own fields touch the framing or the date.
    static func beginningOfHead(status: HTTPResponse.Status, headers: Headers, date: [UInt8]) -> [UInt8]? {
        let fields = ResponseFields(headers)
        guard fields.isPlain, !fields.hasDate, status.code >= 200, date.count == 29 else { return nil }
        var reason = status.reasonPhrase
        let most = 100 + reason.utf8.count + fields.length
        return [UInt8](unsafeUninitializedCapacity: most) { target, count in
            var writer = ByteWriter(UnsafeMutableRawBufferPointer(target))
            writeStatusLine(status.code, &reason, to: &writer)
            fields.write(headers, keepsConnection: false, to: &writer)
            writeDate(date, to: &writer)
            count = writer.count
        }
    }

    /// Writes content as one chunk; nothing for no bytes, which would be the end.
    package static func writeChunk(_ bytes: ByteBuffer, into buffer: inout ByteBuffer) {
        guard bytes.readableBytes > 0 else { return }
        writeChunkSize(bytes.readableBytes, into: &buffer)
        buffer.writeImmutableBuffer(bytes)
        writeChunkEnd(into: &buffer)
    }

    /// Writes the line before a chunk's data, for content that is sent without being copied.
    package static func writeChunkSize(_ size: Int, into buffer: inout ByteBuffer) {
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 20) { target in
            var writer = ByteWriter(target)
            writer.writeHexadecimal(size)
            writer.write("\r\n")
            return writer.count
        }
    }

    /// Writes the line break after a chunk's data.
    package static func writeChunkEnd(into buffer: inout ByteBuffer) {
        buffer.writeStaticString("\r\n")
    }

    /// Writes the end of chunked content.
    ///
    /// - Parameter trailers: the trailer fields; the framing's own are left out as in a head
    package static func writeLastChunk(trailers: Headers = Headers(), into buffer: inout ByteBuffer) {
        let fields = ResponseFields(trailers)
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 5 + fields.length) { target in
            var writer = ByteWriter(target)
            writer.write("0\r\n")
            fields.write(trailers, keepsConnection: false, to: &writer)
            writer.write("\r\n")
            return writer.count
        }
    }

    /// Writes `100 Continue`: the client may send its content (RFC 9110 §15.2.1).
    package static func writeContinue(into buffer: inout ByteBuffer) {
        buffer.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n")
    }

    private static func writeStatusLine(_ code: Int, _ reason: inout String, to writer: inout ByteWriter) {
        if code == 200, reason == "OK" {
            writer.write("HTTP/1.1 200 OK\r\n")
        } else if 100...999 ~= code {
            writer.write("HTTP/1.1 ")
            writer.writeDecimal(code)
            writer.write(" ")
            reason.withUTF8 { writer.writeWithoutControls(UnsafeRawBufferPointer($0)) }
            writer.write("\r\n")
        } else {
            // A status code has three digits (RFC 9112 §4); one that has not is the application's mistake.
            writer.write("HTTP/1.1 500 Internal Server Error\r\n")
        }
    }

    private static func writeDate(_ date: [UInt8], to writer: inout ByteWriter) {
        writer.write("Date: ")
        date.withUnsafeBytes { writer.write($0) }
        writer.write("\r\n")
    }

    private static func writeLength(_ framing: ResponseFraming, own: Int?, to writer: inout ByteWriter) {
        if framing.keepsOwnLength, let own {
            writer.write("Content-Length: ")
            writer.writeDecimal(own)
            writer.write("\r\n")
            return
        }
        switch framing.length {
        case .unstated: break
        case .chunked: writer.write("Transfer-Encoding: chunked\r\n")
        case .bytes(let length):
            writer.write("Content-Length: ")
            writer.writeDecimal(length)
            writer.write("\r\n")
        }
    }
}
