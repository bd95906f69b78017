import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Opens the listening socket.
enum Listener {
    /// Listens at an address.
    ///
    /// - Throws: ``ServerError`` with what to do about it
    static func bind(_ bootstrap: ServerBootstrap, to address: ServerConfiguration.Address) async throws -> any Channel
    {
        do {
            switch address {
            case .hostname(let host, let port): return try await bootstrap.bind(to: resolve(host, port)).get()
            case .unixSocket(let path):
                try removeStaleSocket(path)
                return try await bootstrap.bind(unixDomainSocketPath: path).get()
            case .descriptor(let descriptor): return try await bootstrap.withBoundSocket(descriptor).get()
            }
        } catch let error as ServerError {
            throw error
        } catch {
            throw ServerError(error, address: address)
        }
    }

    private static func resolve(_ host: String, _ port: Int) throws -> SocketAddress {
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
    private static func removeStaleSocket(_ path: String) throws {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return }
        let address = try SocketAddress(unixDomainSocketPath: path)
        #if canImport(Glibc)
            let type = CInt(SOCK_STREAM.rawValue)
        #else
            let type = CInt(SOCK_STREAM)
        #endif
        let probe = socket(AF_UNIX, type, 0)
        guard probe >= 0 else { return }
        defer { close(probe) }
        let result = address.withSockAddr { connect(probe, $0, socklen_t($1)) }
        if result != 0, errno == ECONNREFUSED { unlink(path) }
    }
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
