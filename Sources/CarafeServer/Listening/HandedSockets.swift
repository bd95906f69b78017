#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A listening socket that was opened for this process by whoever started it: systemd, a supervisor, `carafe dev`.
///
/// The protocol is systemd's (sd_listen_fds(3)): `LISTEN_FDS` says how many descriptors there are from 3 on,
/// `LISTEN_PID` which process they are meant for, where it is set, and `LISTEN_FDNAMES` what they are called, with
/// colons in between.
public struct HandedSocket: Sendable, Hashable {
    /// The socket. It is closed in programs that this one starts.
    public let descriptor: CInt
    /// What it is called; nil where nobody said.
    public let name: String?

    /// The first descriptor that is handed down.
    private static let first: CInt = 3
    /// More than anyone hands down, and few enough to be looked at.
    private static let limit = 1024
    private static let variables = ["LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"]

    /// Takes the sockets that were handed to this process, and the variables that tell of them out of its environment:
    /// programs that it starts must not take them for theirs.
    ///
    /// - Returns: the sockets in their order; none where none were handed down, or not to this process
    /// - Throws: ``ServerError`` where one of them is no socket that takes connections
    public static func takeAll() throws(ServerError) -> [HandedSocket] {
        var values: [String: String] = [:]
        for name in variables {
            guard let value = getenv(name) else { continue }
            values[name] = String(cString: value)
            unsetenv(name)
        }
        let sockets = try announced(by: values, to: getpid())
        for socket in sockets { try socket.check() }
        for socket in sockets { _ = fcntl(socket.descriptor, F_SETFD, FD_CLOEXEC) }
        return sockets
    }

    /// The sockets that variables tell a process of.
    static func announced(by variables: [String: String], to process: pid_t) throws(ServerError) -> [HandedSocket] {
        guard let text = variables["LISTEN_FDS"] else { return [] }
        if let owner = variables["LISTEN_PID"], pid_t(owner) != process { return [] }
        let isNumber = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isNumber, let count = Int(text), (0...limit).contains(count) else {
            throw ServerError(
                kind: .cannotListen, message: "LISTEN_FDS is '\(text)', which is no number of sockets.",
                hint: "Whoever starts this process must say how many it hands down, or unset it.")
        }
        let names =
            variables["LISTEN_FDNAMES"]?.utf8
            .split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) } ?? []
        return (0..<count).map { index in
            HandedSocket(descriptor: first + CInt(index), name: index < names.count ? names[index] : nil)
        }
    }

    /// Checks that it is a stream socket that listens.
    private func check() throws(ServerError) {
        let problem: String
        var status = stat()
        if fstat(descriptor, &status) != 0 {
            problem = "is not open"
        } else if status.st_mode & S_IFMT != S_IFSOCK {
            problem = "is no socket"
        } else if option(SO_TYPE) != Listener.streamType {
            problem = "is no stream socket"
        } else if option(SO_ACCEPTCONN) == 0 {
            problem = "is a socket that does not listen"
        } else {
            return
        }
        throw ServerError(
            kind: .cannotListen,
            message: "The descriptor \(descriptor)\(name.map { " ('\($0)')" } ?? "") that was handed down \(problem).",
            hint: "LISTEN_FDS must count sockets of ListenStream= with Accept=no, from descriptor 3 on.")
    }

    private func option(_ name: CInt) -> CInt? {
        var value: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        return getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
    }
}
