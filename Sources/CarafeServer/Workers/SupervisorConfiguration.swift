import Logging

/// What a supervisor runs and for how long it waits for what.
package struct SupervisorConfiguration {
    /// The executable's path, where each reload looks for it.
    package var executable: String
    /// The workers' arguments, the name by which they are called first.
    package var arguments: [String]
    /// The sockets that the workers share.
    package var sockets: [ListeningSocket]
    package var fleet: FleetSettings
    /// Where the control socket is; nil for none.
    package var controlPath: String?
    package var logger: Logger
    package var manager: ServiceManager
    /// Writes what the control socket answers.
    package var encode: (SupervisorAnswer) -> [UInt8]
    /// Opens the log files anew.
    package var reopenLogs: () -> Void

    package init(
        executable: String, arguments: [String], sockets: [ListeningSocket], fleet: FleetSettings,
        controlPath: String?, logger: Logger, manager: ServiceManager,
        encode: @escaping (SupervisorAnswer) -> [UInt8], reopenLogs: @escaping () -> Void
    ) {
        self.executable = executable
        self.arguments = arguments
        self.sockets = sockets
        self.fleet = fleet
        self.controlPath = controlPath
        self.logger = logger
        self.manager = manager
        self.encode = encode
        self.reopenLogs = reopenLogs
    }
}

/// What a supervisor answers over its control socket.
package struct SupervisorAnswer: Codable, Sendable {
    /// Whether what was asked for was done.
    package var ok: Bool
    /// What was done, or why it was not.
    package var message: String?
    /// How the service fares, where that was asked.
    package var status: SupervisorStatus?

    package init(ok: Bool, message: String? = nil, status: SupervisorStatus? = nil) {
        self.ok = ok
        self.message = message
        self.status = status
    }
}

/// How a service fares.
package struct SupervisorStatus: Codable, Sendable {
    /// `starting`, `serving`, `reloading` or `ending`.
    package var state: String
    /// The supervisor's process.
    package var process: Int
    /// For how many seconds it has run.
    package var uptime: Double
    /// How many workers are wanted.
    package var wanted: Int
    /// How often the app has been reloaded.
    package var reloads: Int
    /// How many workers have died that nobody had told to.
    package var deaths: Int
    /// Where it listens.
    package var addresses: [String]
    package var workers: [Worker]

    /// How one worker fares.
    package struct Worker: Codable, Sendable {
        package var number: Int
        package var process: Int?
        /// `waiting`, `starting`, `serving`, `leaving` or `ending`.
        package var state: String
        /// For how many seconds it has been in that state.
        package var seconds: Double?
        package var connections: Int
        package var requests: Int
        package var served: Int
        /// Its memory in bytes, where the system tells.
        package var memory: Int?
    }
}
