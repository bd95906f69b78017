import CarafeServer

extension ChildProgram {
    /// Runs a program to its end and takes what it writes.
    ///
    /// - Throws: ``ToolError`` where it cannot be started
    static func output(
        of path: String, _ arguments: [String]
    ) async throws -> (ending: ProcessEnding, output: String, errors: String) {
        let (output, errors) = (try Pipe(), try Pipe())
        let program = try ChildProgram(
            path, arguments, environment: ProcessEnvironment.with([:]), output: .pipe(output.writeEnd),
            errors: .pipe(errors.writeEnd))
        async let said = errors.lines().reduce(into: [String]()) { $0.append($1) }
        let text = await output.lines().reduce(into: [String]()) { $0.append($1) }.joined(separator: "\n")
        return (await program.ended.value, text, await said.joined(separator: "\n"))
    }
}
