import NIOCore

/// What protects the connections to a proxy's server: TLS. A proxy whose server needs none links none.
package protocol UpstreamSecurity: Sendable {
    /// Puts itself before what is spoken over a connection, on its event loop, before it is active.
    ///
    /// - Parameter host: the host of the server's address
    /// - Returns: when the server has proved who it is; where it has not, the failure's description tells why, and contains nothing
    ///   that the server sent
    func prepare(_ channel: any Channel, host: String) throws -> EventLoopFuture<Void>
}
