import NIOCore
import Testing

@testable import CarafeServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct ServiceManagerTests {
    /// A service manager's socket, at a path or at an abstract name after `@`.
    private func socket(at name: String) throws -> CInt {
        #if canImport(Glibc)
            let descriptor = Glibc.socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
        #else
            let descriptor = Musl.socket(AF_UNIX, SOCK_DGRAM, 0)
        #endif
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            bytes.copyBytes(from: name.utf8)
            if name.utf8.first == 0x40 { bytes[0] = 0 }
        }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size - 108 + name.utf8.count)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        try #require(result == 0)
        return descriptor
    }

    @Test("systemd is told over a path and over an abstract name", arguments: ["", "@"])
    func states(prefix: String) throws {
        let name = prefix + temporaryPath()
        let descriptor = try socket(at: name)
        defer {
            close(descriptor)
            unlink(name)
        }
        let manager = ServiceManager(variables: ["NOTIFY_SOCKET": name])
        manager.notify(.ready, .status("2 workers serve."))
        manager.notify(.stopping)
        manager.notify(.reloading)
        let link = PacketSocket(descriptor: descriptor)
        #expect(link.receiveNow() == .message("READY=1\nSTATUS=2 workers serve."))
        #expect(link.receiveNow() == .message("STOPPING=1"))
        guard case .message(let text) = link.receiveNow() else { return #expect(Bool(false), "nothing came") }
        #expect(text.hasPrefix("RELOADING=1\nMONOTONIC_USEC="))
    }

    @Test("nobody is told where there is no service manager, or none that listens")
    func nobody() {
        for variables in [[:], ["NOTIFY_SOCKET": ""], ["NOTIFY_SOCKET": "/no/such"], ["NOTIFY_SOCKET": "relative"]] {
            ServiceManager(variables: variables).notify(.ready)
        }
        ServiceManager(variables: ["NOTIFY_SOCKET": "/" + String(repeating: "x", count: 200)]).notify(.ready)
    }

    @Test(
        "the watchdog wants a sign of life twice in its time, from the process that it names",
        arguments: [
            (["NOTIFY_SOCKET": "/x", "WATCHDOG_USEC": "3000000"], Duration.milliseconds(1500)),
            (["NOTIFY_SOCKET": "/x", "WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "7"], .milliseconds(1500)),
            (["NOTIFY_SOCKET": "/x", "WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "8"], nil),
            (["NOTIFY_SOCKET": "/x", "WATCHDOG_USEC": "0"], nil),
            (["NOTIFY_SOCKET": "/x", "WATCHDOG_USEC": "-1"], nil),
            (["NOTIFY_SOCKET": "/x"], nil), (["WATCHDOG_USEC": "3000000"], nil),
        ] as [([String: String], Duration?)])
    func watchdog(variables: [String: String], interval: Duration?) {
        #expect(ServiceManager(variables: variables, process: 7).watchdogInterval == interval)
    }
}
