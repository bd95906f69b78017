import ArgumentParser

/// `carafe`: what a developer of Carafe apps needs on the command line. Apps run without it.
@main
struct CarafeTool: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "carafe", abstract: "Tools for developers of Carafe apps.",
        subcommands: [NewCommand.self, RenderCommand.self, CheckCommand.self])
}
