internal import NIOCore

/// Version 2: a signature, what it is about, and addresses in network order; what follows them is passed over.
enum ProxyHeaderBinary {
    static let signature: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A]
    /// The bytes before the addresses.
    static let headLength = 16

    static func read(_ bytes: [UInt8]) -> ProxyHeader.Reading {
        guard signature.starts(with: bytes.prefix(signature.count)) else {
            return .malformed("It does not begin with the signature.")
        }
        if bytes.count > 12, bytes[12] >> 4 != 2 { return .malformed("Its version is not 2.") }
        if bytes.count > 12, bytes[12] & 0x0F > 1 { return .malformed("Its command is unknown.") }
        guard bytes.count >= headLength else { return .incomplete }
        let count = Int(bytes[14]) << 8 | Int(bytes[15])
        guard count <= ProxyHeader.contentLimit else { return .malformed("It is too long.") }
        guard bytes.count >= headLength + count else { return .incomplete }
        var header = ProxyHeader(length: headLength + count)
        // LOCAL: the proxy speaks for itself, as when it looks whether the server is alive.
        if bytes[12] & 0x0F == 0 { return .header(header) }
        let content = bytes[headLength..<headLength + count]
        switch bytes[13] {
        case 0x11:
            guard content.count >= 12 else { return .malformed("Its addresses are cut off.") }
            header.source = address(content.dropFirst(0).prefix(4), port: content.dropFirst(8))
            header.destination = address(content.dropFirst(4).prefix(4), port: content.dropFirst(10))
        case 0x21:
            guard content.count >= 36 else { return .malformed("Its addresses are cut off.") }
            header.source = address(content.dropFirst(0).prefix(16), port: content.dropFirst(32))
            header.destination = address(content.dropFirst(16).prefix(16), port: content.dropFirst(34))
        case 0x31:
            guard content.count >= 216 else { return .malformed("Its addresses are cut off.") }
        // Unspecified, or datagrams, which no connection here is: the connection's own addresses stay.
        case 0x00, 0x12, 0x22, 0x32: break
        default: return .malformed("Its family is unknown.")
        }
        return .header(header)
    }

    private static func address(_ host: ArraySlice<UInt8>, port: ArraySlice<UInt8>) -> SocketAddress? {
        let number = port.prefix(2).reduce(0) { $0 << 8 | Int($1) }
        return try? SocketAddress(packedIPAddress: ByteBuffer(bytes: host), port: number)
    }
}
