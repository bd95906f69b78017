import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Finds out what an address means, and makes room at it.
enum Listener {
    static func resolve(_ host: String, _ port: Int) throws -> SocketAddress {
        guard (0...65535).contains(port) else {
            throw ServerError(
                kind: .addressNotAvailable, message: "\(port) is not a port.", hint: "Choose one from 0 to 65535.")
        }
        do {
            return try SocketAddress(ipAddress: host, port: port)
        } catch {
            return try SocketAddress.makeAddressResolvingHost(host, port: port)
        }
    }

    /// Removes what a server that is gone has left behind. The socket of one that runs is left alone: binding fails.
    static func removeStaleSocket(_ path: String) throws {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return }
        let address = try SocketAddress(unixDomainSocketPath: path)
        let probe = socket(AF_UNIX, streamType, 0)
        guard probe >= 0 else { return }
        defer { close(probe) }
        let result = address.withSockAddr { connect(probe, $0, socklen_t($1)) }
        if result != 0, errno == ECONNREFUSED { unlink(path) }
    }

    #if canImport(Glibc)
        static let streamType = CInt(SOCK_STREAM.rawValue)
    #else
        static let streamType = CInt(SOCK_STREAM)
    #endif
}

extension ServerError {
    /// What the system's error means for someone who starts a server.
    init(_ error: any Error, address: ServerConfiguration.Address) {
        let code = (error as? IOError)?.errnoCode
        switch code {
        case EADDRINUSE:
            self.init(
                kind: .addressInUse, message: "Another program already listens on \(address).",
                hint: "Stop it, or choose another \(address.isUnixSocket ? "path" : "port").")
        case EACCES, EPERM:
            self.init(
                kind: .permissionDenied, message: "Listening on \(address) is not allowed.",
                hint: address.isUnixSocket
                    ? "The folder must be writable." : "Ports below 1024 need privileges; choose a higher one.")
        case EADDRNOTAVAIL:
            self.init(
                kind: .addressNotAvailable, message: "This machine has no address \(address).",
                hint: "Listen on 127.0.0.1 for this machine alone, or on 0.0.0.0 for the network.")
        default:
            switch error {
            case SocketAddressError.unixDomainSocketPathTooLong:
                self.init(
                    kind: .addressNotAvailable, message: "The path of \(address) is too long for a socket.",
                    hint: "Choose one of at most a hundred bytes.")
            case is SocketAddressError, is SocketAddressError.UnknownHost:
                self.init(
                    kind: .addressNotAvailable, message: "The host of \(address) is unknown.",
                    hint: "Give an IP address, or a name that this machine can resolve.")
            default:
                self.init(
                    kind: .cannotListen, message: "Listening on \(address) failed: \(error).",
                    hint: "The system's message above says why.")
            }
        }
    }
}

extension ServerConfiguration.Address {
    fileprivate var isUnixSocket: Bool { if case .unixSocket = self { true } else { false } }
}
