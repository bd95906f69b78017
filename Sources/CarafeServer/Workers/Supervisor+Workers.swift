import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The workers' processes.
extension Supervisor {
    /// An executable as it was when its version was first started.
    struct Executable {
        let program: SpawnedProgram.Executable

        /// Opens the one at a path. Where it cannot be held, it is looked for at its path each time.
        init(path: String) {
            #if os(Linux)
                let descriptor = open(path, Self.asPath | O_CLOEXEC)
                // Without /proc there is no way to start it by its descriptor.
                if descriptor >= 0, access("/proc/self/fd/\(descriptor)", X_OK) == 0 {
                    program = .descriptor(descriptor)
                    return
                }
                if descriptor >= 0 { systemClose(descriptor) }
            #endif
            program = .path(path)
        }

        /// `O_PATH`, which the C library's module leaves out: no more is wanted of it than to be started.
        private static let asPath: CInt = 0o10_000_000

        func close() { if case .descriptor(let descriptor) = program { systemClose(descriptor) } }
    }

    /// Starts a worker: this executable again, with the sockets, and with a link to this process after them.
    func start(_ number: Int, _ version: Int) {
        guard let (own, its) = PacketSocket.pair() else {
            return fleet.failedToStart(number, String(cString: strerror(errno)), now: Monotonic.now)
        }
        defer { its.close() }
        _ = fcntl(own.descriptor, F_SETFL, O_NONBLOCK)
        let executable = executables[version] ?? Executable(path: configuration.executable)
        executables[version] = executable
        let sockets = configuration.sockets
        var changes: [String: String?] = [
            "LISTEN_FDS": "\(sockets.count)", "LISTEN_PID": nil, "LISTEN_FDNAMES": nil,
            WorkerLink.variable: "\(3 + sockets.count)", Handover.variable: nil,
        ]
        for name in ServiceManager.variables { changes.updateValue(nil, forKey: name) }
        var program = SpawnedProgram(
            executable.program, configuration.arguments, environment: ProcessEnvironment.with(changes))
        program.descriptors = sockets.map(\.descriptor) + [its.descriptor]
        do throws(IOError) {
            let id = try program.start()
            processes[number] = Process(id: id, link: own)
            fleet.started(number, process: id)
        } catch {
            own.close()
            fleet.failedToStart(number, String(cString: strerror(error.errnoCode)), now: Monotonic.now)
        }
    }

    /// Takes note of the processes that have ended: workers, and whatever a container's first process inherits.
    func reap() {
        var status: CInt = 0
        while case let id = waitpid(-1, &status, WNOHANG), id > 0 {
            guard let (number, process) = processes.first(where: { $0.value.id == id }) else { continue }
            // What it said last counts too.
            receive(from: number)
            process.link.close()
            processes[number] = nil
            fleet.ended(number, ProcessEnding(status: status), now: Monotonic.now)
        }
    }

    /// Lets go of executables that no worker runs any more, and none is going to.
    func forgetExecutables() {
        let kept = [fleet.version, fleet.provenVersion]
        for (version, executable) in executables where !kept.contains(version) {
            executable.close()
            executables[version] = nil
        }
    }
}

private func systemClose(_ descriptor: CInt) { close(descriptor) }
