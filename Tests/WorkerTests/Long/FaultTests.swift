import Foundation
import TestSupport
import Testing

/// The long forms of what the other suites do in short, with the figures of docs/reliability.md. `make chaos` runs them.
@Suite(
    "Faults under a steady load", .serialized, .mayBlock,
    .enabled(if: Experiment.seconds > 0, "make chaos runs them"), .timeLimit(.minutes(30)))
struct FaultTests {
    @Test("a worker is killed every second: lost are at most the requests in flight on it, refused is none")
    func kills() throws {
        let service = try Service()
        let load = Load(port: service.port, clients: 8)
        var kills = 0
        try Experiment.repeating {
            guard let victim = service.serving().first else { return }
            kill(victim, SIGKILL)
            kills += 1
            usleep(1_000_000)
        }
        let counts = load.end()
        Experiment.report("`kill -9` of a worker every second", "\(kills) kills", counts)
        #expect(counts.refused == 0 && counts.failed == 0)
        // Eight clients; all of them may be on the one that dies.
        #expect(counts.lost <= kills * 8)
    }

    @Test("a request traps every second: the same")
    func traps() throws {
        let service = try Service()
        let load = Load(port: service.port, clients: 8)
        var traps = 0
        try Experiment.repeating {
            _ = Client(port: service.port).get("/trap/index")
            traps += 1
            usleep(1_000_000)
        }
        let counts = load.end()
        Experiment.report("a handler that traps every second", "\(traps) traps", counts)
        #expect(counts.refused == 0 && counts.failed == 0 && counts.lost <= traps * 8)
    }

    @Test("an event loop hangs every ten seconds: clients that connect anew do not notice")
    func hangs() throws {
        let service = try Service(["--timeout", "3", "--threads", "1"])
        let load = Load(port: service.port, clients: 8, keepsAlive: false)
        let port = service.port
        var hangs = 0
        try Experiment.repeating {
            Thread.detachNewThread { _ = Client(port: port).get("/loop") }
            hangs += 1
            usleep(10_000_000)
        }
        let counts = load.end()
        Experiment.report("a handler that computes for ever, `--timeout 3`, close", "\(hangs) hangs", counts)
        // What was under way on the loop that hangs.
        #expect(counts.refused == 0 && counts.failed == 0 && counts.lost <= hangs * 8)
    }

    @Test("new code every three seconds: nothing is lost", arguments: [true, false])
    func reloads(keepsAlive: Bool) throws {
        let service = try Service()
        let load = Load(port: service.port, clients: 8, keepsAlive: keepsAlive)
        let long = Load(port: service.port, "/slow/5000", clients: 1)
        let descriptors = Service.descriptorCount(of: service.process.id)
        try Experiment.repeating {
            service.signal(SIGHUP)
            usleep(3_000_000)
        }
        let counts = load.end()
        let slow = long.end()
        let reloads = (try? service.status().reloads) ?? 0
        Experiment.report(
            "`SIGHUP` every 3 s, \(keepsAlive ? "keep-alive" : "close")",
            "\(reloads) reloads, \(slow.answered) requests of 5 s", counts)
        #expect(counts.isFlawless && slow.isFlawless)
        #expect(service.eventually { (try? service.status().workers.count) == 2 })
        #expect(service.eventually { Service.descriptorCount(of: service.process.id) <= descriptors })
    }

    @Test("a new supervisor every five seconds: nothing is lost")
    func upgrades() throws {
        let service = try Service()
        let load = Load(port: service.port, clients: 8)
        let descriptors = Service.descriptorCount(of: service.process.id)
        var upgrades = 0
        try Experiment.repeating {
            service.signal(SIGUSR2)
            upgrades += 1
            usleep(5_000_000)
        }
        let counts = load.end()
        Experiment.report("`SIGUSR2` every 5 s", "\(upgrades) upgrades", counts)
        #expect(counts.isFlawless)
        #expect(service.eventually { Service.descriptorCount(of: service.process.id) <= descriptors })
    }

    @Test("workers are replaced after every hundred requests: nothing is lost")
    func maxRequests() throws {
        let service = try Service(["--max-requests", "100", "--max-requests-jitter", "50"])
        let load = Load(port: service.port, clients: 8)
        usleep(UInt32(Experiment.seconds * 1_000_000))
        let counts = load.end()
        let workers = (try? service.status().workers.map(\.number).max()) ?? 0
        Experiment.report("`--max-requests 100`", "\(workers) workers", counts)
        #expect(counts.isFlawless)
    }

    @Test("the service ends again and again: no request that was taken is lost")
    func ends() throws {
        var total = Load.Counts()
        var ends = 0
        try Experiment.repeating {
            let service = try Service()
            let loads = [true, false].map { Load(port: service.port, clients: 4, keepsAlive: $0) }
            usleep(1_000_000)
            service.process.terminate()
            #expect(service.process.wait() == 0)
            for load in loads { total += load.end() }
            ends += 1
        }
        // Those who come after the end are no concern of it.
        total.refused = 0
        Experiment.report("`SIGTERM`", "\(ends) ends", total)
        #expect(total.lost == 0 && total.failed == 0)
    }
}
