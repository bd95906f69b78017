import CarafeHTTP

/// A web origin: a scheme and a host, with its port where it is not the scheme's own, in lower case (RFC 6454 §6).
struct Origin: Sendable, Equatable {
    let scheme: [UInt8]
    let host: [UInt8]

    /// The origin that a field or a program writes as `https://example.com:8443`; nil where the text is none.
    init?(_ text: String) {
        let bytes = Array(HostNames.lowercased(text).utf8)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8) else {
            return nil
        }
        scheme = Array(bytes[..<colon])
        host = Self.withoutUsualPort(Array(bytes[(colon + 3)...]), scheme)
        guard !host.isEmpty, !host.contains(UInt8(ascii: "/")), !host.contains(UInt8(ascii: "@")) else { return nil }
    }

    /// Whether it is that of the host that a request is for. A proxy may speak TLS for the app; that a page came without it
    /// is then still told by its origin.
    func isOwn(of request: Request) -> Bool {
        let own = Array(HostNames.lowercased(request.host).utf8)
        guard scheme.elementsEqual("https".utf8) || scheme.elementsEqual("http".utf8) && !request.isSecure else {
            return false
        }
        return host == Self.withoutUsualPort(own, scheme)
    }

    private static func withoutUsualPort(_ host: [UInt8], _ scheme: [UInt8]) -> [UInt8] {
        let port = scheme.elementsEqual("https".utf8) ? ":443" : scheme.elementsEqual("http".utf8) ? ":80" : nil
        guard let port, host.suffix(port.utf8.count).elementsEqual(port.utf8) else { return host }
        return Array(host.dropLast(port.utf8.count))
    }
}
