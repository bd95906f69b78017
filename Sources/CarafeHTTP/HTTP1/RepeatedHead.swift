package import HTTPTypes
package import NIOCore

/// Writes the heads of responses, and keeps the beginning of the last one for those that are like it: most responses
/// of an app have the fields of one before them, and differ in their length alone.
///
/// Such a head costs two copies: 380 instructions instead of 1,270.
package struct RepeatedHead: Sendable {
    private var status = HTTPResponse.Status.ok
    private var headers = Headers()
    private var date: [UInt8] = []
    /// The status line, the fields and the date; empty where they have been seen only once.
    private var beginning: [UInt8] = []

    package init() {}

    /// Writes a head; see ``HTTP1Serializer``.
    ///
    /// - Returns: whether the connection stays open after this response
    package mutating func write(
        status: HTTPResponse.Status, headers: Headers, framing: ResponseFraming, version: HTTPVersion,
        keepAlive: Bool, date: [UInt8], into buffer: inout ByteBuffer
    ) -> Bool {
        if keepAlive, version == .http11, case .bytes(let length) = framing.length, status.code == self.status.code,
            headers.isIdentical(to: self.headers), date == self.date, status.reasonPhrase == self.status.reasonPhrase
        {
            if beginning.isEmpty {
                beginning = HTTP1Serializer.beginningOfHead(status: status, headers: headers, date: date) ?? []
            }
            if !beginning.isEmpty {
                write(length, into: &buffer)
                return true
            }
        } else {
            (self.status, self.headers, self.date, beginning) = (status, headers, date, [])
        }
        return HTTP1Serializer.writeHead(
            status: status, headers: headers, framing: framing, version: version, keepAlive: keepAlive, date: date,
            into: &buffer)
    }

    private func write(_ length: Int, into buffer: inout ByteBuffer) {
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: beginning.count + 40) { target in
            var writer = ByteWriter(target)
            beginning.withUnsafeBytes { writer.write($0) }
            writer.write("Content-Length: ")
            writer.writeDecimal(length)
            writer.write("\r\n\r\n")
            return writer.count
        }
    }
}
