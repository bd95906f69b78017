import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Tells systemd, or whoever else started this process as a service, how it fares (sd_notify(3)).
///
/// Without a service manager nothing is told.
package struct ServiceManager: Sendable {
    /// What may be told.
    package enum State: Equatable {
        case ready
        case reloading
        case stopping
        /// The watchdog's sign of life.
        case alive
        /// A line for `systemctl status`.
        case status(String)

        /// The message's text.
        var text: String {
            switch self {
            case .ready: "READY=1"
            // Type=notify-reload wants the time at which reloading began.
            case .reloading: "RELOADING=1\nMONOTONIC_USEC=\(Self.microseconds)"
            case .stopping: "STOPPING=1"
            case .alive: "WATCHDOG=1"
            case .status(let text): "STATUS=\(text)"
            }
        }

        private static var microseconds: Int {
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
        }
    }

    /// The variables that programs started by this one must not see.
    package static let variables = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"]

    /// Its socket; nil where there is none. A path, or an abstract name after `@`.
    private let address: String?
    /// How often it wants a sign of life: twice in the time after which it gives up; nil for never.
    package let watchdogInterval: Duration?

    /// The manager of which these variables tell.
    package init(variables: [String: String], process: pid_t = getpid()) {
        address = variables["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
        let isForThis = variables["WATCHDOG_PID"].map { pid_t($0) == process } ?? true
        let limit = variables["WATCHDOG_USEC"].flatMap { Int64($0) } ?? 0
        watchdogInterval = address != nil && isForThis && limit > 0 ? .microseconds(limit / 2) : nil
    }

    /// The manager of this process.
    package init() {
        var found: [String: String] = [:]
        for name in Self.variables { found[name] = ProcessEnvironment[name] }
        self.init(variables: found)
    }

    /// Tells it something. It never waits: a manager that does not listen holds no service up.
    package func notify(_ states: State...) {
        guard let address else { return }
        let text = states.map(\.text).joined(separator: "\n")
        let descriptor = socket(AF_UNIX, Self.datagram, 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var target = sockaddr_un()
        target.sun_family = sa_family_t(AF_UNIX)
        let path = Array(address.utf8)
        let room = MemoryLayout.size(ofValue: target.sun_path)
        guard path.count < room, let first = path.first, first == 0x2F || first == 0x40 else { return }
        withUnsafeMutableBytes(of: &target.sun_path) { bytes in
            bytes.copyBytes(from: path)
            // An abstract name begins with a zero byte.
            if first == 0x40 { bytes[0] = 0 }
        }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size - room + path.count)
        _ = withUnsafePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, text, text.utf8.count, Self.flags, $0, length)
            }
        }
    }

    #if canImport(Glibc)
        private static let datagram = CInt(SOCK_DGRAM.rawValue)
    #else
        private static let datagram = SOCK_DGRAM
    #endif
    #if canImport(Darwin)
        private static let flags = CInt(MSG_DONTWAIT)
    #else
        private static let flags = CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL)
    #endif
}
