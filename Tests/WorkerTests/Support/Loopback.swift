import Foundation

/// The system's calls with the address of a port of this machine.
enum Loopback {
    /// - Returns: whether somebody listens
    static func connect(_ descriptor: CInt, _ port: UInt16) -> Bool {
        withAddress(port) { systemConnect(descriptor, $0, $1) } == 0
    }

    /// Takes a port; 0 for a free one.
    static func bind(_ descriptor: CInt, _ port: UInt16 = 0) -> Bool {
        withAddress(port) { systemBind(descriptor, $0, $1) } == 0
    }

    private static func withAddress(_ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt) -> CInt {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

// The calls whose names are taken above.
private func systemConnect(_ descriptor: CInt, _ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> CInt {
    connect(descriptor, address, length)
}

private func systemBind(_ descriptor: CInt, _ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> CInt {
    bind(descriptor, address, length)
}
