import ArgumentParser
import CarafeServer

/// `carafe routes`: builds the app in this folder and asks it for its routes.
struct RoutesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes", abstract: "Show the routes of the app in this folder.",
        discussion: """
            Builds the app and runs its own command 'routes', with everything that is given here: --sort, --filter, \
            --all-methods, --json, --match 'GET /post/7'.
            """)

    @OptionGroup var app: BuiltAppOptions

    @Argument(parsing: .allUnrecognized, help: "Options of the app's own command.")
    var arguments: [String] = []

    func run() async throws {
        let terminal = Terminal()
        do {
            try await show(terminal)
        } catch let error as ToolError {
            terminal.print("error: \(error.message)", .red)
            throw ExitCode(1)
        }
    }

    private func show(_ terminal: Terminal) async throws {
        let executable = try await app.executable(terminal)
        let program = try ChildProgram(
            executable, ["routes"] + arguments, environment: ProcessEnvironment.with([:]),
            output: .inherited, errors: .inherited)
        guard case .exit(let code) = await program.ended.value else { throw ExitCode(1) }
        if code != 0 { throw ExitCode(code) }
    }
}
