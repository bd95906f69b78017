import Carafe
import CarafeHTTP
import HTTPTypes

/// What keeps the app from answering, in the forms in which it is told.
struct FailurePage: Sendable {
    /// What happened, in a line.
    let title: String
    /// What kind of trouble it is: `The build failed`.
    let kind: String
    let summary: HTML
    let content: HTML
    /// All of it as plain text.
    let text: String
    let status: HTTPResponse.Status

    /// The answer in the form that a client wants: a page for browsers, problem details for what asks for JSON, text for
    /// everything else.
    func response(accept: MediaTypeAccept, version: String) -> Response {
        switch PageFormat(accept) {
        case .json: problem
        case .page:
            DevelopmentPage(title: title, kind: kind, summary: summary, content: content, version: version)
                .response(status: status)
        case .text:
            Response(
                status: status, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
                body: .string(text + "\n"))
        }
    }

    private var problem: Response {
        let document = JSONText.object([
            ("type", .string("about:blank")), ("title", .string("\(kind): \(title)")), ("status", .int(status.code)),
            ("detail", .string(text)),
        ])
        return Response(
            status: status, headers: [.contentType: "application/problem+json", .cacheControl: "no-store"],
            body: .string(document.text))
    }
}

/// Markup that several pages share.
enum PagePart {
    /// A place in a file, as a link that opens the editor where one is known.
    static func place(_ path: String, _ line: Int, _ column: Int?, root: String, editor: EditorLink?) -> HTML {
        let shown = "\(FilePath.relative(path, to: root) ?? path):\(line)\(column.map { ":\($0)" } ?? "")"
        return PageMarkup.place(shown, path: path, line: line, column: column, editor: editor)
    }

    static func source(_ path: String, _ line: Int, _ column: Int?) -> HTML {
        SourceExcerpt(of: path, line: line, column: column)?.html ?? HTML("")
    }

    /// Lines of text behind a heading that opens them.
    static func folded(_ title: String, _ lines: [String], isOpen: Bool = false) -> HTML {
        guard !lines.isEmpty else { return HTML("") }
        return PageMarkup.folded(title, lines.joined(separator: "\n"), isOpen: isOpen)
    }
}
