import ArgumentParser
import CarafeServer

/// Tells the supervisor of an app that is being served with `--workers` what to do, and asks how it fares.
struct Control: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ctl", abstract: "Control the app that is being served with --workers.",
        discussion: """
            It speaks to the supervisor over its control socket, as the same user or root. The exit code is 0 where what \
            was asked for was done, 1 where it was not, and 69 where there is no supervisor.
            """)

    /// What may be asked for.
    enum Action: String, ExpressibleByArgument, CaseIterable {
        case status, workers, reload, upgrade, stop, drain, ttin, ttou
        case reopenLogs = "reopen-logs"
    }

    @Argument(
        help: """
            status or workers: how it fares. reload: new workers, from the executable as it is now; waits for them. \
            upgrade: the same with the supervisor. drain: end when all is answered. stop: end now. ttin, ttou: one worker \
            more, one less. reopen-logs: after a rotation.
            """)
    var action = Action.status

    @Option(help: ArgumentHelp("The control socket. Default: as for 'serve'.", valueName: "path"))
    var socket: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        guard let app = App.current else { return }
        let path = socket ?? ControlPath.standard(for: app.name)
        let text = try ControlClient(path: path).ask(action == .workers ? "status" : action.rawValue)
        let answer = try text.answer
        if json {
            StandardStream.output.write(text.json + "\n")
        } else if let status = answer.status {
            StandardStream.output.write(StatusTable(status, isBrief: action == .workers).text)
        } else if let message = answer.message {
            (answer.ok ? StandardStream.output : .error).write(message + "\n")
        }
        if !answer.ok { throw ExitCode(1) }
    }
}
