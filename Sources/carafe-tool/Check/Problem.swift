/// A mistake in a template, and its place.
struct Problem {
    enum Severity: String {
        case error, warning
    }

    /// What is wrong, in one word for programs: `syntax`, `unknown-filter`, `unknown-test`, `missing-template`,
    /// `missing-name`, `unused-block`, `unreadable`.
    var kind: String
    var severity: Severity
    var file: String
    var line: Int?
    /// In code points, counted from 1.
    var column: Int?
    var message: String
    /// The offending line.
    var sourceLine: String?

    /// The mistake as compilers print theirs.
    var text: String {
        let place = ([file] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
        var text = "\(place): \(severity.rawValue): \(message)\n"
        if let sourceLine {
            text += "    \(sourceLine)\n"
            if let column { text += "    \(ErrorText.blanks(of: sourceLine, before: column))^\n" }
        }
        return text
    }

    var json: JSONText {
        .object([
            ("file", .string(file)), ("line", .optional(line)), ("column", .optional(column)),
            ("severity", .string(severity.rawValue)), ("kind", .string(kind)), ("message", .string(message)),
            ("source", .optional(sourceLine)),
        ])
    }
}
