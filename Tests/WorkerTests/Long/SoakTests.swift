import Foundation
import TestSupport
import Testing

/// A service for a long time: it takes no more memory and no more descriptors at the end than when it had warmed up.
/// `make soak` runs it.
@Suite(
    "A long time", .serialized, .mayBlock, .enabled(if: Experiment.soakSeconds > 0, "make soak runs it"),
    .timeLimit(.minutes(60 * 30)))
struct SoakTests {
    @Test("leaves memory and descriptors as they were, and loses no request")
    func soak() throws {
        let service = try Service()
        let loads = [
            Load(port: service.port, "/", "/slow/20", "/readyz", "/pid", clients: 8, pause: 5_000),
            Load(port: service.port, "/", "/remote", clients: 4, keepsAlive: false, pause: 5_000),
            Load(port: service.port, "/large", clients: 1, pause: 1_000_000),
        ]
        // A tenth of the time, and no less than the pools and caches take to fill.
        wait(max(5, Experiment.soakSeconds / 10), service, "warm-up")
        let before = try measure(service)
        for part in 1...9 { wait(Experiment.soakSeconds / 10, service, "\(part + 1) of 10") }
        let after = try measure(service)
        var total = Load.Counts()
        for load in loads { total += load.end() }
        Experiment.report(
            "\(Int(Experiment.soakSeconds)) s of a mix",
            "\(Experiment.mebibytes(before.memory)) after the warm-up, \(Experiment.mebibytes(after.memory)) at the end",
            total)
        #expect(total.isFlawless)
        #expect(after.memory - before.memory <= 4 * 1_048_576)
        #expect(after.descriptors <= before.descriptors + 16)
        #expect(try service.status().deaths == 0)
    }

    private func wait(_ seconds: Double, _ service: Service, _ what: String) {
        let end = Date().addingTimeInterval(seconds)
        while Date() < end { usleep(100_000) }
        if let memory = try? service.status().memory { print("\(what): \(Experiment.mebibytes(memory))") }
    }

    private func measure(_ service: Service) throws -> (memory: Int, descriptors: Int) {
        let workers = service.serving()
        return (try service.status().memory, workers.map(Service.descriptorCount).reduce(0, +))
    }
}
