import Testing

import CarafeHTTP
@testable import CarafeServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a supervisor decides, without processes.
@Suite struct FleetTests {
    @Test("as many workers are started as are wanted, and the service serves when all do")
    func start() {
        var driver = FleetDriver(workers: 3)
        #expect(driver.started == [1, 2, 3])
        driver.ready(1)
        driver.ready(3)
        #expect(driver.milestones.isEmpty)
        driver.ready(2)
        #expect(driver.milestones == [.serving])
    }

    @Test("a worker that dies is replaced at once")
    func death() {
        var driver = FleetDriver.serving()
        driver.pass(.seconds(5))
        driver.end(1, .signal(SIGSEGV))
        #expect(driver.started == [3])
        #expect(driver.hasLogged("Worker 1 was killed by signal 11. Another one takes its place."))
    }

    @Test("where workers keep dying the pauses grow, up to five seconds")
    func backOff() {
        var driver = FleetDriver.serving(1)
        var pauses: [Duration] = []
        for _ in 0..<9 {
            guard let number = driver.fleet.workers.first?.number else { break }
            driver.end(number)
            var pause = Duration.zero
            driver.forget()
            while !driver.fleet.workers.contains(where: \.isRunning), pause < .seconds(10) {
                pause += .milliseconds(100)
                driver.pass(.milliseconds(100))
            }
            pauses.append(pause)
            driver.ready(driver.fleet.workers[0].number)
        }
        #expect(pauses.map(\.milliseconds) == [0, 100, 200, 400, 800, 1600, 3200, 5000, 5000])
        // One that has lived long has not died of what the others died of.
        driver.pass(.seconds(2))
        driver.forget()
        driver.end(driver.fleet.workers[0].number)
        #expect(driver.started.count == 1)
    }

    @Test("a service of which no worker ever serves ends, with the workers' exit code", arguments: [1, 71] as [CInt])
    func crashLoop(code: CInt) {
        var driver = FleetDriver(workers: 1)
        for _ in 0..<5 {
            driver.end(driver.fleet.workers[0].number, .exit(code))
            driver.pass(.seconds(6))
        }
        #expect(driver.started.count == 5)
        #expect(driver.milestones.first == .ended(code))
        #expect(driver.hasLogged("The app does not start: a worker ended with the exit code \(code). Giving up."))
    }

    @Test("a wrong configuration ends the service with the first worker", arguments: [64, 78] as [CInt])
    func wrongConfiguration(code: CInt) {
        var driver = FleetDriver(workers: 2)
        driver.end(1, .exit(code))
        #expect(driver.ordered == [.order(worker: 2, .stop)])
        driver.end(2, .exit(0))
        #expect(driver.milestones == [.ended(code)])
    }

    @Test("an app that traps before it serves ends with 70 after five attempts")
    func trapAtStart() {
        var driver = FleetDriver(workers: 4)
        while !driver.fleet.isEnding, let worker = driver.fleet.workers.first(where: \.isRunning) {
            driver.end(worker.number, .signal(SIGILL))
            driver.pass(.seconds(6))
        }
        for worker in driver.fleet.workers { driver.end(worker.number) }
        #expect(driver.milestones.last == .ended(70))
    }

    @Test("a worker that does not come to serve is killed, and counts as one that failed")
    func startTimeout() {
        var driver = FleetDriver(workers: 1) { $0.startTimeout = .seconds(10) }
        driver.pass(.seconds(9))
        #expect(driver.signals.isEmpty)
        driver.pass(.seconds(1))
        #expect(driver.signals == [.signal(worker: 1, SIGKILL)])
        #expect(driver.fleet.failedStarts == 1)
    }

