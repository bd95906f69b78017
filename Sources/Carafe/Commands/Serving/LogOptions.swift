import ArgumentParser

/// What is logged, how, and where.
struct LogOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A line for each request: common, combined, json, a format of gunicorn's such as '%(h)s %(r)s %(s)s', or off. "
                + "Default: common with --debug, else off.", valueName: "format"))
    var accessLog: String?

    @Option(help: ArgumentHelp("Write the access log to this file. Default: the standard output.", valueName: "path"))
    var accessLogFile: String?

    @Option(help: "How all other logs are written. Default: text.")
    var logFormat: Choice?

    @Option(help: ArgumentHelp("Write all other logs to this file. Default: the standard error.", valueName: "path"))
    var logFile: String?

    /// The formats of ``LogFormat``.
    enum Choice: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    func validate() throws {
        guard let accessLog, accessLog.lowercased() != "off" else { return }
        guard let format = AccessLogFormat(accessLog) else {
            throw ValidationError(
                "--access-log takes common, combined, json, off or a format of gunicorn's, not '\(accessLog)'.")
        }
        do throws(ConfigurationProblem) {
            _ = try AccessLog(format)
        } catch {
            throw ValidationError("--access-log: \(error.message) \(error.hint)")
        }
    }

    /// Makes them the app's configuration.
    func apply(to app: App) {
        if let accessLog { app.config.override("ACCESS_LOG", accessLog) }
        if let logFormat { app.config.override("LOG_FORMAT", logFormat.rawValue) }
    }

    /// The files of both.
    var files: LogFiles { LogFiles(output: accessLogFile, errors: logFile) }
}
