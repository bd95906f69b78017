public import NIOCore

/// The header with which a proxy tells, before anything else of a connection, whom it speaks for: the PROXY protocol of
/// HAProxy, in its versions 1 (a line of text) and 2 (binary).
///
/// It is read from the bytes that have come so far; the same bytes give the same answer however they were cut.
public struct ProxyHeader: Sendable, Equatable {
    /// The client's address; nil where the proxy speaks for itself or does not tell.
    public var source: SocketAddress?
    /// The address that the client connected to; nil as with ``source``.
    public var destination: SocketAddress?
    /// How many bytes the header has.
    public var length: Int

    /// What the first bytes of a connection are.
    public enum Reading: Sendable, Equatable {
        case header(ProxyHeader)
        /// They may become a header.
        case incomplete
        /// They are no header. Why.
        case malformed(String)
    }

    /// The longest line of version 1, with its end.
    public static let lineLimit = 107
    /// The longest content of version 2, with what is told beside the addresses.
    public static let contentLimit = 4096

    /// Reads the header at the beginning of a connection.
    public static func read(_ bytes: some Collection<UInt8>) -> Reading {
        guard let first = bytes.first else { return .incomplete }
        return first == ProxyHeaderBinary.signature[0]
            ? ProxyHeaderBinary.read(Array(bytes.prefix(ProxyHeaderBinary.headLength + contentLimit)))
            : ProxyHeaderLine.read(Array(bytes.prefix(lineLimit)))
    }
}
