import ArgumentParser
import CarafeServer
import FoundationEssentials

/// How many processes serve, and when one is replaced.
struct WorkerOptions: ParsableArguments {
    @Option(
        help:
            "Serve with so many processes, which are replaced where they die or hang. Default: WEB_CONCURRENCY or none."
    )
    var workers: Int?

    @Option(help: "Seconds for which a worker may hang until it is replaced; 0 for ever. Default: 30.")
    var timeout: Int?

    @Option(help: "Replace a worker when it has answered about so many requests. Default: never.")
    var maxRequests: Int?

    @Option(help: "Up to so many requests more, at random, so that not all are replaced at once. Default: 0.")
    var maxRequestsJitter: Int?

    @Option(
        help: ArgumentHelp(
            "Where 'ctl' finds the supervisor, or off. Default: in RUNTIME_DIRECTORY, XDG_RUNTIME_DIR or /tmp.",
            valueName: "path"))
    var controlSocket: String?

    func validate() throws {
        if let workers, !(0...FleetSettings.mostWorkers).contains(workers) {
            throw ValidationError("--workers must be 0 to \(FleetSettings.mostWorkers).")
        }
        for (name, value, most) in [
            ("timeout", timeout, 86_400), ("max-requests", maxRequests, Int.max),
            ("max-requests-jitter", maxRequestsJitter, 1_000_000_000),
        ] {
            if let value, !(0...most).contains(value) { throw ValidationError("--\(name) must be 0 to \(most).") }
        }
        if maxRequestsJitter != nil, maxRequests == nil {
            throw ValidationError("--max-requests-jitter needs --max-requests.")
        }
    }

    /// How many workers there are to be; nil for a single process without a supervisor.
    ///
    /// - Throws: ``ConfigurationProblem`` where the environment names no number
    func count(isDebug: Bool) throws -> Int? {
        if let workers { return workers > 0 ? workers : nil }
        // A machine's setting for services is not meant for what a developer tries out on it.
        guard !isDebug, let text = ProcessInfo.processInfo.environment["WEB_CONCURRENCY"], !text.isEmpty else {
            return nil
        }
        guard text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let count = Int(text),
            (0...FleetSettings.mostWorkers).contains(count)
        else {
            throw ConfigurationProblem(
                "The environment variable WEB_CONCURRENCY is '\(text)'.",
                hint: "Give it the number of workers: 0 to \(FleetSettings.mostWorkers).")
        }
        return count > 0 ? count : nil
    }

    /// After how many requests this worker asks to be replaced.
    var limit: Int? {
        guard let maxRequests, maxRequests > 0 else { return nil }
        let (limit, overflow) = maxRequests.addingReportingOverflow(Int.random(in: 0...(maxRequestsJitter ?? 0)))
        return overflow ? nil : limit
    }

    /// Where the control socket is; nil for none.
    func controlPath(of app: String) -> String? {
        controlSocket == "off" ? nil : controlSocket ?? ControlPath.standard(for: app)
    }
}

/// Where a supervisor's control socket is unless told.
enum ControlPath {
    static func standard(for app: String) -> String {
        let environment = ProcessInfo.processInfo.environment
        if let path = environment["CARAFE_CONTROL_SOCKET"], !path.isEmpty { return path }
        if let folder = environment["RUNTIME_DIRECTORY"], !folder.isEmpty { return folder + "/control.sock" }
        if let folder = environment["XDG_RUNTIME_DIR"], !folder.isEmpty { return "\(folder)/\(app).control.sock" }
        return "/tmp/\(app)-\(userID()).control.sock"
    }
}
