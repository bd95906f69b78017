import Logging

@testable import CarafeServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A fleet without processes: time passes when a test says so.
struct FleetDriver {
    var fleet: Fleet
    var now = Duration.zero
    /// What was done since it was last looked at.
    private(set) var actions: [Fleet.Action] = []

    init(workers: Int = 2, _ configure: (inout FleetSettings) -> Void = { _ in }) {
        var settings = FleetSettings(workers: workers)
        configure(&settings)
        fleet = Fleet(settings)
        fleet.begin(now: now)
        take()
    }

    /// One whose workers serve.
    static func serving(_ workers: Int = 2, _ configure: (inout FleetSettings) -> Void = { _ in }) -> FleetDriver {
        var driver = FleetDriver(workers: workers, configure)
        for number in driver.started { driver.ready(number) }
        driver.actions = []
        return driver
    }

    // MARK: - What happens

    mutating func ready(_ number: Int) { report(.ready, number) }

    mutating func report(_ report: WorkerReport, _ number: Int) {
        fleet.received(report, from: number, now: now)
        take()
    }

    mutating func end(_ number: Int, _ ending: ProcessEnding = .signal(SIGKILL)) {
        fleet.ended(number, ending, now: now)
        take()
    }

    mutating func command(_ command: Fleet.Command) {
        fleet.command(command, now: now)
        take()
    }

    /// Lets time pass; every worker that serves gives a sign of life at its end, but those that are silent.
    mutating func pass(_ time: Duration, silent: Set<Int> = []) {
        now += time
        for worker in fleet.workers where worker.isServing && !silent.contains(worker.number) {
            fleet.received(.alive(WorkerVitals()), from: worker.number, now: now)
        }
        fleet.tick(now)
        take()
    }

    private mutating func take() { actions += fleet.takeActions() }

    // MARK: - What was done

    /// The numbers of the workers that were started since the actions were last forgotten.
    var started: [Int] { actions.compactMap { if case .start(let worker, _) = $0 { worker } else { nil } } }

    var ordered: [Fleet.Action] { actions.filter { if case .order = $0 { true } else { false } } }

    var signals: [Fleet.Action] { actions.filter { if case .signal = $0 { true } else { false } } }

    var milestones: [Fleet.Milestone] {
        actions.compactMap { if case .reached(let milestone) = $0 { milestone } else { nil } }
    }

    func hasLogged(_ text: String) -> Bool {
        actions.contains { if case .log(_, let line) = $0 { line.contains(text) } else { false } }
    }

    mutating func forget() { actions = [] }
}
