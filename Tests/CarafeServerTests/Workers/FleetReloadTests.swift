import Testing

@testable import CarafeServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// New versions in place of old ones.
@Suite struct FleetReloadTests {
    @Test("each old worker goes when a new one serves in its place")
    func reload() {
        var driver = FleetDriver.serving()
        driver.command(.reload)
        #expect(driver.actions.contains(.start(worker: 3, version: 2)))
        #expect(driver.actions.contains(.start(worker: 4, version: 2)))
        #expect(driver.ordered.isEmpty)
        driver.ready(3)
        #expect(driver.ordered == [.order(worker: 1, .drain(after: 0))])
        driver.ready(4)
        #expect(driver.ordered.last == .order(worker: 2, .drain(after: 0)))
        #expect(driver.milestones == [.reloading, .reloaded])
    }

    @Test("a version that does not start leaves the old one serving, and its successors are of the old one")
    func brokenVersion() {
        var driver = FleetDriver.serving()
        driver.command(.reload)
        while driver.milestones.count < 2, let worker = driver.fleet.workers.last(where: { $0.version == 2 }) {
            driver.end(worker.number, .signal(SIGILL))
            driver.pass(.seconds(6))
        }
        #expect(driver.milestones == [.reloading, .reloadFailed("a worker was killed by signal 4")])
        #expect(driver.ordered.isEmpty)
        #expect(driver.fleet.workers.filter { $0.version == 1 && $0.isServing }.count == 2)
        driver.pass(.seconds(60))
        driver.forget()
        driver.end(1)
        guard case .start(_, let version) = driver.actions.first(where: { if case .start = $0 { true } else { false } })
        else { return #expect(Bool(false), "No worker was started.") }
        #expect(version == 1)
    }

    @Test("a new version with a wrong configuration is given up at once")
    func wrongConfiguration() {
        var driver = FleetDriver.serving()
        driver.command(.reload)
        driver.end(3, .exit(78))
        #expect(driver.milestones == [.reloading, .reloadFailed("a worker ended with the exit code 78")])
        #expect(driver.signals == [.signal(worker: 4, SIGKILL)])
        driver.end(4)
        #expect(driver.fleet.workers.map(\.number) == [1, 2])
    }

    @Test("an old worker that dies meanwhile is not replaced by another old one")
    func deathMeanwhile() {
        var driver = FleetDriver.serving()
        driver.command(.reload)
        driver.end(1)
        #expect(driver.started == [3, 4])
        driver.ready(3)
        #expect(driver.ordered.isEmpty)
        driver.ready(4)
        #expect(driver.ordered == [.order(worker: 2, .drain(after: 0))])
    }

    @Test("reloads that are asked for during a reload are one more after it")
    func during() {
        var driver = FleetDriver.serving(1)
        for _ in 0..<5 { driver.command(.reload) }
        #expect(driver.started == [2] && driver.signals.isEmpty)
        driver.ready(2)
        #expect(driver.milestones == [.reloading, .reloaded])
        driver.end(1, .exit(0))
        driver.ready(3)
        driver.end(2, .exit(0))
        driver.pass(.seconds(60))
        #expect(driver.milestones == [.reloading, .reloaded, .reloading, .reloaded])
        #expect(driver.fleet.workers.map(\.version) == [3])
    }

    @Test("what follows a reload waits until its end has been told, and no longer")
    func toldFirst() {
        var fleet = FleetDriver.serving(1).fleet
        fleet.command(.reload, now: .zero)
        fleet.command(.reload, now: .zero)
        _ = fleet.takeActions()
        fleet.received(.ready, from: 2, now: .zero)
        fleet.tick(.zero)
        #expect(fleet.version == 2 && fleet.nextDeadline == .zero)
        #expect(fleet.takeActions().last == .reached(.reloaded))
        fleet.tick(.zero)
        #expect(fleet.version == 3)
    }

    @Test("a reload whose workers do not come to serve gives way to the next")
    func givesWay() {
        var driver = FleetDriver.serving(1)
        driver.command(.reload)
        driver.command(.reload)
        driver.end(2, .exit(1))
        #expect(driver.milestones.count == 3 && driver.milestones.last == .reloading)
        // The other way round: it has failed before the next one is asked for.
        driver.end(3, .exit(1))
        driver.command(.reload)
        driver.ready(driver.started.last ?? 0)
        #expect(driver.milestones.last == .reloaded)
        driver.end(1, .exit(0))
        #expect(driver.fleet.workers.map(\.version) == [4])
    }

    @Test("a version's number does not come again after it has failed")
    func numbers() {
        var driver = FleetDriver.serving(1)
        driver.command(.reload)
        driver.end(2, .exit(78))
        driver.command(.reload)
        #expect(driver.fleet.version == 3 && driver.fleet.provenVersion == 1)
    }

    @Test("workers of a supervisor that was replaced go on, and those that were leaving leave")
    func adopting() {
        var fleet = Fleet(FleetSettings(workers: 1))
        let left = [
            FleetWorker(number: 7, version: 0, stage: .leaving(until: .seconds(35)), process: 70, heard: .zero),
            FleetWorker(number: 8, version: 1, stage: .serving(since: .zero), process: 80, heard: .zero),
        ]
        fleet.begin(adopting: left, now: .zero)
        #expect(fleet.takeActions().isEmpty)
        fleet.ended(7, .exit(0), now: .seconds(1))
        fleet.ended(8, .signal(SIGKILL), now: .seconds(2))
        #expect(fleet.takeActions().contains(.start(worker: 9, version: 1)))
    }

    @Test("nothing is reloaded while the service ends")
    func ending() {
        var driver = FleetDriver.serving(1)
        driver.command(.drain)
        driver.command(.reload)
        #expect(driver.started.isEmpty)
        driver.end(1, .exit(0))
        #expect(driver.milestones == [.ended(0)])
    }
}
