import CarafeServer
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Asks a supervisor over its control socket.
struct ControlClient {
    let path: String

    /// What a supervisor has answered.
    struct Text {
        let json: String

        /// - Throws: ``ServerError`` where it is no answer
        var answer: SupervisorAnswer {
            get throws {
                var buffer = ByteBuffer()
                buffer.writeString(json)
                do {
                    return try JSONReader().decode(SupervisorAnswer.self, from: buffer)
                } catch {
                    throw ServerError(
                        kind: .cannotListen, message: "The supervisor gave no answer that can be read.",
                        hint: "Is it of another version? Its log may say more.")
                }
            }
        }
    }

    /// Sends a command and waits for the answer.
    ///
    /// - Throws: ``ServerError`` where there is no supervisor
    func ask(_ command: String) throws(ServerError) -> Text {
        let descriptor = try connect()
        defer { close(descriptor) }
        // What is written to a stranger's socket, a stranger reads.
        guard PeerCredentials.isTrusted(descriptor) else { throw error("it belongs to another user") }
        let line = command + "\n"
        guard send(descriptor, line, line.utf8.count, Self.noSignal) == line.utf8.count else {
            throw error(String(cString: strerror(errno)))
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while case let count = read(descriptor, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
        return Text(json: String(decoding: bytes, as: UTF8.self))
    }

    private func connect() throws(ServerError) -> CInt {
        guard let address = try? SocketAddress(unixDomainSocketPath: path) else {
            throw error("the path is too long for a socket")
        }
        let descriptor = socket(AF_UNIX, Self.stream, 0)
        guard descriptor >= 0 else { throw error(String(cString: strerror(errno))) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        guard address.withSockAddr({ systemConnect(descriptor, $0, socklen_t($1)) }) == 0 else {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw error(reason)
        }
        return descriptor
    }

    private func error(_ reason: String) -> ServerError {
        ServerError(
            kind: .addressNotAvailable, message: "There is no supervisor at \(path): \(reason).",
            hint: "Serve with --workers, as the same user, and with the same --control-socket as --socket here.")
    }

    #if canImport(Glibc)
        private static let stream = CInt(SOCK_STREAM.rawValue)
    #else
        private static let stream = CInt(SOCK_STREAM)
    #endif
    #if canImport(Darwin)
        private static let noSignal: CInt = 0
    #else
        private static let noSignal = CInt(MSG_NOSIGNAL)
    #endif
}

private func systemConnect(_ descriptor: CInt, _ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> CInt {
    connect(descriptor, address, length)
}
