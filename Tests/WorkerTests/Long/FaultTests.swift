import Foundation
import TestSupport
import Testing

/// The long forms of what the other suites do in short, with the figures of docs/reliability.md. `make chaos` runs them.
@Suite(
    "Faults under a steady load", .serialized,
    .enabled(if: Service.chaosSeconds > 0, "make chaos runs them"), .timeLimit(.minutes(30)))
struct ChaosTests {
    @Test("a worker is killed every second: lost are at most the requests in flight on it, refused is none")
    func kills() throws {
        let service = try Service()
        let load = Load(port: service.port)
        var kills = 0
        try repeating {
            guard let victim = service.serving().first else { return }
            kill(victim, SIGKILL)
            kills += 1
            usleep(1_000_000)
        }
        let counts = load.end()
        Self.report("kill -9 of a worker every second", counts, "\(kills) kills")
        #expect(counts.refused == 0 && counts.failed == 0)
        // Eight clients; all of them may be on the one that dies.
        #expect(counts.lost <= kills * 8)
    }

    @Test("a request traps every second: the same")
    func traps() throws {
        let service = try Service()
        let load = Load(port: service.port)
        var traps = 0
        try repeating {
            _ = Client(port: service.port).get("/trap/index")
            traps += 1
            usleep(1_000_000)
        }
        let counts = load.end()
        Self.report("a handler that traps every second", counts, "\(traps) traps")
        #expect(counts.refused == 0 && counts.failed == 0 && counts.lost <= traps * 8)
    }

    @Test("new code every three seconds: nothing is lost", arguments: [true, false])
    func reloads(keepsAlive: Bool) throws {
        let service = try Service()
        let load = Load(port: service.port, keepsAlive: keepsAlive)
        let long = Load(port: service.port, path: "/slow/5000", clients: 1)
        try repeating {
            service.signal(SIGHUP)
            usleep(3_000_000)
        }
        let counts = load.end()
        let slow = long.end()
        Self.report("SIGHUP every 3 s, \(keepsAlive ? "keep-alive" : "close")", counts, "\(slow.answered) of 5 s")
        #expect(counts.lost == 0 && counts.refused == 0 && counts.failed == 0)
        #expect(slow.lost == 0 && slow.refused == 0)
        #expect(service.eventually { (try? service.status().workers.count) == 2 })
    }

    @Test("a new supervisor every five seconds: nothing is lost")
    func upgrades() throws {
        let service = try Service()
        let load = Load(port: service.port)
        let descriptors = service.descriptorCount
        var upgrades = 0
        try repeating {
            service.signal(SIGUSR2)
            upgrades += 1
            usleep(5_000_000)
        }
        let counts = load.end()
        Self.report("SIGUSR2 every 5 s", counts, "\(upgrades) upgrades")
        #expect(counts.lost == 0 && counts.refused == 0 && counts.failed == 0)
        #expect(service.eventually { service.descriptorCount <= descriptors })
    }

    @Test("the service ends again and again: no request that was taken is lost")
    func ends() throws {
        var total = Load.Counts()
        var ends = 0
        try repeating {
            let service = try Service()
            let loads = [true, false].map { Load(port: service.port, clients: 4, keepsAlive: $0) }
            usleep(1_000_000)
            service.process.terminate()
            #expect(service.process.wait() == 0)
            for counts in loads.map({ $0.end() }) {
                total.answered += counts.answered
                total.lost += counts.lost
                total.failed += counts.failed
                total.times += counts.times
            }
            ends += 1
        }
        Self.report("SIGTERM", total, "\(ends) ends")
        #expect(total.lost == 0 && total.failed == 0)
    }

    private func repeating(_ body: () throws -> Void) throws {
        let end = Date().addingTimeInterval(Service.chaosSeconds)
        while Date() < end { try body() }
    }

    private static func report(_ what: String, _ counts: Load.Counts, _ note: String) {
        let times = [0.5, 0.99, 1].map { String(format: "%.0f", counts.quantile($0)) }.joined(separator: " / ")
        print(
            """
            | \(what) | \(note) | \(counts.answered) | \(counts.lost) | \(counts.refused) | \(counts.failed) \
            | \(times) ms |
            """)
    }
}
