import Foundation

/// A socket that sends and receives the bytes it is told.
final class RawSocket {
    let descriptor: CInt
    private var isOpen = true
    /// The datagrams that have come.
    private var received: [String] = []

    private init(descriptor: CInt) { self.descriptor = descriptor }

    /// A client of a port of this machine.
    init(port: UInt16) {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        limitReceiving()
        _ = Loopback.connect(descriptor, port)
    }

    /// A client of a unix socket.
    ///
    /// - Throws: the system's error where nobody listens
    init(path: String) throws {
        descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        limitReceiving()
        let result = Self.withUnixAddress(path) { connect(descriptor, $0, $1) }
        guard result == 0 else {
            let code = errno
            close()
            throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL)
        }
    }

    /// Receiving fails after a time that only a failing test needs.
    private func limitReceiving() {
        var time = timeval(tv_sec: 90, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close() }

    /// One that listens at a free port of this machine.
    static func listening() -> RawSocket {
        let result = RawSocket(descriptor: socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0))
        _ = Loopback.bind(result.descriptor)
        listen(result.descriptor, 16)
        return result
    }

    /// One that takes datagrams at a path.
    static func datagrams(_ path: String) -> RawSocket {
        let result = RawSocket(descriptor: socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0))
        _ = withUnixAddress(path) { bind(result.descriptor, $0, $1) }
        return result
    }

    /// The port that it listens at.
    var port: UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(descriptor, $0, &length) }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    func send(_ text: String) { _ = Foundation.send(descriptor, text, text.utf8.count, CInt(MSG_NOSIGNAL)) }

    /// The next bytes; none at the end.
    func receive() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        return Array(bytes.prefix(max(0, count)))
    }

    /// Every datagram that has come so far.
    func messages() -> [String] {
        var bytes = [UInt8](repeating: 0, count: 4096)
        while case let count = recv(descriptor, &bytes, bytes.count, CInt(MSG_DONTWAIT)), count > 0 {
            received.append(String(decoding: bytes[..<count], as: UTF8.self))
        }
        return received
    }

    func close() {
        if isOpen { Foundation.close(descriptor) }
        isOpen = false
    }

    private static func withUnixAddress(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) -> CInt {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
