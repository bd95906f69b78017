import ArgumentParser

/// `carafe`: what a developer of Carafe apps needs on the command line. Apps run without it.
@main
struct CarafeTool: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "carafe", abstract: "Tools for developers of Carafe apps.",
        subcommands: [
            NewCommand.self, DevCommand.self, RoutesCommand.self, ShellCommand.self, DoctorCommand.self,
            RenderCommand.self, CheckCommand.self, DeployCommand.self,
        ])
}
