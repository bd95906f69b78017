import CarafeHTTP

/// Where a proxy's server is.
struct Upstream: Sendable, Hashable {
    enum Address: Sendable, Hashable {
        case host(String, port: Int)
        case unixSocket(path: String)
    }

    let address: Address
    /// Whether it is spoken to over TLS.
    let isSecure: Bool
    /// Its name in the `Host` field and in absolute addresses.
    let authority: String
    /// What all its paths have in front, without a slash at the end.
    let basePath: String

    /// Reads `http://host:port/path`, `https://host:port/path` and `unix:/path`.
    init(_ url: String) throws(InvalidUpstream) {
        let bytes = Array(url.utf8)
        if bytes.starts(with: "unix:/".utf8) {
            address = .unixSocket(path: String(decoding: bytes.dropFirst(5), as: UTF8.self))
            authority = "localhost"
            basePath = ""
            isSecure = false
            return
        }
        isSecure = bytes.starts(with: "https://".utf8)
        let scheme = isSecure ? "https://" : "http://"
        guard bytes.starts(with: scheme.utf8) else { throw InvalidUpstream(address: url) }
        let rest = bytes[scheme.utf8.count...]
        let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        var path = rest[end...]
        while path.last == UInt8(ascii: "/") { path.removeLast() }
        authority = String(decoding: rest[..<end], as: UTF8.self)
        basePath = String(decoding: path, as: UTF8.self)
        guard let (host, port) = Self.hostAndPort(rest[..<end], usual: isSecure ? 443 : 80),
            path.allSatisfy({ 0x21...0x7E ~= $0 }),
            !path.contains(UInt8(ascii: "?")), !path.contains(UInt8(ascii: "#"))
        else { throw InvalidUpstream(address: url) }
        address = .host(host, port: port)
    }

    /// `host`, `host:port`, `[::1]:port`
    private static func hostAndPort(_ authority: ArraySlice<UInt8>, usual: Int) -> (String, Int)? {
        guard authority.allSatisfy({ 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "@") }) else { return nil }
        var host = authority
        var port = usual
        let literalEnd = authority.lastIndex(of: UInt8(ascii: "]"))
        if let colon = authority.lastIndex(of: UInt8(ascii: ":")), colon > literalEnd ?? -1 {
            let digits = authority[(colon + 1)...]
            guard !digits.isEmpty, digits.count <= 5, digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
            port = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
            host = authority[..<colon]
        }
        if host.first == UInt8(ascii: "["), literalEnd == host.indices.last { host = host.dropFirst().dropLast() }
        guard !host.isEmpty, 1...65535 ~= port else { return nil }
        return (String(decoding: host, as: UTF8.self), port)
    }
}

/// Why there is no server that a proxy could pass requests on to.
package struct InvalidUpstream: Error {
    let message: String
    let hint: String

    /// - Parameters:
    ///   - message: what is wrong
    ///   - hint: what to do
    package init(_ message: String, hint: String) { (self.message, self.hint) = (message, hint) }

    /// An address that names no server.
    init(address: String) {
        self.init(
            "A proxy cannot pass requests on to '\(address)'.",
            hint:
                "Give it the server's address: http://host:port, https://host:port, http://host:port/path or unix:/path."
        )
    }
}

extension Proxy: CheckedResponder {
    /// What is wrong with the server's address, or with how it is to be spoken to; nil where nothing is.
    public var problem: (message: String, hint: String)? {
        guard case .failure(let error) = upstream else { return nil }
        return (error.message, error.hint)
    }
}

extension Proxy: CustomStringConvertible {
    /// `a proxy for http://127.0.0.1:5000`
    public var description: String {
        switch upstream {
        case .failure: return "a proxy without a server"
        case .success(let upstream):
            if case .unixSocket(let path) = upstream.address { return "a proxy for unix:\(path)" }
            let scheme = upstream.isSecure ? "https" : "http"
            return "a proxy for \(scheme)://\(upstream.authority)\(upstream.basePath)"
        }
    }
}
