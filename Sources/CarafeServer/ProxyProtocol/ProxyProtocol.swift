import NIOCore

/// From whom connections begin with a header of the PROXY protocol, which tells the client's address.
///
/// ```swift
/// app.serverConfiguration.proxyProtocol = try ProxyProtocol(from: ["10.0.0.0/8", "unix"])
/// ```
///
/// Connections of these peers must begin with one, or are closed. All others are served as they come: nobody else can
/// claim an address that is not theirs.
public struct ProxyProtocol: Sendable {
    private var networks: [PeerNetwork] = []
    private var hasUnixSockets = false

    /// The peers that are trusted.
    ///
    /// - Parameter peers: addresses (`192.0.2.1`), networks (`10.0.0.0/8`, `fd00::/8`), and `unix` for unix sockets
    /// - Throws: ``ServerError`` where one of them is neither
    public init(from peers: [String]) throws(ServerError) {
        for peer in peers {
            if peer == "unix" {
                hasUnixSockets = true
            } else if let network = PeerNetwork(peer) {
                networks.append(network)
            } else {
                throw ServerError(
                    kind: .addressNotAvailable, message: "'\(peer)' is no address of a proxy.",
                    hint: "Give an IP address, a network such as 10.0.0.0/8, or 'unix' for unix sockets.")
            }
        }
    }

    /// Whether a connection of this peer begins with a header.
    func trusts(_ peer: SocketAddress?) -> Bool {
        switch peer {
        case .unixDomainSocket: hasUnixSockets
        case .some(let peer): networks.contains { $0.contains(peer) }
        // A unix socket's client has no address.
        case nil: hasUnixSockets
        }
    }
}

/// An IP network: an address, and how many of its bits count.
struct PeerNetwork: Sendable, Equatable {
    private let prefix: [UInt8]
    private let length: Int

    /// Reads `10.0.0.0/8`, or an address alone; nil where it is neither.
    init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard 1...2 ~= parts.count, let address = try? SocketAddress(ipAddress: parts[0], port: 0) else { return nil }
        let bytes = Self.bytes(of: address)
        var length = bytes.count * 8
        if parts.count == 2 {
            guard 1...3 ~= parts[1].utf8.count, parts[1].utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
                let bits = Int(parts[1]), bits <= length
            else { return nil }
            length = bits
        }
        prefix = bytes
        self.length = length
    }

    func contains(_ address: SocketAddress) -> Bool {
        let bytes = Self.bytes(of: address)
        guard bytes.count == prefix.count else { return false }
        let whole = length / 8
        guard bytes[..<whole] == prefix[..<whole] else { return false }
        guard length % 8 > 0 else { return true }
        return (bytes[whole] ^ prefix[whole]) >> UInt8(8 - length % 8) == 0
    }

    /// An address's bytes; those of IPv4 where an IPv6 address stands for one.
    private static func bytes(of address: SocketAddress) -> [UInt8] {
        // What lies before the address in memory: the family and the port; with IPv6 the flow too.
        let bytes = address.withSockAddr { pointer, size in
            Array(UnsafeRawBufferPointer(start: pointer, count: size).dropFirst(address.isIPv4 ? 4 : 8))
        }
        switch address {
        case .v4: return Array(bytes.prefix(4))
        case .v6:
            let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes.dropFirst(10).prefix(2) == [0xFF, 0xFF]
            return Array(isMapped ? bytes.dropFirst(12).prefix(4) : bytes.prefix(16))
        case .unixDomainSocket: return []
        }
    }
}

extension SocketAddress {
    fileprivate var isIPv4: Bool { if case .v4 = self { true } else { false } }
}
