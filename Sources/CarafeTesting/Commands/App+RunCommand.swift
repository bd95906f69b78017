import Carafe

/// How a command of an app ended, and what it printed.
public struct CommandResult: Sendable {
    /// The exit code; 0 is success.
    public let exitCode: Int32
    /// What it printed to the standard output.
    public let output: String
    /// What it printed to the standard error.
    public let errorOutput: String
}

extension App {
    /// Runs a command of the app's command line as its process would, and returns what it printed.
    ///
    /// ```swift
    /// let result = try await app.runCommand(["routes"])
    /// #expect(result.exitCode == 0)
    /// #expect(result.output.contains("index"))
    /// ```
    ///
    /// While it runs, the process's own standard output and error are the command's: one command runs at a time, and
    /// what other tests print meanwhile is found among its output.
    ///
    /// - Throws: the system's error where output cannot be captured
    public func runCommand(_ arguments: [String]) async throws -> CommandResult {
        try await OutputCapture.turns.take {
            let capture = try OutputCapture()
            let status = await run(arguments)
            let (output, errorOutput) = capture.end()
            return CommandResult(exitCode: status.code, output: output, errorOutput: errorOutput)
        }
    }
}
