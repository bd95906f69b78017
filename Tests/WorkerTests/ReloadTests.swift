import Foundation
import TestSupport
import Testing

/// New versions in place of old ones, and the end.
@Suite("A service with workers", .enabled(if: Service.isReleased, "make chaos runs them"), .timeLimit(.minutes(5)))
struct ReloadTests {
    @Test("reloads after SIGHUP without losing a request", arguments: [true, false])
    func reload(keepsAlive: Bool) throws {
        let service = try Service()
        let load = Load(port: service.port, keepsAlive: keepsAlive)
        for _ in 0..<3 {
            let before = service.serving()
            usleep(200_000)
            service.signal(SIGHUP)
            #expect(
                service.eventually { service.serving().count == 2 && Set(service.serving()).isDisjoint(with: before) })
        }
        let counts = load.end()
        #expect(counts.lost == 0 && counts.refused == 0 && counts.failed == 0 && counts.answered > 50, "\(counts.lost)")
        #expect(try service.status().reloads == 3)
    }

    @Test("answers long requests of old workers while new ones serve already")
    func longRequests() throws {
        let service = try Service()
        let load = Load(port: service.port, path: "/slow/1500", clients: 4)
        usleep(300_000)
        #expect(try service.control("reload", json: false).text == "2 new workers serve.\n")
        let counts = load.end()
        #expect(counts.answered >= 4 && counts.lost == 0)
    }

    @Test("stays as it is where the new version does not start, and says so")
    func brokenVersion() throws {
        let service = try Service()
        let before = service.serving()
        let load = Load(port: service.port)
        try service.replaceExecutable(with: "/bin/false")
        let answer = try service.control("reload", json: false)
        #expect(answer.code == 1)
        #expect(service.log.contains("The new version does not start: a worker ended with the exit code 1."))
        #expect(service.serving() == before)
        // What dies now comes back as what it was.
        kill(try #require(before.first), SIGKILL)
        #expect(service.eventually { service.serving().count == 2 && service.serving() != before })
        let counts = load.end()
        #expect(counts.refused == 0 && counts.lost <= 8)
    }

    @Test("replaces its supervisor in place after SIGUSR2, without losing a request")
    func upgrade() throws {
        let service = try Service()
        let before = service.serving()
        let load = Load(port: service.port)
        let copy = service.folder.appending(path: "new version").path
        try FileManager.default.copyItem(atPath: Service.executable, toPath: copy)
        try service.replaceExecutable(with: copy)
        service.signal(SIGTTIN)
        #expect(service.eventually { service.serving().count == 3 })
        service.signal(SIGUSR2)
        #expect(
            service.eventually { service.log.contains("The supervisor was replaced; ") && service.serving().count == 3 }
        )
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(service.process.id)/exe") == copy)
        #expect(service.eventually { service.serving().count == 3 && Set(service.serving()).isDisjoint(with: before) })
        // It supervises what it has taken over.
        kill(try #require(service.serving().first), SIGKILL)
        #expect(service.eventually { service.log.contains("was killed by signal 9") && service.serving().count == 3 })
        service.signal(SIGHUP)
        #expect(service.eventually { (try? service.status().reloads) == 1 })
        let counts = load.end()
        #expect(counts.refused == 0 && counts.failed == 0 && counts.lost <= 8, "\(counts.lost)")
        service.process.terminate()
        #expect(service.process.wait() == 0)
    }

    @Test("keeps its supervisor where the new version does not start")
    func brokenUpgrade() throws {
        let service = try Service()
        let load = Load(port: service.port)
        try service.replaceExecutable(with: "/bin/false")
        #expect(try service.control("upgrade").code == 1)
        let counts = load.end()
        #expect(counts.lost == 0 && counts.refused == 0)
        #expect(try service.status().process == service.process.id)
    }

    @Test("drains after SIGTERM: every request that was taken is answered, hooks run, and it ends with 0")
    func drain() throws {
        let ended = FileManager.default.temporaryDirectory.appending(path: "cw-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: ended, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: ended) }
        let service = try Service([], ["CHAOS_ENDED": ended.path])
        let workers = service.serving()
        let loads = [true, false].map { Load(port: service.port, path: "/slow/100", keepsAlive: $0) }
        usleep(300_000)
        service.process.terminate()
        #expect(service.process.wait() == 0)
        for load in loads { #expect(load.end().lost == 0) }
        let hooks = try FileManager.default.contentsOfDirectory(atPath: ended.path)
        #expect(Set(hooks.compactMap { pid_t($0) }) == Set(workers))
    }

    @Test("is no longer ready during the delay, but serves")
    func drainDelay() throws {
        let service = try Service(["--drain-delay", "1"])
        let client = Client(port: service.port)
        #expect(client.get("/readyz") == .answer(status: 200, content: "ready"))
        service.process.terminate()
        #expect(service.eventually { client.get("/readyz") == .answer(status: 503, content: "stopping") })
        #expect(client.get("/") == .answer(status: 200, content: "Hello, World!"))
        #expect(service.process.wait() == 0)
        #expect(client.get("/") == .refused)
    }

    @Test(
        "ends at once after a second SIGTERM, and after SIGINT", arguments: [[SIGTERM, SIGTERM], [SIGINT], [SIGQUIT]])
    func stop(signals: [Int32]) throws {
        let service = try Service()
        let load = Load(port: service.port, path: "/slow/60000", clients: 1)
        usleep(200_000)
        for signal in signals {
            service.signal(signal)
            usleep(300_000)
        }
        let start = Date()
        #expect(service.process.wait() == 0)
        #expect(Date().timeIntervalSince(start) < 10)
        _ = load.end()
    }

    @Test("closes WebSockets with 1001 when it ends")
    func webSockets() throws {
        let service = try Service(workers: 1)
        let client = RawSocket(port: service.port)
        client.send(
            "GET /socket HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
        #expect(String(decoding: client.receive(), as: UTF8.self).hasPrefix("HTTP/1.1 101 "))
        service.process.terminate()
        // A close frame whose first two bytes are the code.
        let frame = client.receive()
        #expect(frame.count > 3 && frame[0] == 0x88 && Int(frame[2]) << 8 | Int(frame[3]) == 1001)
        client.close()
        #expect(service.process.wait() == 0)
    }
}
