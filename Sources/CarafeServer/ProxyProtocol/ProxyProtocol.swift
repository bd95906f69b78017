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
    private let peers: PeerList

    /// The peers that are trusted.
    ///
    /// - Parameter peers: addresses (`192.0.2.1`), networks (`10.0.0.0/8`, `fd00::/8`), and `unix` for unix sockets
    /// - Throws: ``ServerError`` where one of them is neither
    public init(from peers: [String]) throws(ServerError) {
        self.peers = try PeerList(peers)
    }

    /// Whether a connection of this peer begins with a header.
    func trusts(_ peer: SocketAddress?) -> Bool { peers.contains(peer) }
}
