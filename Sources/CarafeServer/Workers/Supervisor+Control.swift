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

/// The control socket's commands.
extension Supervisor {
    /// Opens the control socket. One that cannot be opened is no reason not to serve.
    func openControl(_ handover: Handover?) throws {
        guard let path = configuration.controlPath else { return }
        if let descriptor = handover?.control {
            control = ControlSocket(descriptor: descriptor, path: path)
            return
        }
        do throws(ServerError) {
            control = try ControlSocket(path: path)
        } catch {
            log(.warning, "There is no control socket. \(error.message)")
        }
    }

    /// Does what those ask for who wait at the socket.
    func serve(_ control: ControlSocket) {
        while let client = control.next() {
            serve(client)
            // One that asks for a reload after another one has come after its beginning.
            perform()
        }
    }

    private func serve(_ client: ControlSocket.Client) {
        switch client.command {
        case "status": answer(client, SupervisorAnswer(ok: true, status: status()))
        case "reload", "upgrade":
            guard !fleet.isEnding else {
                return answer(client, SupervisorAnswer(ok: false, message: "The service ends."))
            }
            // Answered when it has come to pass: the next one, since the executable may have changed during this one.
            nextReload.clients.append(client)
            if client.command == "upgrade" { upgrade() } else { command(.reload) }
        case "ttin": resize(.addWorker, client)
        case "ttou": resize(.removeWorker, client)
        case "reopen-logs":
            command(.reopenLogs)
            answer(client, SupervisorAnswer(ok: true, message: "The log files were opened anew."))
        case "drain":
            answer(client, SupervisorAnswer(ok: true, message: "The service drains."))
            command(.drain)
        case "stop":
            answer(client, SupervisorAnswer(ok: true, message: "The service stops."))
            command(.stop)
        default: answer(client, SupervisorAnswer(ok: false, message: "There is no such command."))
        }
    }

    private func resize(_ change: Fleet.Command, _ client: ControlSocket.Client) {
        let before = fleet.settings.workers
        command(change)
        let wanted = fleet.settings.workers
        answer(
            client,
            SupervisorAnswer(
                ok: wanted != before, message: "\(wanted) \(wanted == 1 ? "worker is" : "workers are") wanted."))
    }

    private func answer(_ client: ControlSocket.Client, _ answer: SupervisorAnswer) {
        client.answer(configuration.encode(answer))
    }

    /// Answers those who wait for the reload to end.
    func answerWaiting(_ answer: SupervisorAnswer) {
        for client in reload.clients { self.answer(client, answer) }
        reload.clients = []
    }

    // MARK: - The status

    func status() -> SupervisorStatus {
        let now = Monotonic.now
        return SupervisorStatus(
            state: state, process: Int(getpid()), uptime: (now - started).seconds, wanted: fleet.settings.workers,
            reloads: reloads, deaths: fleet.deaths, addresses: configuration.sockets.map(\.description),
            workers: fleet.workers.map { worker in
                SupervisorStatus.Worker(
                    number: worker.number, process: worker.process.map { Int($0) }, state: worker.stage.name,
                    seconds: worker.stage.since.map { (now - $0).seconds }, connections: worker.vitals.connections,
                    requests: worker.vitals.requests, served: worker.vitals.served,
                    memory: worker.process.flatMap(ProcessMemory.resident))
            })
    }

    private var state: String {
        if fleet.isEnding { return "ending" }
        if fleet.isReloading { return "reloading" }
        return fleet.hasServed ? "serving" : "starting"
    }
}

extension FleetWorker.Stage {
    fileprivate var name: String {
        switch self {
        case .waiting: "waiting"
        case .starting: "starting"
        case .serving: "serving"
        case .leaving: "leaving"
        case .ending: "ending"
        }
    }

    fileprivate var since: Duration? {
        switch self {
        case .starting(let time), .serving(let time): time
        case .waiting, .leaving, .ending: nil
        }
    }
}

extension Duration {
    fileprivate var seconds: Double { Double(milliseconds) / 1000 }
}

/// What a process takes of memory.
enum ProcessMemory {
    /// The bytes of a process that are in memory; nil where the system does not tell.
    static func resident(_ process: pid_t) -> Int? {
        let file = open("/proc/\(process)/statm", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = read(file, &bytes, bytes.count)
        guard count > 0 else { return nil }
        // The second number counts pages.
        let fields = bytes[..<count].split(separator: 0x20)
        guard fields.count > 1, let pages = Int(String(decoding: fields[1], as: UTF8.self)) else { return nil }
        return pages * Int(sysconf(CInt(_SC_PAGESIZE)))
    }
}
