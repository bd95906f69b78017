import Foundation
import TestSupport
import Testing

/// New versions in place of old ones.
@Suite("A service with workers", .serialized, .mayBlock, .timeLimit(.minutes(10)))
struct ReloadTests {
    @Test("reloads after SIGHUP without losing a request", arguments: [true, false])
    func reload(keepsAlive: Bool) throws {
        let service = try Service()
        let load = Load(port: service.port, keepsAlive: keepsAlive)
        for _ in 0..<3 {
            let before = service.serving()
            load.goOn()
            service.signal(SIGHUP)
            #expect(service.comesToServe(with: 2, without: before))
        }
        let counts = load.end()
        #expect(counts.isFlawless, "\(counts.lost) lost")
        #expect(try service.status().reloads == 3)
    }

    @Test("reloads once more, and only once, for all who ask for it during a reload")
    func reloadsDuringReload() throws {
        let gate = TemporaryPath()
        gate.makeFile()
        let service = try Service([], ["CHAOS_GATE": gate.path])
        gate.remove()
        let first = try service.ask("reload")
        #expect(try service.status().state == "reloading")
        let others = try (0..<5).map { _ in try service.ask("reload") }
        // It answers one after the other.
        #expect(try service.status().reloads == 0)
        gate.makeFile()
        for question in [first] + others { #expect(try question.receive().message == "2 new workers serve.") }
        let status = try service.status()
        #expect(status.reloads == 2 && status.state == "serving", "\(status)")
    }

    @Test("answers long requests of old workers while new ones serve already")
    func longRequests() throws {
        let service = try Service()
        let load = Load(port: service.port, "/slow/1500")
        load.goOn(1)
        #expect(try service.control("reload").text == "2 new workers serve.\n")
        let counts = load.end()
        #expect(counts.answered >= 4 && counts.isFlawless)
    }

    @Test("stays as it is where the new version does not start, and says so")
    func brokenVersion() throws {
        let service = try Service()
        let before = service.serving()
        let load = Load(port: service.port)
        try service.replaceExecutable(with: "/bin/false")
        let answer = try service.control("reload")
        #expect(answer.code == 1)
        #expect(service.log.contains("The new version does not start: a worker ended with the exit code 1."))
        #expect(service.serving() == before)
        // What dies now comes back as what it was.
        kill(try #require(before.first), SIGKILL)
        #expect(service.eventually { service.serving().count == 2 && service.serving() != before })
        let counts = load.end()
        #expect(counts.refused == 0 && counts.lost <= 4)
    }

    @Test("replaces its supervisor in place after SIGUSR2, without losing a request")
    func upgrade() throws {
        let service = try Service()
        let before = service.serving()
        let load = Load(port: service.port)
        let copy = service.folder.appending(path: "new version").path
        // By another process: one that any test starts meanwhile would inherit what this one has open for writing, and what
        // is open for writing is not executed.
        #expect(try ChildProcess("cp", [Service.executable, copy]).wait() == 0)
        try service.replaceExecutable(with: copy)
        service.signal(SIGTTIN)
        #expect(service.comesToServe(with: 3))
        service.signal(SIGUSR2)
        #expect(service.eventually { service.log.contains("The supervisor was replaced; ") }, "\(service.log)")
        #expect(service.comesToServe(with: 3, without: before))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(service.process.id)/exe") == copy)
        #expect(load.end().isFlawless)
        // It supervises what it has taken over.
        let victim = try #require(service.serving().first)
        kill(victim, SIGKILL)
        #expect(service.comesToServe(with: 3, without: [victim]))
        service.signal(SIGHUP)
        #expect(service.eventually { (try? service.status().reloads) == 1 })
        service.process.terminate()
        #expect(service.process.wait() == 0)
    }

    @Test("reloads in the new supervisor where that was asked for while the old one was being replaced")
    func reloadDuringUpgrade() throws {
        let gate = TemporaryPath()
        gate.makeFile()
        let service = try Service([], ["CHAOS_GATE": gate.path])
        gate.remove()
        let upgrade = try service.ask("upgrade")
        #expect(try service.status().state == "reloading")
        let reload = try service.ask("reload")
        #expect(try service.status().reloads == 0)
        gate.makeFile()
        #expect(try upgrade.receive().message == "2 new workers serve.")
        #expect(try reload.receive().message == "The supervisor is replaced; the reload follows.")
        #expect(service.eventually { (try? service.status().reloads) == 1 })
        #expect(service.log.contains("The supervisor was replaced; "))
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
}
