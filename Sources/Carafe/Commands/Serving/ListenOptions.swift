import ArgumentParser
import CarafeServer

/// Where an app is served, and to whom.
struct ListenOptions: ParsableArguments {
    @Option(help: "The address to listen on. Default: CARAFE_RUN_HOST or 127.0.0.1.")
    var host: String?

    @Option(name: .shortAndLong, help: "The port to listen on. Default: CARAFE_RUN_PORT or 8000.")
    var port: Int?

    @Option(
        help: "Answer health probes on this port as well, and nothing else there. Default: CARAFE_HEALTH_PORT or none.")
    var healthPort: Int?

    @Option(help: "Listen on this unix socket instead of a port.")
    var unixSocket: String?

    @Option(
        help: ArgumentHelp("Listen here instead; may be repeated: host:port, unix:path.", valueName: "address"))
    var bind: [String] = []

    @Option(help: "The permissions of unix sockets, in octal: 660.")
    var socketMode: String?

    @Option(
        help: ArgumentHelp(
            "Take the PROXY protocol from this proxy or network; may be repeated.", valueName: "address"))
    var proxyFrom: [String] = []

    func validate() throws {
        if let port, !(0...65535).contains(port) { throw ValidationError("--port must be 0 to 65535.") }
        if let healthPort, !(0...65535).contains(healthPort) {
            throw ValidationError("--health-port must be 0 to 65535.")
        }
        if unixSocket != nil, host != nil || port != nil {
            throw ValidationError("--unix-socket takes the place of --host and --port.")
        }
        if !bind.isEmpty, host != nil || port != nil || unixSocket != nil {
            throw ValidationError("--bind takes the place of --host, --port and --unix-socket.")
        }
        for text in bind where ServerConfiguration.Address(text) == nil {
            throw ValidationError("--bind takes host:port or unix:path, not '\(text)'.")
        }
        if let socketMode, Self.permissions(socketMode) == nil {
            throw ValidationError("--socket-mode takes permissions in octal, such as 660.")
        }
        do throws(ServerError) {
            _ = try ProxyProtocol(from: proxyFrom)
        } catch {
            throw ValidationError("--proxy-from: \(error)")
        }
    }

    /// Whether an address was named.
    var isGiven: Bool { host != nil || port != nil || unixSocket != nil || !bind.isEmpty }

    /// Where to listen, by the command line, the environment and the app, in this order.
    func addresses(_ app: CompiledApp) throws -> [ServerConfiguration.Address] {
        var addresses = bind.compactMap { ServerConfiguration.Address($0) }
        if addresses.isEmpty {
            let own = app.serverConfiguration
            addresses = [try address(app, default: own.address)] + own.furtherAddresses
        }
        if let port = app.config.healthPort { addresses.append(Self.healthAddress(port, beside: addresses)) }
        return addresses
    }

    /// The probes' port, at the first host that the app itself is served at.
    private static func healthAddress(
        _ port: Int, beside addresses: [ServerConfiguration.Address]
    ) -> ServerConfiguration.Address {
        for case .hostname(let host, _) in addresses { return .hostname(host, port: port) }
        return .hostname("127.0.0.1", port: port)
    }

    /// Makes what is said here of health probes the app's configuration.
    func apply(to app: App) {
        if let healthPort { app.config.override("HEALTH_PORT", String(healthPort)) }
    }

    /// Sets what is not about addresses.
    func apply(to configuration: inout ServerConfiguration) throws {
        if let mode = socketMode.flatMap(Self.permissions) { configuration.unixSocketMode = mode }
        if !proxyFrom.isEmpty { configuration.proxyProtocol = try ProxyProtocol(from: proxyFrom) }
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

    /// `660` and `0660`; nil for what is no octal number of permissions.
    private static func permissions(_ text: String) -> UInt32? {
        let digits = text.utf8
        guard 3...4 ~= digits.count, digits.allSatisfy({ 0x30...0x37 ~= $0 }), let mode = UInt32(text, radix: 8),
            mode <= 0o777
        else { return nil }
        return mode
    }
}
