public import ArgumentParser
import CarafeServer
import Synchronization

/// The app's command line: `serve` unless another command is named.
struct AppCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        let app = App.current
        return CommandConfiguration(
            commandName: app?.name ?? "app",
            abstract: "A web app made with Carafe.",
            subcommands: [Serve.self, Routes.self, Shell.self, Control.self, HealthCheck.self]
                + (app?.state.withLock { $0.commands } ?? []),
            defaultSubcommand: Serve.self)
    }
}

extension App {
    /// The app whose command is running, for commands of one's own.
    @TaskLocal public static var current: App?

    /// Adds a command to the app's command line.
    ///
    /// ```swift
    /// struct Seed: AsyncParsableCommand {
    ///     @Argument var count = 10
    ///     func run() async throws { try await App.current?.seed(count) }
    /// }
    /// app.command(Seed.self)                          // myapp seed 20
    /// ```
    public func command(_ command: any ParsableCommand.Type) {
        state.withLock { $0.commands.append(command) }
    }

    /// Runs the app's command line: serves unless another command is named, and ends the process where something is
    /// wrong.
    ///
    /// It returns after the server has drained. Exit codes: 0 for a clean end, 64 for wrong usage, 69 where the address
    /// cannot be bound, 78 (`EX_CONFIG`) where the app is put together wrongly, 1 for anything else.
    ///
    /// - Parameter arguments: the arguments without the program's name; by default the process's own
    public func main(_ arguments: [String]? = nil) async {
        let status = await run(arguments ?? Array(CommandLine.arguments.dropFirst()))
        if status.code != 0 || !status.isComplete { ExitStatus.exit(status.code) }
    }

    /// How a command ended.
    package struct CommandStatus: Sendable {
        package var code: Int32
        /// Whether it ran to its end, instead of being refused or only printing help.
        var isComplete = false
    }

    /// Runs the command line and tells how it ended, without ending the process.
    package func run(_ arguments: [String]) async -> CommandStatus {
        await App.$current.withValue(self) {
            do {
                var command = try AppCommand.parseAsRoot(arguments)
                if var command = command as? any AsyncParsableCommand {
                    try await command.run()
                } else {
                    try command.run()
                }
                return CommandStatus(code: 0, isComplete: true)
            } catch {
                return report(error)
            }
        }
    }

    /// Prints why a command ended.
    private func report(_ error: any Error) -> CommandStatus {
        let code = ExitStatus.code(for: error)
        let text =
            switch error {
            case let error as ConfigurationError: error.description
            case let error as ConfigurationProblem: error.description
            case let error as ServerError: "\(error.message) \(error.hint)"
            default: AppCommand.fullMessage(for: error)
            }
        if !text.isEmpty { (code == 0 ? StandardStream.output : .error).write(text + "\n") }
        return CommandStatus(code: code)
    }
}
