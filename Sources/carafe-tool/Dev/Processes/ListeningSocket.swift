#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The socket that the tool opens once and every process of the app serves in turn: what arrives meanwhile waits in it.
struct ListeningSocket: Sendable {
    let descriptor: CInt
    /// The address as a browser takes it.
    let url: String

    /// How many connections the system keeps waiting while nobody accepts them.
    private static let backlog: CInt = 4096

    /// Listens.
    ///
    /// - Throws: ``ToolError`` that says what is in the way
    init(host: String, port: Int) throws {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        #if canImport(Glibc)
            hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = CInt(SOCK_STREAM)
        #endif
        hints.ai_flags = AI_PASSIVE
        var found: UnsafeMutablePointer<addrinfo>?
        let result = getaddrinfo(host, String(port), &hints, &found)
        guard result == 0, let address = found?.pointee else {
            throw ToolError("The host \(host) is unknown: \(String(cString: gai_strerror(result))).")
        }
        defer { freeaddrinfo(found) }
        let descriptor = socket(address.ai_family, address.ai_socktype, 0)
        guard descriptor >= 0 else { throw ToolError("No socket: \(String(cString: strerror(errno))).") }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var on: CInt = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<CInt>.size))
        guard bind(descriptor, address.ai_addr, address.ai_addrlen) == 0, listen(descriptor, Self.backlog) == 0 else {
            let problem = errno
            close(descriptor)
            throw Self.error(problem, host: host, port: port)
        }
        self.descriptor = descriptor
        let shown = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        url = "http://\(shown):\(Self.port(of: descriptor) ?? port)"
    }

    private static func port(of descriptor: CInt) -> Int? {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard result == 0 else { return nil }
        // The port stands at the same place in an IPv4 and in an IPv6 address.
        return withUnsafeBytes(of: &address) { Int($0[2]) << 8 | Int($0[3]) }
    }

    private static func error(_ problem: CInt, host: String, port: Int) -> ToolError {
        switch problem {
        case EADDRINUSE:
            let next = port < 65_535 ? port + 1 : port - 1
            guard let holder = PortHolder.find(port: port) else {
                return ToolError(
                    "Port \(port) is in use by another program. Stop it, or choose another port: --port \(next).")
            }
            return ToolError(
                """
                Port \(port) is in use by process \(holder.process): \(holder.command)
                Stop it (kill \(holder.process)), or choose another port: --port \(next).
                """)
        case EACCES:
            return ToolError("Port \(port) is not allowed: ports below 1024 need privileges. Choose a higher one.")
        case EADDRNOTAVAIL:
            return ToolError(
                "This machine has no address \(host). Take 127.0.0.1 for this machine alone, 0.0.0.0 for the network.")
        default: return ToolError("Listening on \(host):\(port) failed: \(String(cString: strerror(problem))).")
        }
    }
}

/// The process that holds a port, as Linux tells it in /proc.
struct PortHolder {
    let process: Int
    /// Its command line.
    let command: String

    /// - Returns: nil where it cannot be told: another user's process, or another system
    static func find(port: Int) -> PortHolder? {
        let sockets = ["tcp", "tcp6"].flatMap { listening(port, in: "/proc/net/\($0)") }
        guard !sockets.isEmpty else { return nil }
        for name in Folder.names(in: "/proc") ?? [] {
            guard let process = Int(name), holds(process, sockets) else { continue }
            let bytes = (try? TextFile.bytes(of: "/proc/\(name)/cmdline")) ?? []
            let command = String(decoding: bytes.map { $0 == 0 ? 0x20 : $0 }, as: UTF8.self)
            return PortHolder(process: process, command: command.isEmpty ? "(unknown)" : command)
        }
        return nil
    }

    /// The inodes of the sockets that listen on a port.
    private static func listening(_ port: Int, in file: String) -> [String] {
        let text = String(decoding: (try? TextFile.bytes(of: file)) ?? [], as: UTF8.self)
        return text.split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 9, fields[3] == "0A", let local = fields[1].split(separator: ":").last,
                Int(local, radix: 16) == port
            else { return nil }
            return "socket:[\(fields[9])]"
        }
    }

    private static func holds(_ process: Int, _ sockets: [String]) -> Bool {
        let folder = "/proc/\(process)/fd"
        return (Folder.names(in: folder) ?? []).contains { name in
            var target = [CChar](repeating: 0, count: 64)
            let count = readlink("\(folder)/\(name)", &target, target.count - 1)
            guard count > 0 else { return false }
            let link = String(decoding: target.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            return sockets.contains(link)
        }
    }
}
