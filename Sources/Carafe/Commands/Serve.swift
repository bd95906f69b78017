import ArgumentParser
import CarafeHTTP
import CarafeServer
import FoundationEssentials
import Logging
import NIOCore

/// Serves the app until SIGTERM or SIGINT.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the app (the default).")

    /// Where the access log goes.
    enum LogChoice: String, ExpressibleByArgument, CaseIterable {
        case common, json, off
    }

    @Option(help: "The address to listen on. Default: CARAFE_RUN_HOST or 127.0.0.1.")
    var host: String?

    @Option(name: .shortAndLong, help: "The port to listen on. Default: CARAFE_RUN_PORT or 8000.")
    var port: Int?

    @Option(help: "Listen on this unix socket instead of a port.")
    var unixSocket: String?

    @OptionGroup var certificate: CertificateOptions

    @Flag(help: "Show errors in the browser and log every request. Never in production.")
    var debug = false

    @Flag(help: "Log which calls led to an unexpected error. It takes llvm-symbolizer to name their sources.")
    var tracebacks = false

    @Option(help: "How many event loops serve. Default: one for each core.")
    var threads: Int?

    @Option(help: "Seconds that running requests have to finish after SIGTERM. Default: 30.")
    var gracefulTimeout: Int?

    @Option(help: "A line for each request: common, json or off. Default: common with --debug, else off.")
    var accessLog: LogChoice?

    func validate() throws {
        if let port, !(0...65535).contains(port) { throw ValidationError("--port must be 0 to 65535.") }
        if unixSocket != nil, host != nil || port != nil {
            throw ValidationError("--unix-socket takes the place of --host and --port.")
        }
        if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads must be 1 to 1024.") }
        if let gracefulTimeout, !(0...86400).contains(gracefulTimeout) {
            throw ValidationError("--graceful-timeout must be 0 to 86400 seconds.")
        }
    }

    func run() async throws {
        guard let app = App.current else { return }
        if debug { app.config.override("DEBUG", "true") }
        if tracebacks { app.config.override("TRACEBACKS", "true") }
        if let accessLog { app.config.override("ACCESS_LOG", accessLog.rawValue) }
        certificate.apply(to: app)
        let compiled = try app.compile()
        try refuseDeterministicHashing(compiled)
        let sockets = try HandedSocket.takeAll()
        try await compiled.serve(try configuration(compiled, sockets), announce: true)
    }

    /// With it, a client could choose keys that all collide.
    private func refuseDeterministicHashing(_ app: CompiledApp) throws {
        guard !app.isDebug, ProcessInfo.processInfo.environment["SWIFT_DETERMINISTIC_HASHING"] != nil else { return }
        throw ConfigurationError([
            ConfigurationProblem(
                "SWIFT_DETERMINISTIC_HASHING is set: clients could slow the app down with keys that collide.",
                hint: "Unset it, or serve with --debug.")
        ])
    }

    /// The app's own configuration with what the command line and the environment say.
    private func configuration(_ app: CompiledApp, _ sockets: [HandedSocket]) throws -> ServerConfiguration {
        var configuration = app.serverConfiguration
        if let first = sockets.first {
            if host != nil || port != nil || unixSocket != nil {
                app.logger.warning("The sockets of LISTEN_FDS are served; --host, --port and --unix-socket are not.")
            }
            configuration.address = .descriptor(first.descriptor)
            configuration.furtherAddresses = sockets.dropFirst().map { .descriptor($0.descriptor) }
        } else {
            configuration.address = try address(app, default: configuration.address)
        }
        if let threads { configuration.threads = threads }
        if let gracefulTimeout { configuration.gracefulTimeout = .seconds(gracefulTimeout) }
        return configuration
    }

    private func address(
        _ app: CompiledApp, default address: ServerConfiguration.Address
    ) throws -> ServerConfiguration.Address {
        if let unixSocket { return .unixSocket(path: unixSocket) }
        let host = try self.host ?? app.config.string("RUN_HOST")
        let port = try self.port ?? app.config.int("RUN_PORT")
        if let port, !(0...65535).contains(port) {
            throw ConfigurationProblem(
                "The configuration value RUN_PORT is \(port).", hint: "Give it a port: 0 to 65535.")
        }
        guard host != nil || port != nil else { return address }
        guard case .hostname(let ownHost, let ownPort) = address else {
            return .hostname(host ?? "127.0.0.1", port: port ?? 8000)
        }
        return .hostname(host ?? ownHost, port: port ?? ownPort)
    }
}

extension CompiledApp {
    /// Runs the start-up hooks, serves until the server has drained, and runs the shutdown hooks.
    func serve(_ configuration: ServerConfiguration, announce: Bool) async throws {
        let configuration = try adapt(configuration)
        for hook in startupHooks { try await hook() }
        let server = Server(configuration: configuration, responder: responder, logger: logger)
        let scheme = configuration.protocols?.scheme ?? "http"
        do {
            try await server.run { addresses in if announce { announceStart(addresses, scheme) } }
        } catch {
            for hook in shutdownHooks.reversed() { await hook() }
            throw error
        }
        for hook in shutdownHooks.reversed() { await hook() }
    }

    /// The configuration as this app needs it.
    ///
    /// - Throws: ``ConfigurationProblem``
    func adapt(_ configuration: ServerConfiguration) throws -> ServerConfiguration {
        var configuration = configuration
        // The app refuses content that is too large itself: its routes may have limits of their own.
        configuration.maxContentLength = .max
        for setup in serverSetups { try setup(config, &configuration) }
        if config.runCertificate != nil, configuration.protocols == nil { throw CertificateOptions.unusable }
        return configuration
    }

    private func announceStart(_ addresses: [SocketAddress], _ scheme: String) {
        if let tools, tools.isSupervised { return }
        let places = addresses.map { Self.text(of: $0, scheme) }
        logger.info("\(name) listens on \(places.joined(separator: ", "))")
        if isDebug {
            logger.warning("Debug mode is on: errors are shown to everyone who can reach this address.")
        }
        tools?.announce()
    }

    /// The address as a browser takes it, or as the command line does.
    private static func text(of address: SocketAddress, _ scheme: String) -> String {
        guard let host = address.ipAddress, let port = address.port else { return "unix:\(address.pathname ?? "")" }
        return "\(scheme)://\(host.utf8.contains(0x3A) ? "[\(host)]" : host):\(port)"
    }
}
