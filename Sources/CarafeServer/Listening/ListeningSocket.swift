import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A socket that listens, before any event loop has it.
package final class ListeningSocket: CustomStringConvertible {
    package let descriptor: CInt
    /// The file of a unix socket that was made here, and goes when nobody serves it any more.
    package let path: String?
    private var isOpen = true

    /// A socket that somebody else has opened.
    ///
    /// - Parameter path: the file that is removed when it closes
    package init(descriptor: CInt, path: String? = nil) {
        self.descriptor = descriptor
        self.path = path
    }

    /// Opens a socket and listens.
    ///
    /// - Parameters:
    ///   - mode: the permissions of a unix socket's file; nil for what the process's mask leaves
    /// - Throws: ``ServerError`` with what to do about it
    package convenience init(
        _ address: ServerConfiguration.Address, backlog: Int, mode: UInt32? = nil
    ) throws(ServerError) {
        switch address {
        case .hostname, .unixSocket:
            do {
                let (descriptor, path) = try Self.open(address, backlog: backlog, mode: mode)
                self.init(descriptor: descriptor, path: path)
            } catch let error as ServerError {
                throw error
            } catch {
                throw ServerError(error, address: address)
            }
        case .descriptor(let descriptor):
            // One that was handed down listens already; its backlog is for whoever opened it to choose.
            if !Self.isListening(descriptor), listen(descriptor, CInt(clamping: backlog)) != 0 {
                throw ServerError(IOError(errnoCode: errno, reason: "listen"), address: address)
            }
            self.init(descriptor: descriptor)
        }
    }

    /// The address as a browser takes it, or as the command line does.
    package var description: String { Self.text(of: address) }

    /// The sockets of all addresses of a configuration, in their order.
    ///
    /// - Throws: ``ServerError`` with what to do about it; then none is open
    package static func openAll(_ configuration: ServerConfiguration) throws(ServerError) -> [ListeningSocket] {
        var sockets: [ListeningSocket] = []
        for address in configuration.addresses {
            do throws(ServerError) {
                sockets.append(
                    try ListeningSocket(
                        address, backlog: configuration.backlog, mode: configuration.unixSocketMode))
            } catch {
                for socket in sockets { socket.close() }
                throw error
            }
        }
        return sockets
    }

    private static func isListening(_ descriptor: CInt) -> Bool {
        var value: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &value, &length) == 0 && value != 0
    }

    /// Where it listens.
    var address: SocketAddress? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> SocketAddress? in
                guard getsockname(descriptor, address, &length) == 0 else { return nil }
                switch family(of: address) {
                case AF_INET: return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { .init($0.pointee) }
                case AF_INET6:
                    return address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { .init($0.pointee) }
                case AF_UNIX: return address.withMemoryRebound(to: sockaddr_un.self, capacity: 1) { .init($0.pointee) }
                default: return nil
                }
            }
        }
    }

    private func family(of address: UnsafePointer<sockaddr>) -> CInt {
        #if canImport(Darwin)
            let offset = 1
        #else
            let offset = 0
        #endif
        return CInt(UnsafeRawPointer(address).load(fromByteOffset: offset, as: sa_family_t.self))
    }

    /// An address as a browser takes it, or as the command line does.
    package static func text(of address: SocketAddress?, scheme: String = "http") -> String {
        guard let host = address?.ipAddress, let port = address?.port else {
            return "unix:\(address?.pathname ?? "")"
        }
        return "\(scheme)://\(host.utf8.contains(0x3A) ? "[\(host)]" : host):\(port)"
    }

    /// How many bytes that it has not sent yet the system takes for a connection. More stay with their writer, who waits: a
    /// client that does not read would else have the system fill some megabytes for it, and have the event loop's other
    /// connections wait for that.
    static let unsentLimit = 128 * 1024

    /// Has the connections that are accepted from now on keep ``unsentLimit``: they take after their listener.
    func limitUnsent() {
        #if os(Linux)
            var limit = CInt(Self.unsentLimit)
            // A unix socket has a buffer of fixed size, and refuses.
            setsockopt(
                descriptor, CInt(IPPROTO_TCP), TCP_NOTSENT_LOWAT, &limit, socklen_t(MemoryLayout<CInt>.size))
        #endif
    }

    /// Lets go of the socket: others that have it go on listening.
    package func stop() {
        guard isOpen else { return }
        isOpen = false
        systemClose(descriptor)
    }

    /// Lets go of the socket for good, and removes its file.
    package func close() {
        stop()
        if let path { unlink(path) }
    }

    private static func open(
        _ address: ServerConfiguration.Address, backlog: Int, mode: UInt32?
    ) throws -> (CInt, path: String?) {
        let target: SocketAddress
        var path: String?
        switch address {
        case .hostname(let host, let port): target = try Listener.resolve(host, port)
        case .unixSocket(let file):
            try Listener.removeStaleSocket(file)
            target = try SocketAddress(unixDomainSocketPath: file)
            path = file
        case .descriptor(let descriptor): return (descriptor, nil)
        }
        let descriptor = socket(target.family, Listener.streamType, 0)
        guard descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "socket") }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        if path == nil {
            var on: CInt = 1
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<CInt>.size))
        }
        do {
            guard target.withSockAddr({ bind(descriptor, $0, socklen_t($1)) }) == 0 else {
                throw IOError(errnoCode: errno, reason: "bind")
            }
            // Before it listens: nobody connects while the permissions are others.
            if let path, let mode, chmod(path, mode_t(mode)) != 0 {
                throw IOError(errnoCode: errno, reason: "chmod")
            }
            guard listen(descriptor, CInt(clamping: backlog)) == 0 else {
                throw IOError(errnoCode: errno, reason: "listen")
            }
        } catch {
            systemClose(descriptor)
            throw error
        }
        return (descriptor, path)
    }
}

extension SocketAddress {
    /// The address's family, as a socket takes it.
    var family: CInt {
        switch self {
        case .v4: AF_INET
        case .v6: AF_INET6
        case .unixDomainSocket: AF_UNIX
        }
    }
}

private func systemClose(_ descriptor: CInt) { _ = close(descriptor) }
