import Foundation
import TestSupport
import Testing

/// Clients that dawdle, beside clients that do not: these must hardly notice. `make chaos` runs them.
@Suite(
    "Slow clients beside a steady load", .serialized, .mayBlock,
    .enabled(if: Experiment.seconds > 0, "make chaos runs them"), .timeLimit(.minutes(30)))
struct SlowClientTests {
    /// What slow clients do.
    struct Manner: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let count: Int
        let first: String
        var more = ""
        var reads = true
        /// The most bytes of memory for each.
        let memory: Int
        /// Whether the server gives them up within the time that `make chaos` gives it.
        var isGivenUp = false
    }

    static let manners = [
        Manner(
            testDescription: "1,000 heads of one byte a second", count: 1000,
            first: "GET / HTTP/1.1\r\nHost: a.test\r\nX: ",
            more: "x", memory: 25 * 1024, isGivenUp: true),
        Manner(
            testDescription: "1,000 bodies of one byte a second", count: 1000,
            first: "POST /take HTTP/1.1\r\nHost: a.test\r\nContent-Length: 100000\r\n\r\n", more: "x",
            memory: 25 * 1024, isGivenUp: true),
        Manner(
            testDescription: "200 readers of 64 MiB that never read", count: 200,
            first: "GET /large HTTP/1.1\r\nHost: a.test\r\n\r\n", reads: false, memory: 512 * 1024),
        Manner(
            testDescription: "5,000 idle connections", count: 5000, first: "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n",
            memory: 25 * 1024),
    ]

    @Test("leave the others' times as they are, and take little memory", arguments: manners)
    func slow(manner: Manner) throws {
        let service = try Service()
        let quiet = try measure(service)
        let before = try service.status().memory
        let slow = SlowClients(
            manner.count, port: service.port, first: manner.first, more: manner.more, reads: manner.reads)
        #expect(slow.count == manner.count)
        let counts = try measure(service)
        // Its workers tell once a second what they have.
        let each = (try service.status().memory - before) / manner.count
        Experiment.report(
            manner.testDescription,
            "\(each / 1024) KiB each; p99 alone \(String(format: "%.0f", quiet.quantile(0.99))) ms", counts)
        #expect(counts.isFlawless && quiet.isFlawless)
        #expect(counts.quantile(0.99) <= 2 * quiet.quantile(0.99))
        #expect(each <= manner.memory)
        if manner.isGivenUp { #expect(service.eventually { slow.open == 0 }) }
        slow.end()
        #expect(service.eventually { (try? service.status().workers.map(\.connections).reduce(0, +)) == 0 })
    }

    private func measure(_ service: Service) throws -> Load.Counts {
        let load = Load(port: service.port, clients: 8)
        usleep(UInt32(Experiment.seconds * 500_000))
        return load.end()
    }
}
