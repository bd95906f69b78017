import Carafe

/// The URL that a test asks for.
struct TestURL: Sendable, CustomStringConvertible {
    var scheme = "http"
    /// The host, with a port where one was named.
    var authority = "localhost"
    /// The path and the query.
    var target = "/"

    init(_ path: String, query: Parameters) {
        self = TestURL().resolving(path)
        guard !query.isEmpty else { return }
        target += (target.utf8.contains(UInt8(ascii: "?")) ? "&" : "?") + query.urlEncoded
    }

    private init() {}

    var description: String { "\(scheme)://\(authority)\(target)" }

    /// The host without the port.
    var host: String {
        let authority = authority.lowercased()
        if authority.hasPrefix("[") { return authority }
        return String(authority.prefix { $0 != ":" })
    }

    var path: String { String(target.prefix { $0 != "?" }) }

    /// The URL that a reference means here (RFC 3986 §5.2, without removing dot segments).
    func resolving(_ reference: String) -> TestURL {
        var url = self
        var rest = Substring(reference.prefix { $0 != "#" })
        let scheme = rest.prefix { $0 != ":" }
        if scheme.utf8.allSatisfy(Self.isLetter), rest[scheme.endIndex...].hasPrefix("://") {
            url.scheme = scheme.lowercased()
            rest = rest[scheme.endIndex...].dropFirst()
        }
        if rest.hasPrefix("//") {
            let authority = rest.dropFirst(2).prefix { $0 != "/" && $0 != "?" }
            url.authority = String(authority)
            rest = rest[authority.endIndex...]
            url.target = "/"
        }
        if rest.hasPrefix("/") || rest.hasPrefix("*") {
            url.target = String(rest)
        } else if rest.hasPrefix("?") {
            url.target = url.path + String(rest)
        } else if !rest.isEmpty {
            let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "/"
            url.target = folder + String(rest)
        }
        url.target = Self.encoded(url.target)
        return url
    }

    /// Percent-encodes what no URL may contain.
    private static func encoded(_ target: String) -> String {
        var encoded = ""
        for byte in target.utf8 {
            if byte > 0x20 && byte < 0x7F {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                encoded += "%" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