    @Test("a worker whose event loop is silent for longer than the timeout is aborted, replaced at once, and killed")
    func hang() {
        var driver = FleetDriver.serving(2) { $0.timeout = .seconds(30) }
        driver.pass(.seconds(29), silent: [1])
        #expect(driver.signals.isEmpty)
        driver.pass(.seconds(1), silent: [1])
        #expect(driver.signals == [.signal(worker: 1, SIGABRT)])
        #expect(driver.started == [3])
        #expect(driver.hasLogged("Worker 1 hangs"))
        driver.pass(.seconds(2), silent: [1])
        #expect(driver.signals.last == .signal(worker: 1, SIGKILL))
    }

    @Test("one silent event loop among several is enough")
    func silentLoop() {
        var driver = FleetDriver.serving(1) { $0.timeout = .seconds(30) }
        driver.report(.alive(WorkerVitals(silence: 29_000)), 1)
        driver.pass(.zero, silent: [1])
        #expect(driver.signals.isEmpty)
        driver.pass(.seconds(1), silent: [1])
        #expect(driver.signals == [.signal(worker: 1, SIGABRT)])
    }

    @Test("without a timeout nobody is held to hang")
    func noTimeout() {
        var driver = FleetDriver.serving(1) { $0.timeout = .zero }
        driver.pass(.seconds(100_000), silent: [1])
        #expect(driver.signals.isEmpty)
        #expect(driver.fleet.nextDeadline == nil)
    }

    @Test("a worker that asks to leave goes when another serves", arguments: [WorkerReport.Reason.requests, .signal])
    func leaving(reason: WorkerReport.Reason) {
        var driver = FleetDriver.serving()
        driver.report(.leaving(reason), 1)
        #expect(driver.started == [3])
        #expect(driver.ordered.isEmpty)
        // It asks as long as it is there.
        driver.report(.leaving(reason), 1)
        #expect(driver.started == [3])
        driver.ready(3)
        #expect(driver.ordered == [.order(worker: 1, .drain(after: 0))])
        driver.end(1, .exit(0))
        #expect(driver.fleet.deaths == 0)
        #expect(driver.started == [3])
    }

    @Test("TTIN adds a worker, TTOU ends one, and the last one stays")
    func resizing() {
        var driver = FleetDriver.serving(1)
        driver.command(.addWorker)
        #expect(driver.started == [2])
        driver.ready(2)
        driver.command(.removeWorker)
        #expect(driver.ordered == [.order(worker: 2, .drain(after: 0))])
        driver.end(2, .exit(0))
        driver.command(.removeWorker)
        #expect(driver.fleet.settings.workers == 1)
        #expect(driver.ordered.count == 1)
    }

    @Test("draining gives the delay to all, and kills what takes longer than everything together")
    func drain() {
        var driver = FleetDriver.serving(2) { ($0.drainDelay, $0.gracefulTimeout) = (.seconds(5), .seconds(30)) }
        driver.command(.drain)
        #expect(driver.ordered == [1, 2].map { .order(worker: $0, .drain(after: 5000)) })
        driver.end(1, .exit(0))
        driver.pass(.seconds(39))
        #expect(driver.signals.isEmpty && driver.milestones.isEmpty)
        driver.pass(.seconds(1))
        #expect(driver.signals == [.signal(worker: 2, SIGKILL)])
        driver.end(2)
        #expect(driver.milestones == [.ended(0)])
        #expect(driver.started.isEmpty)
    }

    @Test("told to drain twice, or to stop, workers break off what they do")
    func stop() {
        var driver = FleetDriver.serving(1)
        driver.command(.drain)
        driver.command(.drain)
        #expect(driver.ordered == [.order(worker: 1, .drain(after: 0)), .order(worker: 1, .stop)])
        driver.pass(.seconds(5))
        #expect(driver.signals == [.signal(worker: 1, SIGKILL)])
    }

    @Test("log files are opened anew by every worker")
    func reopenLogs() {
        var driver = FleetDriver.serving()
        driver.command(.reopenLogs)
        #expect(driver.ordered == [1, 2].map { .order(worker: $0, .reopenLogs) })
    }
}
