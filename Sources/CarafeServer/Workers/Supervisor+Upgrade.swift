import Logging

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The supervisor's own replacement. It keeps its process: whoever started it still has the same child, and the workers
/// still have the same parent.
extension Supervisor {
    /// Reloads, and then becomes the new executable too. A version whose workers do not start takes no one's place.
    func upgrade() {
        guard !fleet.isEnding else { return }
        nextReload.isUpgrade = true
        command(.reload)
    }

    /// Becomes the executable that the workers run now. It returns where that fails; this supervisor then goes on.
    func replaceSupervisor() {
        var handover = Handover(wanted: fleet.settings.workers)
        handover.sockets = configuration.sockets.map { Handover.Socket(descriptor: $0.descriptor, path: $0.path) }
        handover.control = control?.descriptor
        for worker in fleet.workers {
            guard let process = processes[worker.number] else { continue }
            handover.workers.append(
                Handover.Worker(
                    number: worker.number, process: process.id, link: process.link.descriptor,
                    isServing: worker.isServing && fleet.isFresh(worker)))
        }
        // Until the new supervisor takes them signals would end the process, were they not ignored: to block them does not help,
        // since the main thread of a program with an asynchronous main function lets all of them through.
        pipe?.ignore()
        handover.signals = signalsToLeave()
        for descriptor in handover.descriptors { _ = fcntl(descriptor, F_SETFD, 0) }
        execute(ProcessEnvironment.with([Handover.variable: handover.text]))
        let reason = String(cString: strerror(errno))
        for descriptor in handover.descriptors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        pipe?.listen()
        log(.error, "The supervisor could not be replaced: \(reason). It goes on; the workers are the new ones.")
        for signal in handover.signals { take(signal) }
    }

    /// The signals that have come meanwhile, and one for the reload that is to follow.
    private func signalsToLeave() -> [CInt] {
        var signals = pipe?.taken() ?? []
        if fleet.isReloadWanted {
            signals.append(nextReload.isUpgrade ? SIGUSR2 : SIGHUP)
            reload.clients = nextReload.clients
            nextReload.clients = []
            answerWaiting(SupervisorAnswer(ok: true, message: "The supervisor is replaced; the reload follows."))
        }
        return signals
    }

    private func execute(_ environment: [String]) {
        let path =
            switch executables[fleet.version]?.program {
            case .descriptor(let descriptor): "/proc/self/fd/\(descriptor)"
            case .path(let path): path
            case nil: configuration.executable
            }
        SpawnedProgram.withStrings(configuration.arguments) { arguments in
            SpawnedProgram.withStrings(environment) { environment in _ = execve(path, arguments, environment) }
        }
    }
}
