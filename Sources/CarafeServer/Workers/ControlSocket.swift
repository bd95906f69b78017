import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The socket at which a supervisor takes commands: a unix socket that only its own user may use. A command is one line,
/// an answer everything up to the end of the connection.
struct ControlSocket {
    /// A connection whose command has been read.
    struct Client {
        let descriptor: CInt
        let command: String

        /// Answers, and closes.
        func answer(_ bytes: [UInt8]) {
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, ControlSocket.noSignal) }
                guard count > 0 else { break }
                rest = rest.dropFirst(count)
            }
            systemClose(descriptor)
        }
    }

    /// How long a client may take for its command, or for taking an answer; the supervisor waits for it meanwhile.
    private static let timeout = timeval(tv_sec: 0, tv_usec: 500_000)
    /// The longest command.
    private static let limit = 64

    private let socket: ListeningSocket
    var descriptor: CInt { socket.descriptor }
    let path: String

    /// Listens at a path. The file of a supervisor that is gone is replaced.
    ///
    /// - Throws: ``ServerError`` where that is not possible
    init(path: String) throws(ServerError) {
        socket = try ListeningSocket(.unixSocket(path: path), backlog: 8, mode: 0o600)
        self.path = path
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    /// One that listens already.
    init(descriptor: CInt, path: String) {
        socket = ListeningSocket(descriptor: descriptor, path: path)
        self.path = path
    }

    func close() { socket.close() }

    /// The next client with its command; nil where none waits.
    func next() -> Client? {
        while case let client = accept(descriptor, nil, nil), client >= 0 {
            _ = fcntl(client, F_SETFD, FD_CLOEXEC)
            if PeerCredentials.isTrusted(client), let command = Self.readCommand(client) {
                return Client(descriptor: client, command: command)
            }
            systemClose(client)
        }
        return nil
    }

    private static func readCommand(_ client: CInt) -> String? {
        limitTime(client)
        var line: [UInt8] = []
        while line.count < limit {
            var byte: UInt8 = 0
            guard recv(client, &byte, 1, 0) == 1 else { return nil }
            if byte == 0x0A { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
        return nil
    }

    private static func limitTime(_ client: CInt) {
        var time = timeout
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &time, size)
        setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &time, size)
    }

    #if canImport(Darwin)
        fileprivate static let noSignal: CInt = 0
    #else
        fileprivate static let noSignal = CInt(MSG_NOSIGNAL)
    #endif
}

/// Who is at the other end of a unix socket.
package enum PeerCredentials {
    /// Whether it is this process's own user, or root.
    package static func isTrusted(_ descriptor: CInt) -> Bool {
        #if os(Linux)
            // A `ucred`, which the C library's module leaves out: process, user and group.
            var credentials: (pid_t, user: uid_t, gid_t) = (0, 0, 0)
            let size = MemoryLayout.size(ofValue: credentials)
            var length = socklen_t(size)
            guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0, length == size else {
                return false
            }
            return credentials.user == geteuid() || credentials.user == 0
        #else
            var (user, group) = (uid_t(), gid_t())
            guard getpeereid(descriptor, &user, &group) == 0 else { return false }
            return user == geteuid() || user == 0
        #endif
    }
}

private func systemClose(_ descriptor: CInt) { _ = close(descriptor) }
