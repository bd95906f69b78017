import CarafeHTTP
import NIOCore

/// What a proxy says of a request, as text; nil where it says nothing.
struct ProxyClaims {
    var client: String?
    var scheme: String?
    var host: String?
    var port: String?
    var prefix: String?

    /// The request as it was before the proxies; what is none of its kind is passed over.
    func applied(to request: Request) -> Request {
        let address = client.flatMap(Self.address)
        let scheme = scheme.flatMap(Self.scheme)
        let root = prefix.flatMap(Self.scriptRoot)
        let authority = authority(of: request, scheme: scheme ?? request.scheme)
        var connection: ConnectionInfo?
        if address != nil || scheme != nil {
            connection = request.connection.replacing(remoteAddress: address, scheme: scheme)
        }
        var head: RequestHead?
        if authority != nil || root != nil {
            head = request.head.replacing(authority: authority, rawScriptRoot: root)
        }
        guard head != nil || connection != nil else { return request }
        return request.replacing(head: head, connection: connection)
    }

    /// An address alone, or with a port: `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]:4711`.
    private static func address(_ text: String) -> SocketAddress? {
        var bytes = Array(text.utf8)[...]
        if bytes.first == UInt8(ascii: "[") {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "]")), isPort(bytes[(end + 1)...]) else { return nil }
            bytes = bytes[..<end].dropFirst()
            guard bytes.contains(UInt8(ascii: ":")) else { return nil }
        } else if let colon = bytes.firstIndex(of: UInt8(ascii: ":")), isPort(bytes[colon...]) {
            bytes = bytes[..<colon]
        }
        // A zone would be a name of this machine's.
        guard !bytes.contains(UInt8(ascii: "%")) else { return nil }
        return try? SocketAddress(ipAddress: String(decoding: bytes, as: UTF8.self), port: 0)
    }

    /// Nothing, or a colon and digits.
    private static func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first else { return true }
        return first == UInt8(ascii: ":") && 2...6 ~= bytes.count && bytes.dropFirst().allSatisfy { 0x30...0x39 ~= $0 }
    }

    /// Some proxies name a WebSocket's scheme.
    private static func scheme(_ text: String) -> String? {
        switch HostNames.lowercased(text) {
        case "http", "ws": "http"
        case "https", "wss": "https"
        default: nil
        }
    }

    /// The host with the port, where that is not the scheme's own; nil where the proxy says nothing of either.
    private func authority(of request: Request, scheme: String) -> String? {
        let host = host.flatMap { Authority.isValid($0) ? $0 : nil }
        let port = port.flatMap(Self.port)
        guard host != nil || port != nil else { return nil }
        let named = host ?? request.head.authority
        // A client of HTTP/1.0 has named no host that a port could belong to.
        if named.utf8.isEmpty { return nil }
        let bare = HostNames.withoutPort(named)
        let usual = scheme == "https" ? 443 : 80
        if let port { return port == usual ? bare : "\(bare):\(port)" }
        return named.utf8.elementsEqual("\(bare):\(usual)".utf8) ? bare : named
    }

    private static func port(_ text: String) -> Int? {
        guard 1...5 ~= text.utf8.count, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let port = Int(text),
            1...65_535 ~= port
        else { return nil }
        return port
    }

    /// A path without the slashes at its end. Two slashes at its beginning would make another host's address of every URL.
    private static func scriptRoot(_ text: String) -> String? {
        var bytes = text.utf8[...]
        while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        if bytes.isEmpty { return text.utf8.isEmpty ? nil : "" }
        guard bytes.first == UInt8(ascii: "/"), bytes.dropFirst().first != UInt8(ascii: "/") else { return nil }
        var isEscaped = 0
        for byte in bytes {
            if isEscaped > 0 {
                guard hexadecimal(byte) else { return nil }
                isEscaped -= 1
            } else if byte == UInt8(ascii: "%") {
                isEscaped = 2
            } else if !ByteSet.path.contains(byte) {
                return nil
            }
        }
        return isEscaped == 0 ? String(decoding: bytes, as: UTF8.self) : nil
    }

    private static func hexadecimal(_ byte: UInt8) -> Bool {
        0x30...0x39 ~= byte || 0x41...0x46 ~= byte & 0xDF
    }
}
