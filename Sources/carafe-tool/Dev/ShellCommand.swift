import ArgumentParser

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `carafe shell`: builds the app in this folder and opens its console.
struct ShellCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shell", abstract: "Try expressions in the context of the app in this folder.",
        discussion: """
            Builds the app and becomes its own command 'shell', with everything that is given here: \
            --command 'url_for("index")'.
            """)

    @OptionGroup var app: BuiltAppOptions

    @Argument(parsing: .allUnrecognized, help: "Options of the app's own command.")
    var arguments: [String] = []

    func run() async throws {
        let terminal = Terminal()
        do {
            let executable = try await app.executable(terminal)
            // A process between the terminal and the app would only be in the way.
            throw Self.become(executable, ["shell"] + arguments)
        } catch let error as ToolError {
            terminal.print("error: \(error.message)", .red)
            throw ExitCode(1)
        }
    }

    /// Makes this process the app's.
    ///
    /// - Returns: why that cannot be
    private static func become(_ path: String, _ arguments: [String]) -> ToolError {
        let strings = ([path] + arguments).map { strdup($0) }
        defer { for string in strings { free(string) } }
        execv(path, strings + [nil])
        return ToolError("\(path) cannot be started: \(String(cString: strerror(errno))).")
    }
}
