import Foundation
import TestSupport
import Testing

/// Workers that die, hang or have done enough.
@Suite("Workers", .serialized, .mayBlock, .timeLimit(.minutes(10)))
struct SupervisionTests {
    @Test("serve in processes of their own, and ctl tells of them")
    func status() throws {
        let service = try Service(workers: 3)
        let status = try service.status()
        #expect(status.state == "serving" && status.wanted == 3 && status.process == service.process.id)
        #expect(status.addresses == ["http://127.0.0.1:\(service.port)"])
        let processes = Set(service.serving())
        #expect(processes.count == 3 && !processes.contains(service.process.id))
        guard case .answer(200, let process) = Client(port: service.port).get("/pid") else {
            return #expect(Bool(false), "no answer")
        }
        #expect(processes.contains(pid_t(process) ?? 0))
        let table = try service.control("status")
        #expect(table.text.hasPrefix("serving for ") && table.code == 0, "\(table.text)")
        #expect(table.text.contains("worker  process"))
        service.process.terminate()
        #expect(service.process.wait() == 0)
    }

    @Test("are called by the executable's name, and nothing of the supervisor's variables is left to them")
    func names() throws {
        let service = try Service(workers: 1)
        let worker = try #require(service.serving().first)
        #expect(try String(contentsOfFile: "/proc/\(worker)/comm", encoding: .utf8) == "app\n")
        let variables = try String(contentsOfFile: "/proc/\(worker)/environ", encoding: .utf8)
        #expect(!variables.contains("NOTIFY_SOCKET") && variables.contains("LISTEN_FDS=1"))
    }

    @Test("that are killed are replaced; others do not notice, and nobody is refused", arguments: [true, false])
    func killed(keepsAlive: Bool) throws {
        let service = try Service()
        let load = Load(port: service.port, keepsAlive: keepsAlive)
        for _ in 0..<3 {
            load.goOn()
            let victim = try #require(service.serving().first)
            kill(victim, SIGKILL)
            #expect(service.comesToServe(with: 2, without: [victim]))
        }
        let counts = load.end()
        #expect(counts.refused == 0 && counts.failed == 0)
        // Four clients on two workers: all of them could be on one.
        #expect(counts.lost <= 3 * 4, "\(counts.lost) lost")
        #expect(try service.status().deaths == 3)
    }

    @Test(
        "that trap are replaced, and the log says what the signal was",
        arguments: ["index", "nil", "overflow", "stack"])
    func traps(kind: String) throws {
        let service = try Service()
        let client = Client(port: service.port)
        #expect(client.get("/trap/\(kind)") == .lost)
        #expect(client.get("/") == .answer(status: 200, content: "Hello, World!"))
        #expect(service.eventually { service.log.contains("was killed by signal") })
        #expect(service.comesToServe(with: 2))
    }

    @Test("whose event loop hangs take no connection: others serve meanwhile")
    func hang() throws {
        let service = try Service(["--timeout", "0", "--threads", "1"])
        let port = service.port
        Thread.detachNewThread { _ = Client(port: port).get("/loop") }
        #expect(service.eventually { service.log.contains("looping") })
        let load = Load(port: port, keepsAlive: false)
        load.goOn(100)
        #expect(load.end().isFlawless)
    }

    @Test("whose event loop hangs are replaced after the timeout")
    func timeout() throws {
        let service = try Service(["--timeout", "5", "--threads", "1"])
        let before = service.serving()
        let port = service.port
        Thread.detachNewThread { _ = Client(port: port).get("/loop") }
        #expect(service.eventually { service.log.contains("hangs: one of its event loops has done nothing for 5 s") })
        #expect(service.eventually { service.serving().count == 2 && service.serving() != before })
        #expect(Client(port: port).get("/") == .answer(status: 200, content: "Hello, World!"))
    }

    @Test("that have answered enough are replaced without losing a request")
    func maxRequests() throws {
        let service = try Service(["--max-requests", "20"])
        let before = service.serving()
        let load = Load(port: service.port)
        #expect(service.comesToServe(with: 2, without: before))
        let counts = load.end()
        #expect(counts.isFlawless, "\(counts.lost) lost")
        #expect(service.log.contains("requests and is replaced"))
        #expect(try service.status().deaths == 0)
    }

    @Test("that somebody sends SIGTERM are replaced first")
    func terminated() throws {
        let service = try Service()
        let load = Load(port: service.port)
        load.goOn()
        let victim = try #require(service.serving().first)
        kill(victim, SIGTERM)
        #expect(service.comesToServe(with: 2, without: [victim]))
        let counts = load.end()
        #expect(counts.isFlawless, "\(counts.lost) lost")
    }

    @Test("finish what they do and end where their supervisor was killed, and the port is free")
    func orphans() throws {
        let service = try Service()
        let workers = service.serving()
        let load = Load(port: service.port, "/slow/300")
        load.goOn(4)
        service.process.kill()
        #expect(service.eventually { workers.allSatisfy { kill($0, 0) != 0 || Self.isZombie($0) } })
        let counts = load.end()
        #expect(counts.lost == 0)
        #expect(Client(port: service.port).get("/") == .refused)
    }

    @Test(
        "that never come to serve end the service with a reason",
        arguments: [("trap", 70), ("CARAFE_MAX_FORM_PARTS", 78)])
    func neverServing(what: String, code: Int32) throws {
        let variables = what == "trap" ? ["CHAOS_START": "trap"] : [what: "many"]
        let service = try Service([], variables, waits: false)
        #expect(service.process.wait() == code)
        if what == "trap" { #expect(service.log.contains("Giving up.")) }
    }

    @Test("may be more or fewer, by signal and by ctl")
    func resizing() throws {
        let service = try Service(workers: 1)
        service.signal(SIGTTIN)
        #expect(service.comesToServe(with: 2))
        let more = try service.control("ttin")
        #expect(more.text == "3 workers are wanted.\n" && more.code == 0)
        #expect(service.comesToServe(with: 3))
        service.signal(SIGTTOU)
        #expect(service.comesToServe(with: 2))
        // Two at a time would be one.
        service.signal(SIGTTOU)
        #expect(service.comesToServe(with: 1))
        #expect(try service.control("ttou").code == 1)
    }

    /// A process that has ended and whose parent, in a container without a first process that cares, has not noticed.
    private static func isZombie(_ process: pid_t) -> Bool {
        let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ") Z"
        return text.contains(") Z")
    }
}
