import Carafe

/// The page of an app that crashed, or that ended though nobody asked it to.
struct CrashPage {
    let end: AppProcess.End
    /// What is known of the crash; nil where there was none.
    let report: CrashReport?
    let root: String
    let editor: EditorLink?

    var page: FailurePage {
        switch end.ending {
        case .signal(let signal): crash(report ?? CrashReport(end.errors, signal: signal))
        case .exit(let code): ended(code)
        }
    }

    private static let startButton = HTML(
        """
        <form method="post" action="\(FailureServer.startPath)"><button>Start the app again</button></form>
        <p class="soft">Saving a file starts it again too.</p>
        """)

    // MARK: - A crash

    private func crash(_ report: CrashReport) -> FailurePage {
        let own = report.frames.filter(isOwn)
        let others = report.frames.filter { !isOwn($0) }.map { frame in
            frame.path.map { "\(frame.function)\n    \($0):\(frame.line)" } ?? "\(frame.function)\n    \(frame.image)"
        }
        let requests = end.requests.map(\.request)
        return FailurePage(
            title: report.reason, kind: "The app crashed", summary: Self.startButton,
            content: HTML(joining: requests.map(section)) + HTML(joining: own.map(section))
                + PagePart.folded("\(others.count) frames of libraries", others)
                + PagePart.folded("What the app wrote before", Array(report.log.suffix(40)), isOpen: own.isEmpty),
            text: text(report, own, requests), status: .internalServerError)
    }

    /// Whether a frame is of the package's own code.
    private func isOwn(_ frame: CrashReport.Frame) -> Bool {
        frame.path.flatMap { FilePath.relative($0, to: root) }.map { !$0.utf8.starts(with: ".build/".utf8) } ?? false
    }

    private func section(_ frame: CrashReport.Frame) -> HTML {
        guard let path = frame.path else { return HTML("") }
        return HTML(
            """
            <section><header><h2>\(frame.function)</h2>
            <p>\(PagePart.place(path, frame.line, frame.column, root: root, editor: editor))</p></header>
            \(PagePart.source(path, frame.line, frame.column > 0 ? frame.column : nil))</section>

            """)
    }

    private func section(_ request: RunningRequest) -> HTML {
        let fields = request.fields.map { field in
            let parts = field.split(separator: ":", maxSplits: 1)
            return HTML(
                "<dt>\(String(parts.first ?? ""))</dt><dd>\(parts.count > 1 ? String(parts[1].dropFirst()) : "")</dd>")
        }
        return HTML(
            """
            <section><header><h2>While it answered \(request.method) \(request.target)</h2></header>
            <details><summary>Header fields</summary><dl>\(HTML(joining: fields))</dl></details></section>

            """)
    }

    private func text(_ report: CrashReport, _ own: [CrashReport.Frame], _ requests: [RunningRequest]) -> String {
        var lines = ["The app crashed: \(report.reason)"]
        lines += requests.map { "  while it answered \($0.method) \($0.target)" }
        for frame in own {
            guard let path = frame.path else { continue }
            lines.append("\n\(path):\(frame.line): \(frame.function)")
            if let source = SourceExcerpt(of: path, line: frame.line, column: frame.column, context: 2) {
                lines.append(source.text)
            }
        }
        if own.isEmpty { lines += [""] + report.frames.map { "  \($0.function) in \($0.image)" } }
        return lines.joined(separator: "\n")
    }

    // MARK: - An end that nobody asked for

    private func ended(_ code: CInt) -> FailurePage {
        // EX_CONFIG: the app said what is wrong.
        let isConfiguration = code == 78
        let title = isConfiguration ? "The app cannot start" : "The app ended with status \(code)"
        let log = Array(end.errors.suffix(60))
        return FailurePage(
            title: title,
            kind: isConfiguration ? "Its declarations or its configuration are wrong" : "The app is not running",
            summary: Self.startButton,
            content: PagePart.folded("What it wrote", log, isOpen: true),
            text: ([title] + (log.isEmpty ? [] : [""] + log)).joined(separator: "\n"), status: .internalServerError)
    }
}
