import CarafeHTTP
import Logging

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a supervisor knows of its workers and decides about them, without processes and without a clock: it is told what
/// has happened and when, and says what is to be done.
///
/// A worker is *fresh* where it runs the current version of the executable and is to stay; else it is *retired*: it serves
/// until a fresh one serves in its place.
struct Fleet {
    /// Something that is to be done.
    enum Action: Equatable {
        case start(worker: Int, version: Int)
        case order(worker: Int, WorkerOrder)
        case signal(worker: Int, CInt)
        case log(Logger.Level, String)
        case reached(Milestone)
    }

    /// Something that others wait for.
    enum Milestone: Equatable {
        /// As many workers serve as should, for the first time.
        case serving
        /// New workers are started in place of all others.
        case reloading
        /// As many workers of the new version serve as should.
        case reloaded
        /// The new version does not start; the old one goes on. Why.
        case reloadFailed(String)
        /// No worker is left. The supervisor's exit code.
        case ended(CInt)
    }

    /// What a supervisor may be asked for.
    enum Command: Equatable {
        /// New workers from the executable as it is now, in place of all others.
        case reload
        case addWorker
        case removeWorker
        case reopenLogs
        /// An end that lets running requests finish.
        case drain
        /// An end at once.
        case stop
    }

    var settings: FleetSettings
    var workers: [FleetWorker] = []
    /// The version of the executable that fresh workers run.
    private(set) var version = 1
    /// The last version of which a worker has served.
    var provenVersion: Int?
    /// Whether the service is being ended.
    private(set) var isEnding = false
    var isReloading = false
    /// Whether somebody has asked for a reload that has not begun.
    var isReloadWanted = false
    /// The number of workers that were killed by a signal or an exit code that nobody asked for.
    private(set) var deaths = 0

    var hasServed = false
    var exitCode: CInt = 0
    /// Workers of this version that have ended before one has served.
    var failedStarts = 0
    /// Workers that have died quickly, one after the other.
    var quickDeaths = 0
    /// Before this, no worker is started.
    var notBefore = Duration.zero
    private var lastNumber = 0
    private var lastVersion = 1
    private var actions: [Action] = []

    init(_ settings: FleetSettings) { self.settings = settings }

    /// What is to be done, each once.
    mutating func takeActions() -> [Action] {
        defer { actions = [] }
        return actions
    }

    mutating func act(_ action: Action) { actions.append(action) }

    mutating func log(_ level: Logger.Level, _ message: String) { actions.append(.log(level, message)) }

    // MARK: - What happens

    /// Begins, or goes on with the workers that another supervisor has left.
    mutating func begin(adopting workers: [FleetWorker] = [], now: Duration) {
        self.workers = workers
        lastNumber = workers.map(\.number).max() ?? 0
        if !workers.isEmpty { (hasServed, provenVersion) = (true, version) }
        settle(now)
    }

    /// A worker's process runs.
    mutating func started(_ number: Int, process: pid_t) {
        update(number) { $0.process = process }
    }

    /// A worker's process could not be started.
    mutating func failedToStart(_ number: Int, _ reason: String, now: Duration) {
        log(.error, "A worker cannot be started: \(reason).")
        workers.removeAll { $0.number == number }
        noteFailedStart(exitCode: 71, "it cannot be started (\(reason))", now)
        settle(now)
    }

    /// A worker has told something.
    mutating func received(_ report: WorkerReport, from number: Int, now: Duration) {
        update(number) { $0.heard = now }
        switch report {
        case .ready: becameReady(number, now)
        case .alive(let vitals): update(number) { $0.vitals = vitals }
        case .leaving(let reason): retire(number, reason)
        }
        settle(now)
    }

    /// A worker's process has ended.
    mutating func ended(_ number: Int, _ ending: ProcessEnding, now: Duration) {
        guard let worker = workers.first(where: { $0.number == number }) else { return }
        workers.removeAll { $0.number == number }
        switch worker.stage {
        case .leaving where ending == .exit(0): log(.info, "\(worker.name) has ended.")
        case .ending, .leaving: log(.warning, "\(worker.name) \(ending.text).")
        case .waiting, .starting:
            deaths += 1
            log(.error, "\(worker.name) \(ending.text) before it served.")
            if worker.version == version { noteFailedStart(exitCode: ending.exitCode, ending.text, now) }
        case .serving(let since):
            deaths += 1
            noteDeath(of: worker, livedFor: now - since, ending, now)
        }
        settle(now)
    }

