/// A response as a client reads it.
struct ReceivedResponse {
    let status: Int
    /// The fields in order, their names in lower case.
    let fields: [(name: String, value: String)]
    private(set) var body: [UInt8] = []
    private var framing: Framing

    private enum Framing {
        case length(remaining: Int)
        case chunked
        case toTheEnd
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// Whether the server says that it closes the connection.
    var closes: Bool { self["connection"] == "close" }

    /// Takes the head of a response out of `bytes`.
    ///
    /// - Parameter method: the request's, because an answer to HEAD has no content
    /// - Returns: nil where the head is not complete
    init?(head bytes: inout [UInt8], to method: String) throws {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
            .split(separator: "\r\n", omittingEmptySubsequences: false)
        let statusLine = lines[0].split(separator: " ")
        guard statusLine.count >= 2, statusLine[0] == "HTTP/1.1", let status = Int(statusLine[1]) else {
            throw RawClient.Failure.notHTTP(String(lines[0]))
        }
        let fields = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (name: parts[0].lowercased(), value: parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
        }
        (self.status, self.fields, framing) = (status, fields, .toTheEnd)
        bytes.removeFirst(end.upperBound)
        if method == "HEAD" || status < 200 || status == 204 || status == 304 {
            framing = .length(remaining: 0)
        } else if self["transfer-encoding"] == "chunked" {
            framing = .chunked
        } else if let length = self["content-length"].flatMap({ Int($0) }) {
            framing = .length(remaining: length)
        }
    }

    /// Takes what there is of the content out of `bytes`.
    ///
    /// - Returns: whether the response is complete
    mutating func takeContent(from bytes: inout [UInt8], isEnded: Bool) throws -> Bool {
        switch framing {
        case .length(let remaining):
            let piece = bytes.prefix(remaining)
            body += piece
            bytes.removeFirst(piece.count)
            framing = .length(remaining: remaining - piece.count)
            return remaining == piece.count
        case .chunked:
            while let chunk = try Self.takeChunk(&bytes) {
                if chunk.isEmpty { return true }
                body += chunk
            }
            return false
        case .toTheEnd:
            body += bytes
            bytes = []
            return isEnded
        }
    }

    /// The next chunk's data; none for the last chunk, nil where it is not complete.
    private static func takeChunk(_ bytes: inout [UInt8]) throws -> ArraySlice<UInt8>? {
        guard let lineEnd = bytes.firstRange(of: [0x0D, 0x0A]) else { return nil }
        let line = String(decoding: bytes[..<lineEnd.lowerBound], as: UTF8.self)
        guard let size = Int(line, radix: 16) else { throw RawClient.Failure.notHTTP(line) }
        let rest = bytes[lineEnd.upperBound...]
        guard rest.count >= size + 2 else { return nil }
        guard rest.dropFirst(size).starts(with: [0x0D, 0x0A]) else {
            throw RawClient.Failure.notHTTP("a chunk without its end")
        }
        bytes = Array(rest.dropFirst(size + 2))
        return rest.prefix(size)
    }
}
