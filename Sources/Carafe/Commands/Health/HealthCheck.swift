import ArgumentParser
import CarafeServer

/// Asks the app that is being served whether it is well: for `HEALTHCHECK` in a Dockerfile and for probes.
struct HealthCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "healthcheck", abstract: "Ask the app that is being served whether it is well.",
        discussion: """
            It asks where 'serve' listens with the same options and the same environment, at the port for probes where there \
            is one (CARAFE_HEALTH_PORT); over TLS where there is a \
            certificate, whose host does not matter. The exit code is 0 where the answer's status is below 400, and 1 where \
            it is not or there is no answer.

            Without --path the app is asked for /livez, and need not have it: 404 is a sign of life too.
            """)

    @OptionGroup var listening: ListenOptions

    @OptionGroup var certificate: CertificateOptions

    @Option(help: "What is asked for. Default: /livez.")
    var path: String?

    @Option(help: "Seconds that the answer may take.")
    var timeout = 5

    func validate() throws {
        if let path, path.utf8.first != 0x2F || !path.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) {
            throw ValidationError("--path takes a path such as /readyz.")
        }
        guard (1...3600).contains(timeout) else { throw ValidationError("--timeout must be 1 to 3600 seconds.") }
    }

    func run() async throws {
        guard let app = App.current else { return }
        listening.apply(to: app)
        certificate.apply(to: app)
        let compiled = try app.compile()
        let path = path ?? "/livez"
        let probe = HealthProbe(
            address: try address(compiled), protocols: try compiled.adapt(compiled.serverConfiguration).protocols,
            host: compiled.config.healthCheckHost, path: path)
        do {
            let status = try await probe.status(within: .seconds(timeout))
            let isWell = status < 400 || (self.path == nil && status == 404)
            (isWell ? StandardStream.output : .error).write("\(probe.url): \(status)\n")
            if !isWell { throw ExitCode(1) }
        } catch let problem as HealthProbe.NoAnswer {
            StandardStream.error.write("\(probe.url): \(problem.reason)\n")
            throw ExitCode(1)
        }
    }

    /// Where the app listens, as one reaches it from the same machine.
    private func address(_ app: CompiledApp) throws -> ServerConfiguration.Address {
        var address = try listening.addresses(app).first ?? app.serverConfiguration.address
        // The port that is for probes alone.
        if let port = app.config.healthPort, listening.healthPort != nil || !listening.isGiven {
            if case .hostname(let host, _) = address {
                address = .hostname(host, port: port)
            } else {
                address = .hostname("127.0.0.1", port: port)
            }
        }
        guard case .hostname(let host, let port) = address else { return address }
        switch host {
        case "", "0.0.0.0": return .hostname("127.0.0.1", port: port)
        case "::": return .hostname("::1", port: port)
        default: return address
        }
    }
}

extension Config {
    /// The host that the app is asked as: one that it answers.
    fileprivate var healthCheckHost: String {
        guard let trusted = trustedHosts?.first else { return serverName ?? "localhost" }
        return String(decoding: trusted.utf8.drop { $0 == UInt8(ascii: ".") }, as: UTF8.self)
    }
}
