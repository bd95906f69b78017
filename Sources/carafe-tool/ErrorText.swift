import CarafeTemplates

/// An error of a template as a person reads it on a terminal: place and message, the line, and the way there.
struct ErrorText {
    let text: String

    init(_ error: TemplateError) {
        var lines = [Self.place(of: error) + "error: \(error.kind.name): \(error.message)"]
        if let line = error.sourceLine {
            lines.append("    " + line)
            if let column = error.column { lines.append("    " + Self.blanks(of: line, before: column) + "^") }
        }
        for frame in error.trace.reversed() {
            let place = frame.filename ?? frame.template ?? "<template>"
            lines.append("  at \(place):\(frame.line), \(frame.function)")
        }
        text = lines.joined(separator: "\n") + "\n"
    }

    /// `file:line:column: `
    private static func place(of error: TemplateError) -> String {
        guard let name = error.filename ?? error.template ?? error.line.map({ _ in "<template>" }) else { return "" }
        let numbers = [error.line, error.column].compactMap { $0 }.map { ":\($0)" }.joined()
        return "\(name)\(numbers): "
    }

    /// Blanks as wide as what stands before a column; tabs stay tabs.
    static func blanks(of line: String, before column: Int) -> String {
        var blanks = ""
        for scalar in line.unicodeScalars.prefix(max(0, column - 1)) { blanks += scalar == "\t" ? "\t" : " " }
        return blanks
    }
}

/// What keeps the tool from doing what it was asked.
struct ToolError: Error {
    let message: String

    init(_ message: String) { self.message = message }
}