    /// Somebody asks for something.
    mutating func command(_ command: Command, now: Duration) {
        switch command {
        case .reload where !isEnding:
            if isReloading, !isReloadWanted { log(.info, "Another reload follows the one that is under way.") }
            isReloadWanted = true
        case .addWorker where settings.workers < FleetSettings.mostWorkers: resize(by: 1)
        case .removeWorker where settings.workers > 1: resize(by: -1)
        case .reopenLogs:
            for worker in workers where worker.isRunning { act(.order(worker: worker.number, .reopenLogs)) }
        case .drain: isEnding ? end(atOnce: true, now) : end(atOnce: false, now)
        case .stop: end(atOnce: true, now)
        case .reload, .addWorker, .removeWorker: break
        }
        settle(now)
    }

    // MARK: - Steps of the above

    private mutating func becameReady(_ number: Int, _ now: Duration) {
        guard let worker = workers.first(where: { $0.number == number }), case .starting = worker.stage else { return }
        update(number) { $0.stage = .serving(since: now) }
        provenVersion = max(provenVersion ?? 0, worker.version)
        if worker.version == version { failedStarts = 0 }
        log(.info, "\(worker.name) serves.")
    }

    private mutating func retire(_ number: Int, _ reason: WorkerReport.Reason) {
        guard let worker = workers.first(where: { $0.number == number }), !worker.isAskedToLeave,
            case .serving = worker.stage
        else { return }
        update(number) { $0.isAskedToLeave = true }
        switch reason {
        case .requests: log(.info, "\(worker.name) has answered \(worker.vitals.served) requests and is replaced.")
        case .signal: log(.info, "\(worker.name) was sent SIGTERM and is replaced.")
        }
    }

    /// Begins the reload that was asked for, unless another one is under way. One that does not get on gives way: the
    /// executable may have been mended since.
    mutating func reloadIfWanted(_ now: Duration) {
        guard isReloadWanted, !isReloading || failedStarts > 0 || quickDeaths > 0 else { return }
        // Whoever waits for the last one is told first, while its version is still the current one.
        guard !actions.contains(.reached(.reloaded)) else { return }
        if isReloading { act(.reached(.reloadFailed("its workers do not get on, and another reload begins"))) }
        lastVersion += 1
        version = lastVersion
        (isReloadWanted, isReloading, failedStarts, quickDeaths, notBefore) = (false, true, 0, 0, now)
        log(.notice, "Reloading: \(settings.workers) new workers take the place of the old ones.")
        act(.reached(.reloading))
    }

    private mutating func resize(by change: Int) {
        settings.workers += change
        log(.notice, "\(settings.workers) workers are wanted from now on.")
    }

    private mutating func end(atOnce: Bool, _ now: Duration) {
        isEnding = true
        workers.removeAll { !$0.isRunning }
        let delay = settings.drainDelay
        let patience = atOnce ? .zero : delay + settings.gracefulTimeout
        for worker in workers {
            if case .ending = worker.stage { continue }
            act(.order(worker: worker.number, atOnce ? .stop : .drain(after: Int(delay.milliseconds))))
            update(worker.number) { $0.stage = .leaving(until: now + patience + FleetSettings.hooksTimeout) }
        }
    }

    /// Goes back to the version that serves, or ends where there is none.
    mutating func giveUp(exitCode: CInt, _ why: String, _ now: Duration) {
        guard let proven = provenVersion, proven != version else {
            log(.critical, "The app does not start: \(why). Giving up.")
            self.exitCode = exitCode == 0 ? 70 : exitCode
            return end(atOnce: true, now)
        }
        log(.error, "The new version does not start: \(why). The old one goes on.")
        workers.removeAll { $0.version == version && !$0.isRunning }
        for worker in workers where worker.version == version { kill(worker) }
        version = proven
        (isReloading, failedStarts, quickDeaths, notBefore) = (false, 0, 0, now)
        act(.reached(.reloadFailed(why)))
    }

    mutating func kill(_ worker: FleetWorker) {
        act(.signal(worker: worker.number, SIGKILL))
        update(worker.number) { $0.stage = .ending(until: nil) }
    }

    mutating func update(_ number: Int, _ change: (inout FleetWorker) -> Void) {
        guard let index = workers.firstIndex(where: { $0.number == number }) else { return }
        change(&workers[index])
    }

    /// One more worker, to be started as soon as it may be.
    mutating func addWorker(_ now: Duration) {
        lastNumber += 1
        workers.append(
            FleetWorker(number: lastNumber, version: version, stage: .waiting(until: max(now, notBefore)), heard: now))
    }

    /// Whether a worker runs the current version and is to stay.
    func isFresh(_ worker: FleetWorker) -> Bool { worker.version == version && !worker.isAskedToLeave }
}

extension ProcessEnding {
    /// For a log line: `was killed by signal 9`.
    var text: String {
        switch self {
        case .exit(let code): "ended with the exit code \(code)"
        case .signal(let signal): "was killed by signal \(signal)"
        }
    }

    /// The exit code with which a supervisor tells of it.
    var exitCode: CInt {
        switch self {
        case .exit(let code): code
        case .signal: 70
        }
    }
}
