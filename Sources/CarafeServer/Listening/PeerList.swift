import NIOCore

/// Clients and proxies by their addresses.
package struct PeerList: Sendable {
    private var networks: [PeerNetwork] = []
    private var hasUnixSockets = false

    /// - Parameter peers: addresses (`192.0.2.1`), networks (`10.0.0.0/8`, `fd00::/8`), and `unix` for unix sockets
    /// - Throws: ``ServerError`` where one of them is neither
    package init(_ peers: [String]) throws(ServerError) {
        for peer in peers {
            if peer == "unix" {
                hasUnixSockets = true
            } else if let network = PeerNetwork(peer) {
                networks.append(network)
            } else {
                throw ServerError(
                    kind: .addressNotAvailable, message: "'\(peer)' is neither an address nor a network.",
                    hint: "Give an IP address, a network such as 10.0.0.0/8, or 'unix' for unix sockets.")
            }
        }
    }

    /// Whether a peer is one of them; nil is a unix socket's client, which has no address.
    package func contains(_ peer: SocketAddress?) -> Bool {
        switch peer {
        case .unixDomainSocket, nil: hasUnixSockets
        case .some(let peer): networks.contains { $0.contains(peer) }
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
    fileprivate static func bytes(of address: SocketAddress) -> [UInt8] {
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
    /// What tells a client apart from others: an IPv4 address, or the 64 bits of an IPv6 network, which one client may use all
    /// addresses of. It is no text for people.
    package var network: String {
        PeerNetwork.bytes(of: self).prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
    }

    fileprivate var isIPv4: Bool { if case .v4 = self { true } else { false } }
}
