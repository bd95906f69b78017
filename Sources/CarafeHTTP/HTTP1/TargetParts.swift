internal import HTTPTypes
internal import NIOCore

/// A request target taken apart (RFC 9112 §3.2); places count like the target's own range.
struct TargetParts {
    let form: RequestTarget.Form
    let range: Range<Int>
    /// The path; for an absolute target without one, the `/` of its `//`.
    let path: Range<Int>
    /// Where the query begins, after the question mark.
    let queryStart: Int?
    let isPathEncoded: Bool
    /// The authority of an absolute or authority form.
    let authority: Range<Int>?
    /// Whether the scheme of an absolute target is https.
    let isHTTPS: Bool

    /// Takes a target apart and validates it for its method.
    init(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, method: HTTPRequest.Method
    ) throws(HTTP1Error) {
        self.range = range
        guard let first = range.first else { throw HTTP1Error(.targetForm) }
        let isConnect = method == .connect
        if bytes[first] == 0x2F, !isConnect {
            form = .origin
            authority = nil
            isHTTPS = false
            (path, queryStart, isPathEncoded) = try Self.pathAndQuery(bytes, range)
            return
        }
        guard bytes[range].allSatisfy({ Octet.isQuery($0) }) else { throw HTTP1Error(.targetCharacter) }
        if isConnect {
            guard Authority.isValid(bytes, range, requiresPort: true) else { throw HTTP1Error(.targetForm) }
            (form, authority, isHTTPS) = (.authority, range, false)
            (path, queryStart, isPathEncoded) = (first..<first, nil, false)
        } else if range.count == 1, bytes[first] == 0x2A {
            guard method == .options else { throw HTTP1Error(.targetForm) }
            (form, authority, isHTTPS) = (.asterisk, nil, false)
            (path, queryStart, isPathEncoded) = (range, nil, false)
        } else {
            let (authority, isHTTPS) = try Self.schemeAndAuthority(bytes, range)
            (form, self.authority, self.isHTTPS) = (.absolute, authority, isHTTPS)
            let rest = authority.upperBound..<range.upperBound
            if let start = rest.first, bytes[start] == 0x2F {
                (path, queryStart, isPathEncoded) = try Self.pathAndQuery(bytes, rest)
            } else {
                path = authority.lowerBound - 1..<authority.lowerBound
                queryStart = rest.isEmpty ? nil : authority.upperBound + 1
                isPathEncoded = false
            }
        }
    }

    /// The target as a request keeps it, out of the bytes that the places count in.
    func target(in bytes: ByteBuffer) -> RequestTarget {
        RequestTarget(
            form: form, bytes: bytes.slice(range), pathStart: path.lowerBound &- range.lowerBound,
            pathLength: path.count, queryStart: queryStart.map { $0 &- range.lowerBound } ?? -1,
            isPathEncoded: isPathEncoded)
    }

    /// A path, which begins with a slash, and the query after it.
    ///
    /// The path must be validly encoded. In a query a lone percent sign is let through: browsers send what was typed,
    /// and decoding leaves it as it is.
    private static func pathAndQuery(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
    ) throws(HTTP1Error) -> (path: Range<Int>, queryStart: Int?, isPathEncoded: Bool) {
        var index = range.lowerBound
        var isEncoded = false
        while true {
            while index < range.upperBound, Octet.isPlainPath(bytes[index]) { index &+= 1 }
            guard index < range.upperBound, bytes[index] == 0x25 else { break }
            guard range.upperBound &- index > 2, let high = Octet.hexadecimal(bytes[index &+ 1]),
                let low = Octet.hexadecimal(bytes[index &+ 2]), high | low != 0
            else { throw HTTP1Error(.targetEncoding) }
            isEncoded = true
            index &+= 3
        }
        let path = range.lowerBound..<index
        guard index < range.upperBound else { return (path, nil, isEncoded) }
        guard bytes[index] == 0x3F else { throw HTTP1Error(.targetCharacter) }
        let queryStart = index &+ 1
        index = queryStart
        while index < range.upperBound, Octet.isQuery(bytes[index]) { index &+= 1 }
        guard index == range.upperBound else { throw HTTP1Error(.targetCharacter) }
        return (path, queryStart, isEncoded)
    }

    /// `scheme "://" authority` at the beginning of an absolute target.
    private static func schemeAndAuthority(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
    ) throws(HTTP1Error) -> (authority: Range<Int>, isHTTPS: Bool) {
        let start = range.lowerBound
        guard let colon = range.first(where: { bytes[$0] == 0x3A }), colon + 2 < range.upperBound,
            bytes[colon + 1] == 0x2F, bytes[colon + 2] == 0x2F
        else { throw HTTP1Error(.targetForm) }
        let isHTTPS = Octet.equal(bytes, start..<colon, "https")
        guard isHTTPS || Octet.equal(bytes, start..<colon, "http") else { throw HTTP1Error(.targetScheme) }
        let authorityStart = colon + 3
        let end = (authorityStart..<range.upperBound).first { bytes[$0] == 0x2F || bytes[$0] == 0x3F }
        let authority = authorityStart..<(end ?? range.upperBound)
        guard Authority.isValid(bytes, authority) else { throw HTTP1Error(.targetAuthority) }
        return (authority, isHTTPS)
    }
}
