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
        for hook in startupHooks { try await hook() }
        let tools = isDebug ? Development.tools?.responder(around: self, logger: logger) : nil
        let server = Server(
            configuration: adapt(configuration), responder: tools ?? self, logger: logger, readiness: readiness)
        do {
            try await run(server, as: role, isAnnounced: tools == nil, logFiles)
        } catch {
            for hook in shutdownHooks.reversed() { await hook() }
            throw error
        }
        for hook in shutdownHooks.reversed() { await hook() }
    }

    private func run(_ server: Server, as role: Role, isAnnounced: Bool, _ logFiles: LogFiles) async throws {
        let logger = logger
        var events = ServerEvents(reopenLogs: { reopen(logFiles, logger) })
        switch role {
        case .alone(let manager):
            events.started = { addresses in
                // The tools around it tell themselves where it is served.
                if isAnnounced { self.announceStart(addresses.map(ListeningSocket.text)) }
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
    func adapt(_ configuration: ServerConfiguration) -> ServerConfiguration {
        var configuration = configuration
        // The app refuses content that is too large itself: its routes may have limits of their own.
        configuration.maxContentLength = .max
        return configuration
    }

    private func announceStart(_ addresses: [String]) {
        logger.info("\(name) listens on \(addresses.joined(separator: ", "))")
        if isDebug { warnOfDebugMode() }
    }

    func warnOfDebugMode() {
        logger.warning("Debug mode is on: errors are shown to everyone who can reach this address.")
    }
}
