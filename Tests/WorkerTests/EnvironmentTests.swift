import Foundation
import TestSupport
import Testing

/// What is around a service: logs, limits, sockets, service managers.
@Suite("Around a service with workers", .serialized, .mayBlock, .timeLimit(.minutes(10)))
struct EnvironmentTests {
    @Test("log files are opened anew after SIGUSR1, by the supervisor and by the workers")
    func logRotation() throws {
        let service = try Service()
        let old = service.folder.appending(path: "old")
        try FileManager.default.moveItem(at: service.folder.appending(path: "log"), to: old)
        service.signal(SIGUSR1)
        #expect(service.eventually { service.log.contains("The log files were opened anew.") })
        let client = Client(port: service.port)
        // Each worker does it when it gets to it.
        #expect(service.eventually { client.get("/flood/1") != .lost && Self.lines(service.log) >= 20 })
        let before = Self.lines(try String(contentsOf: old, encoding: .utf8))
        for _ in 0..<8 { _ = client.get("/flood/1") }
        #expect(Self.lines(try String(contentsOf: old, encoding: .utf8)) == before)
    }

    private static func lines(_ log: String) -> Int { log.components(separatedBy: "line 0 ").count - 1 }

    @Test("a full disk under the logs stops nothing")
    func fullDisk() throws {
        let service = try Service(waits: false)
        let port = try Self.port(of: service)
        try FileManager.default.removeItem(at: service.folder.appending(path: "log"))
        try FileManager.default.createSymbolicLink(
            atPath: service.folder.path + "/log", withDestinationPath: "/dev/full")
        #expect(try service.control("reopen-logs").code == 0)
        let load = Load(port: port)
        #expect(Client(port: port).get("/flood/2000") == .answer(status: 200, content: "flooded"))
        let victim = try #require(service.serving().first)
        kill(victim, SIGKILL)
        #expect(service.comesToServe(with: 2, without: [victim]))
        let counts = load.end()
        #expect(counts.refused == 0 && counts.lost <= 4 && counts.failed == 0)
    }

    @Test("a log that nobody reads does not keep the supervisor from replacing workers")
    func unreadLog() throws {
        // Its output is a pipe, and the workers flood it until it is full.
        let service = try Service(["--log-file", "/dev/stderr", "--timeout", "5"], waits: false)
        let port = try Self.port(of: service)
        let before = service.serving()
        Thread.detachNewThread { _ = Client(port: port).get("/flood/2000") }
        #expect(service.eventually { service.serving().count == 2 && service.serving() != before })
    }

    /// The port of a service whose log does not tell it, when two workers serve.
    private static func port(of service: Service) throws -> UInt16 {
        try #require(service.comesToServe(with: 2))
        let address = try #require(try service.status().addresses.first)
        return try #require(UInt16(address.split(separator: ":").last ?? ""))
    }

    @Test("out of descriptors accepting pauses, without computing meanwhile, and goes on when there are some")
    func descriptors() throws {
        let service = try Service(workers: 1, wrapper: ["prlimit", "--nofile=48:48"])
        let many = (0..<80).map { _ in RawSocket(port: service.port) }
        for client in many { client.send("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n") }
        #expect(service.eventually { service.log.contains("Accepting pauses") })
        // Those that are open are served.
        #expect(String(decoding: many[0].receive(), as: UTF8.self).hasPrefix("HTTP/1.1 200 "))
        let worker = try #require(service.processes().last)
        let before = Self.processorTime(of: worker)
        usleep(1_000_000)
        #expect(Self.processorTime(of: worker) - before < 0.2)
        for client in many { client.close() }
        #expect(Client(port: service.port).get("/") == .answer(status: 200, content: "Hello, World!"))
        #expect(service.processes().last == worker)
    }

    @Test("several addresses are served, a unix socket among them, whose file goes at the end")
    func addresses() throws {
        let place = TemporaryPath()
        let path = place.path
        let service = try Service(
            ["--socket-mode", "660"], address: ["--bind", "127.0.0.1:0", "--bind", "unix:\(path)"])
        #expect(try service.status().addresses == ["http://127.0.0.1:\(service.port)", "unix:\(path)"])
        var status = stat()
        #expect(lstat(path, &status) == 0 && status.st_mode & 0o777 == 0o660)
        let curl = try ChildProcess("curl", ["-s", "--unix-socket", path, "http://a.test/"])
        #expect(String(decoding: curl.readToEnd(), as: UTF8.self) == "Hello, World!")
        #expect(Client(port: service.port).get("/") == .answer(status: 200, content: "Hello, World!"))
        service.process.terminate()
        #expect(service.process.wait() == 0)
        #expect(access(path, F_OK) != 0)
        #expect(access(service.folder.path + "/control", F_OK) != 0)
    }

    @Test("sockets that were handed down are served by every worker")
    func handedDown() throws {
        let listener = RawSocket.listening()
        defer { listener.close() }
        let service = try Service([], ["LISTEN_FDS": "1"], descriptors: [listener.descriptor], address: [])
        #expect(service.port == listener.port)
        #expect(Client(port: service.port).get("/") == .answer(status: 200, content: "Hello, World!"))
        service.process.terminate()
        #expect(service.process.wait() == 0)
    }

    @Test("systemd is told when it is ready, reloads and stops, and that it lives")
    func systemd() throws {
        let place = TemporaryPath()
        let path = place.path
        let manager = RawSocket.datagrams(path)
        let service = try Service([], ["NOTIFY_SOCKET": path, "WATCHDOG_USEC": "400000"])
        #expect(service.eventually { manager.messages().contains("READY=1\nSTATUS=2 workers serve.") })
        #expect(service.eventually { manager.messages().contains("WATCHDOG=1") })
        service.signal(SIGHUP)
        #expect(service.eventually { manager.messages().contains { $0.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") } })
        #expect(service.eventually { manager.messages().filter { $0.hasPrefix("READY=1") }.count == 2 })
        service.process.terminate()
        #expect(service.eventually { manager.messages().contains("STOPPING=1") })
        #expect(service.process.wait() == 0)
    }

    @Test("WEB_CONCURRENCY says how many workers there are, unless the command line does")
    func webConcurrency() throws {
        let service = try Service(workers: 3, [], ["WEB_CONCURRENCY": "7"])
        #expect(try service.status().wanted == 3)
        let wrong = try ChildProcess(
            Service.executable, [], environment: ["CARAFE_SKIP_DOTENV": "1", "WEB_CONCURRENCY": "auto"])
        let output = String(decoding: wrong.readToEnd(), as: UTF8.self)
        #expect(wrong.wait() == 78)
        #expect(output.contains("The environment variable WEB_CONCURRENCY is 'auto'."))
    }

    @Test("the control socket is its user's alone, and ctl says where there is none")
    func control() throws {
        let service = try Service(workers: 1)
        var status = stat()
        #expect(lstat(service.folder.path + "/control", &status) == 0 && status.st_mode & 0o777 == 0o600)
        let nobody = try ChildProcess(Service.executable, ["ctl", "status", "--socket", "/no/such/socket"])
        let output = String(decoding: nobody.readToEnd(), as: UTF8.self)
        #expect(nobody.wait() == 69)
        #expect(output.contains("There is no supervisor at /no/such/socket: No such file or directory."))
        #expect(try service.control("stop").text == "The service stops.\n")
        #expect(service.process.wait() == 0)
    }

    /// The seconds that a process has computed for.
    private static func processorTime(of process: pid_t) -> Double {
        let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        let fields = (text.components(separatedBy: ") ").last ?? "").split(separator: " ")
        guard fields.count > 12 else { return 0 }
        return ((Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0)) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
