/// A response as a client reads it.
struct ReceivedResponse {
    let status: Int
    /// The fields in order, their names in lower case.
    let fields: [(name: String, value: String)]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// Whether the server says that it closes the connection.
    var closes: Bool { self["connection"] == "close" }

    /// Takes the first response out of `bytes`.
    ///
    /// - Parameter isEnded: whether the connection has ended; content of an unknown length ends with it
    /// - Returns: nil where the response is not complete
    init?(_ bytes: inout [UInt8], to method: String, isEnded: Bool) throws {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
            .split(separator: "\r\n", omittingEmptySubsequences: false)
        let statusLine = lines[0].split(separator: " ")
        guard statusLine.count >= 2, statusLine[0] == "HTTP/1.1", let status = Int(statusLine[1]) else {
            throw RawClient.Failure.notHTTP(String(lines[0]))
        }
        self.status = status
        let fields = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (name: parts[0].lowercased(), value: parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
        }
        self.fields = fields
        var content = bytes[end.upperBound...]
        func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
        if method == "HEAD" || status < 200 || status == 204 || status == 304 {
            body = []
        } else if field("transfer-encoding") == "chunked" {
            guard let chunks = try Self.takeChunks(&content) else { return nil }
            body = chunks
        } else if let length = field("content-length").flatMap({ Int($0) }) {
            guard content.count >= length else { return nil }
            body = Array(content.prefix(length))
            content = content.dropFirst(length)
        } else {
            guard isEnded else { return nil }
            body = Array(content)
            content = []
        }
        bytes = Array(content)
    }

    private static func takeChunks(_ bytes: inout ArraySlice<UInt8>) throws -> [UInt8]? {
        var body: [UInt8] = []
        var rest = bytes
        while true {
            guard let lineEnd = rest.firstRange(of: [0x0D, 0x0A]) else { return nil }
            let line = String(decoding: rest[..<lineEnd.lowerBound], as: UTF8.self)
            guard let size = Int(line, radix: 16) else { throw RawClient.Failure.notHTTP(line) }
            rest = rest[lineEnd.upperBound...]
            guard rest.count >= size + 2 else { return nil }
            body += rest.prefix(size)
            rest = rest.dropFirst(size)
            guard rest.starts(with: [0x0D, 0x0A]) else { throw RawClient.Failure.notHTTP("a chunk without its end") }
            rest = rest.dropFirst(2)
            if size == 0 { break }
        }
        bytes = rest
        return body
    }
}
