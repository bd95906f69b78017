import ArgumentParser
import CarafeTemplates

/// A console in the app's context, in the language of its templates (`flask shell`).
struct Shell: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Try expressions of the template language in the app's context.",
        discussion: """
            It knows what templates know: config, url_for, request (one for /), the app's filters and globals; and what \
            extensions add, such as db. 'name = expression' keeps a value, _ is the last one.

                >>> url_for('post', id=5)
                >>> db.query('SELECT id, title FROM post WHERE id > ?', 10)

            Tab completes, the arrow keys walk through earlier lines, Ctrl-C drops a line, Ctrl-D ends. Lines that begin \
            with a blank are not remembered. Expressions that come through a pipe are answered one a line.
            """)

    @Option(name: .shortAndLong, help: "Answer this expression and end; may be given several times.")
    var command: [String] = []

    func run() async throws {
        guard let app = App.current else { return }
        let session = try ShellSession(app)
        if !command.isEmpty {
            try await answer(command, session)
        } else if let terminal = RawTerminal() {
            await converse(session, terminal, app.name)
        } else {
            try await answer(AnySequence<String> { AnyIterator { readLine() } }, session)
        }
    }

    /// Answers lines without conversation: answers go to the output, errors to the errors.
    private func answer(_ lines: some Sequence<String>, _ session: ShellSession) async throws {
        var hasFailed = false
        for line in lines {
            switch await session.answer(line) {
            case .nothing: break
            case .value(let text): StandardStream.output.write(text + "\n")
            case .failure(let text):
                hasFailed = true
                StandardStream.error.write(text + "\n")
            case .end: return
            }
        }
        if hasFailed { throw ExitCode(1) }
    }

    /// Asks and answers until the person ends it.
    private func converse(_ session: ShellSession, _ terminal: RawTerminal, _ name: String) async {
        StandardStream.output.write("\(name): help explains, Ctrl-D ends\n")
        var history = ShellHistory(of: name)
        var editor = LineEditor(prompt: ">>> ", history: history.lines)
        let interrupts = Interrupts()
        defer { interrupts.stop() }
        while case .line(let line) = terminal.readLine(&editor, completing: session.complete) {
            if history.add(line) { editor.remember(line) }
            switch await interrupts.cancelling({ await session.answer(line) }) {
            case .nothing: break
            case .value(let text): StandardStream.output.write(text + "\n")
            case .failure(let text): StandardStream.output.write(terminal.red(text) + "\n")
            case .end: return
            }
        }
    }
}

extension App {
    /// Gives names to the app's console, `myapp shell` (Flask's `shell_context_processor`): anything that templates can read.
    ///
    /// ```swift
    /// app.shellContextProcessor { ["store": store] }
    /// ```
    public func shellContextProcessor(
        fileID: String = #fileID, line: Int = #line, _ processor: @escaping @Sendable () throws -> TemplateVariables
    ) {
        declare(fileID, line) { $0.shellContext.append(processor) }
    }
}
