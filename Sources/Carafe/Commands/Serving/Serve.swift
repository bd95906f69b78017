import ArgumentParser
import CarafeServer
import FoundationEssentials
import Logging

/// Serves the app until SIGTERM or SIGINT.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the app (the default).")

    @OptionGroup var listening: ListenOptions

    @OptionGroup var certificate: CertificateOptions

    @Flag(help: "Show errors in the browser and log every request. Never in production.")
    var debug = false

    @Flag(help: "Log which calls led to an unexpected error. It takes llvm-symbolizer to name their sources.")
    var tracebacks = false

    @Option(help: "How many event loops serve. Default: one for each core, shared out among the workers.")
    var threads: Int?

    @OptionGroup var workers: WorkerOptions

    @Option(help: "Seconds to go on serving after SIGTERM, no longer ready, before the end begins. Default: 0.")
    var drainDelay: Int?

    @Option(help: "Seconds that running requests have to finish after SIGTERM. Default: 30.")
    var gracefulTimeout: Int?

    @OptionGroup var logging: LogOptions

    func validate() throws {
        if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads must be 1 to 1024.") }
        for (name, value) in [("graceful-timeout", gracefulTimeout), ("drain-delay", drainDelay)] {
            if let value, !(0...86400).contains(value) {
                throw ValidationError("--\(name) must be 0 to 86400 seconds.")
            }
        }
    }

    func run() async throws {
        guard let app = App.current else { return }
        if debug { app.config.override("DEBUG", "true") }
        if tracebacks { app.config.override("TRACEBACKS", "true") }
        logging.apply(to: app)
        listening.apply(to: app)
        certificate.apply(to: app)
        let compiled = try app.compile()
        try refuseDeterministicHashing(compiled)
        try logFiles.open()
        let count = try workers.count(isDebug: compiled.isDebug)
        if let link = WorkerLink.take() {
            let configuration = try configuration(compiled, try HandedSocket.takeAll(), workers: count ?? 1)
            return try await compiled.serve(configuration, as: .worker(link, maxRequests: workers.limit), logFiles)
        }
        if let count { return try supervise(compiled, count) }
        let sockets = try HandedSocket.takeAll()
        warnOfUnused(sockets, compiled.logger)
        try await compiled.serve(try configuration(compiled, sockets), as: .alone(ServiceManager()), logFiles)
    }

    private var logFiles: LogFiles { logging.files }

    /// With it, a client could choose keys that all collide.
    private func refuseDeterministicHashing(_ app: CompiledApp) throws {
        guard !app.isDebug, ProcessInfo.processInfo.environment["SWIFT_DETERMINISTIC_HASHING"] != nil else { return }
        throw ConfigurationError([
            ConfigurationProblem(
                "SWIFT_DETERMINISTIC_HASHING is set: clients could slow the app down with keys that collide.",
                hint: "Unset it, or serve with --debug.")
        ])
    }

    private func warnOfUnused(_ sockets: [HandedSocket], _ logger: Logger) {
        guard !sockets.isEmpty, listening.isGiven else { return }
        logger.warning("The sockets of LISTEN_FDS are served; --host, --port and --unix-socket are not.")
    }

    /// The app's own configuration with what the command line and the environment say.
    private func configuration(
        _ app: CompiledApp, _ sockets: [HandedSocket], workers: Int = 1
    ) throws -> ServerConfiguration {
        var configuration = app.serverConfiguration
        let addresses =
            sockets.isEmpty ? try listening.addresses(app) : sockets.map { .descriptor($0.descriptor) }
        if let first = addresses.first { configuration.address = first }
        configuration.furtherAddresses = Array(addresses.dropFirst())
        try listening.apply(to: &configuration)
        // More event loops than cores would only stand in each other's way.
        if configuration.threads == ServerConfiguration().threads {
            configuration.threads = max(1, configuration.threads / workers)
        }
        if let threads { configuration.threads = threads }
        if let drainDelay { configuration.drainDelay = .seconds(drainDelay) }
        if let gracefulTimeout { configuration.gracefulTimeout = .seconds(gracefulTimeout) }
        return configuration
    }

    // MARK: - Workers

    /// Supervises workers until the service ends. Nothing else runs in this process, so that it may wait here.
    private func supervise(_ app: CompiledApp, _ count: Int) throws {
        let handover = Handover.take()
        let handed = handover == nil ? try HandedSocket.takeAll() : []
        warnOfUnused(handed, app.logger)
        let configuration = try configuration(app, handed, workers: count)
        let sockets = try handover?.listeningSockets ?? ListeningSocket.openAll(configuration)
        var settings = FleetSettings(workers: handover?.wanted ?? count)
        if let timeout = workers.timeout { settings.timeout = .seconds(timeout) }
        settings.drainDelay = configuration.drainDelay
        settings.gracefulTimeout = configuration.gracefulTimeout
        if app.isDebug { app.warnOfDebugMode() }
        let files = logFiles
        let logger = app.logger
        let supervisor = Supervisor(
            SupervisorConfiguration(
                executable: Executable.launchPath, arguments: CommandLine.arguments, sockets: sockets, fleet: settings,
                controlPath: workers.controlPath(of: app.name), logger: logger, manager: ServiceManager(),
                encode: { Array(((try? JSONWriter().string(from: $0)) ?? "{}").utf8) },
                reopenLogs: { reopen(files, logger) }))
        let code = try supervisor.run(after: handover)
        if code != 0 { throw ExitCode(code) }
    }
}

/// Opens log files anew; one that cannot be opened is told in the old one.
func reopen(_ files: LogFiles, _ logger: Logger) {
    do throws(ConfigurationProblem) {
        try files.open()
    } catch {
        logger.error("\(error.message) \(error.hint)")
    }
}
