import CarafeHTTP
import Logging
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Keeps workers serving: starts them from the app's own executable with the listening sockets, replaces those that die or
/// hang, reloads and ends them in order.
///
/// It starts no event loop and runs no code of the app, so that nothing of what ends a worker ends it. What it decides is
/// ``Fleet``'s; here are processes, signals and sockets. All of it runs on the one thread that calls ``run()``.
///
/// Signals are those of gunicorn: TERM drains, INT and QUIT stop, HUP reloads, TTIN and TTOU add and remove a worker, USR1
/// opens log files anew, USR2 replaces the supervisor too.
package final class Supervisor {
    /// A worker's process.
    struct Process {
        let id: pid_t
        let link: PacketSocket
        /// Whether there is nothing more to be read from it.
        var isSilent = false
    }

    /// Who has asked for a reload, and for what.
    struct Reload {
        /// Those who wait at the control socket for its end.
        var clients: [ControlSocket.Client] = []
        /// Whether the supervisor replaces itself when it has succeeded.
        var isUpgrade = false
    }

    static let signals = [SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGTTIN, SIGTTOU, SIGUSR1, SIGUSR2, SIGCHLD]

    let configuration: SupervisorConfiguration
    let log: SupervisorLog
    let started = Monotonic.now
    var fleet: Fleet
    var processes: [Int: Process] = [:]
    /// The executables of the versions whose workers run, so that each worker's successor is of its own version.
    var executables: [Int: Executable] = [:]
    var control: ControlSocket?
    /// The reload that is under way.
    var reload = Reload()
    /// The one that begins next.
    var nextReload = Reload()
    var reloads = 0
    /// Where signals come from, while it supervises.
    private(set) var pipe: SignalPipe?
    private var exitCode: CInt?
    private var nextSignOfLife = Duration.zero

    package init(_ configuration: SupervisorConfiguration) {
        self.configuration = configuration
        log = SupervisorLog(logger: configuration.logger)
        fleet = Fleet(configuration.fleet)
        #if os(Linux)
            // What runs here, whatever the file has become since it was started.
            executables = [fleet.version: Executable(path: "/proc/self/exe")]
        #endif
    }

    /// Supervises until the service ends.
    ///
    /// - Parameter handover: what another supervisor has left to this one in the same process
    /// - Returns: the exit code
    /// - Throws: ``ServerError`` where the control socket or a pipe cannot be opened
    package func run(after handover: Handover? = nil) throws -> CInt {
        _ = signal(SIGPIPE, SIG_IGN)
        let pipe = try SignalPipe(Self.signals)
        defer {
            pipe.close()
            close(pipe.readEnd)
        }
        self.pipe = pipe
        try openControl(handover)
        begin(handover)
        for signal in handover?.signals ?? [] { take(signal) }
        while true {
            perform()
            if let exitCode {
                end()
                return exitCode
            }
            wait(for: pipe)
            reap()
            fleet.tick(Monotonic.now)
            signOfLife()
        }
    }

    private func begin(_ handover: Handover?) {
        let addresses = configuration.sockets.map(\.description).joined(separator: ", ")
        if let handover {
            for worker in handover.workers {
                processes[worker.number] = Process(id: worker.process, link: PacketSocket(descriptor: worker.link))
            }
            log(.notice, "The supervisor was replaced; \(handover.workers.count) workers go on.")
        } else {
            log(.info, "\(configuration.fleet.workers) workers are to listen on \(addresses)")
        }
        let now = Monotonic.now
        let left = handover?.workers.map { worker in
            FleetWorker(
                number: worker.number, version: worker.isServing ? fleet.version : 0,
                stage: worker.isServing
                    ? .serving(since: now)
                    : .leaving(until: now + fleet.settings.gracefulTimeout + FleetSettings.hooksTimeout),
                process: worker.process, heard: now)
        }
        fleet.begin(adopting: left ?? [], now: now)
        if handover != nil { configuration.manager.notify(.ready) }
    }

    // MARK: - What the fleet decides

    func perform() {
        // An action may lead to others.
        while case let actions = fleet.takeActions(), !actions.isEmpty {
            for action in actions { perform(action) }
        }
    }

    private func perform(_ action: Fleet.Action) {
        switch action {
        case .start(let number, let version): start(number, version)
        case .order(let number, let order): processes[number]?.link.send(order.text)
        case .signal(let number, let signal): if let process = processes[number] { kill(process.id, signal) }
        case .log(let level, let message): log(level, message)
        case .reached(let milestone): reached(milestone)
        }
    }

    private func reached(_ milestone: Fleet.Milestone) {
        switch milestone {
        case .serving:
            let addresses = configuration.sockets.map(\.description).joined(separator: ", ")
            log(.info, "\(fleet.settings.workers) workers listen on \(addresses)")
            configuration.manager.notify(.ready, .status("\(fleet.settings.workers) workers serve."))
        case .reloading:
            (reload, nextReload) = (nextReload, Reload())
            configuration.manager.notify(.reloading)
        case .reloaded:
            reloads += 1
            configuration.manager.notify(.ready)
            answerWaiting(SupervisorAnswer(ok: true, message: "\(fleet.settings.workers) new workers serve."))
            forgetExecutables()
            if reload.isUpgrade { replaceSupervisor() }
        case .reloadFailed(let why):
            configuration.manager.notify(.ready)
            answerWaiting(SupervisorAnswer(ok: false, message: "The new version does not start: \(why)."))
            forgetExecutables()
        case .ended(let code): exitCode = code
        }
    }

    // MARK: - What happens

    private func wait(for pipe: SignalPipe) {
        var watched = [pollfd(fd: pipe.readEnd, events: Int16(POLLIN), revents: 0)]
        let listening = processes.filter { !$0.value.isSilent }
        watched += listening.map { pollfd(fd: $0.value.link.descriptor, events: Int16(POLLIN), revents: 0) }
        if let control { watched.append(pollfd(fd: control.descriptor, events: Int16(POLLIN), revents: 0)) }
        guard poll(&watched, nfds_t(watched.count), timeout()) > 0 else { return }
        if watched[0].revents != 0 { for signal in pipe.taken() { take(signal) } }
        for ((number, _), link) in zip(listening, watched.dropFirst()) where link.revents != 0 { receive(from: number) }
        if let control, watched.last?.fd == control.descriptor, watched.last?.revents != 0 { serve(control) }
    }

    /// For how many milliseconds nothing is due; -1 for ever.
    private func timeout() -> CInt {
        var deadline = fleet.nextDeadline
        if configuration.manager.watchdogInterval != nil { deadline = min(deadline ?? nextSignOfLife, nextSignOfLife) }
        guard let deadline else { return -1 }
        return CInt(clamping: (deadline - Monotonic.now).milliseconds + 1)
    }

    func take(_ signal: CInt) {
        switch signal {
        case SIGTERM: command(.drain)
        case SIGINT, SIGQUIT: command(.stop)
        case SIGHUP: command(.reload)
        case SIGTTIN: command(.addWorker)
        case SIGTTOU: command(.removeWorker)
        case SIGUSR1: command(.reopenLogs)
        case SIGUSR2: upgrade()
        default: break
        }
    }

    /// Does what a signal or somebody at the control socket asks for.
    func command(_ command: Fleet.Command) {
        switch command {
        case .reopenLogs:
            configuration.reopenLogs()
            log(.info, "The log files were opened anew.")
        case .drain, .stop:
            configuration.manager.notify(.stopping)
            log(.info, command == .drain && !fleet.isEnding ? "Draining." : "Stopping.")
            stopListening()
        case .reload, .addWorker, .removeWorker: break
        }
        fleet.command(command, now: Monotonic.now)
    }

    /// The supervisor's own hold on the sockets: from now on they close with the last worker.
    private func stopListening() {
        guard !fleet.isEnding else { return }
        for socket in configuration.sockets { socket.stop() }
    }

    /// Takes what a worker has told.
    func receive(from number: Int) {
        guard let process = processes[number] else { return }
        while true {
            switch process.link.receiveNow() {
            case .message(let text):
                guard let report = WorkerReport(text) else { continue }
                fleet.received(report, from: number, now: Monotonic.now)
            case .nothing: return
            case .end:
                processes[number]?.isSilent = true
                return
            }
        }
    }

    private func signOfLife() {
        guard let interval = configuration.manager.watchdogInterval, Monotonic.now >= nextSignOfLife else { return }
        nextSignOfLife = Monotonic.now + interval
        configuration.manager.notify(.alive)
    }

    private func end() {
        reload.clients += nextReload.clients
        answerWaiting(SupervisorAnswer(ok: false, message: "The service ends."))
        control?.close()
        for process in processes.values { process.link.close() }
        for socket in configuration.sockets { socket.close() }
        log(.info, "The service has ended.")
    }
}
