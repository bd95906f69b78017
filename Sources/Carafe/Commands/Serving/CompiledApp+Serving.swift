import CarafeHTTP
import CarafeServer
import Logging

extension CompiledApp {
    /// What a process that serves is.
    enum Role {
        /// The only one. Its service manager is told how it fares.
        case alone(ServiceManager)
        /// One of several, which a supervisor has started.
        case worker(WorkerLink, maxRequests: Int?)
    }

    /// Runs the start-up hooks, serves until the server has drained, and runs the shutdown hooks.
    func serve(_ configuration: ServerConfiguration, as role: Role, _ logFiles: LogFiles) async throws {
        var configuration = try adapt(configuration)
        // Whoever has handed the socket down to the only process gives it to the next one, with those who wait.
        if case .alone = role, case .descriptor = configuration.address { configuration.leavesBacklog = true }
        for hook in startupHooks { try await hook() }
        let server = Server(configuration: configuration, responder: responder, logger: logger, readiness: readiness)
        do {
            try await run(server, as: role, scheme: configuration.protocols?.scheme ?? "http", logFiles)
        } catch {
            for hook in shutdownHooks.reversed() { await hook() }
            throw error
        }
        for hook in shutdownHooks.reversed() { await hook() }
    }

    private func run(_ server: Server, as role: Role, scheme: String, _ logFiles: LogFiles) async throws {
        let logger = logger
        var events = ServerEvents(reopenLogs: { reopen(logFiles, logger) })
        switch role {
        case .alone(let manager):
            events.started = { addresses in
                self.announceStart(addresses.map { ListeningSocket.text(of: $0, scheme: scheme) })
                manager.notify(.ready)
                server.startWatchdog(manager)
            }
            events.stopping = { manager.notify(.stopping) }
            try await server.run(events)
        case .worker(let link, let maxRequests):
            try await server.run(as: link, maxRequests: maxRequests, events)
        }
    }

    /// The configuration as this app needs it.
    ///
    /// - Throws: ``ConfigurationProblem``
    func adapt(_ configuration: ServerConfiguration) throws -> ServerConfiguration {
        var configuration = configuration
        // The app refuses content that is too large itself: its routes may have limits of their own.
        configuration.maxContentLength = .max
        if let accessLog { configuration.onRefusal = { accessLog.write($0) } }
        for setup in serverSetups { try setup(config, &configuration) }
        if config.runCertificate != nil, configuration.protocols == nil { throw CertificateOptions.unusable }
        return configuration
    }

    private func announceStart(_ addresses: [String]) {
        if let tools, tools.isSupervised { return }
        logger.info("\(name) listens on \(addresses.joined(separator: ", "))")
        if isDebug { warnOfDebugMode() }
        tools?.announce()
    }

    func warnOfDebugMode() {
        logger.warning("Debug mode is on: errors are shown to everyone who can reach this address.")
    }
}
