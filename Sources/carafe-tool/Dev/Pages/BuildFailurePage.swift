import Carafe

/// The page of a build that failed: every error with the source around it.
struct BuildFailurePage {
    let failure: BuildFailure
    /// The package's folder, from which paths are shown.
    let root: String
    let editor: EditorLink?

    var page: FailurePage {
        let errors = failure.output.errors
        return FailurePage(
            title: errors.first?.message.text ?? failure.output.otherErrors.first ?? "The build failed",
            kind: "The build failed: \(failure.summary)",
            summary: HTML("<p class=\"soft\">This page reloads itself when the build passes.</p>"),
            content: HTML(joining: errors.map(section)) + HTML(joining: failure.output.otherErrors.map(plain))
                + HTML(joining: failure.output.warnings.map(section))
                + PagePart.folded("Output of the build", failure.log, isOpen: errors.isEmpty),
            text: text,
            status: .serviceUnavailable)
    }

    /// The same for the terminal and for clients that show text.
    var text: String {
        let problems = failure.output.errors.map(Self.text) + failure.output.otherErrors.map { "error: \($0)" }
        guard problems.isEmpty else {
            return "The build failed: \(failure.summary)\n\n" + problems.joined(separator: "\n\n")
        }
        return "The build failed:\n\n" + failure.log.suffix(20).joined(separator: "\n")
    }

    private func section(_ problem: CompilerProblem) -> HTML {
        let message = problem.message
        let notes = problem.notes.map { note in
            HTML(
                """
                <p class="note">\(note.text) \
                \(PagePart.place(note.path, note.line, note.column, root: root, editor: editor))</p>
                """)
        }
        return HTML(
            """
            <section class="\(message.severity.rawValue)"><header>
            <h2>\(message.severity.rawValue): \(message.text)</h2>
            <p>\(PagePart.place(message.path, message.line, message.column, root: root, editor: editor))</p>
            </header>\(HTML(joining: notes))
            \(PagePart.source(message.path, message.line, message.column))</section>

            """)
    }

    private func plain(_ text: String) -> HTML {
        HTML("<section class=\"error\"><header><h2>error: \(text)</h2></header></section>\n")
    }

    private static func text(_ problem: CompilerProblem) -> String {
        ([problem.message] + problem.notes).map { message in
            let place =
                "\(message.path):\(message.line):\(message.column): \(message.severity.rawValue): \(message.text)"
            guard message.severity != .note,
                let source = SourceExcerpt(of: message.path, line: message.line, column: message.column, context: 2)
            else { return place }
            return place + "\n" + source.text
        }
        .joined(separator: "\n")
    }
}
