/// Something that `carafe doctor` has found.
struct Finding: Equatable {
    /// What it means for the developer.
    enum State: String {
        /// As it should be.
        case fine = "ok"
        /// Good to know.
        case note
        /// It may do harm.
        case warning
        /// Something must be mended.
        case error
    }

    /// What was looked at: `libraries`, `secret key`.
    var subject: String
    var state: State
    var message: String
    /// What to do; nil where there is nothing to be done.
    var hint: String?
    /// Where it stands.
    var file: String?
    var line: Int?

    init(
        _ state: State, _ subject: String, _ message: String, hint: String? = nil, file: String? = nil, line: Int? = nil
    ) {
        self.state = state
        self.subject = subject
        self.message = message
        self.hint = hint
        self.file = file
        self.line = line
    }

    /// `app.py:12: `
    private var place: String {
        guard let file else { return "" }
        return line.map { "\(file):\($0): " } ?? "\(file): "
    }

    fileprivate var json: JSONText {
        .object([
            ("subject", .string(subject)), ("state", .string(state.rawValue)), ("message", .string(message)),
            ("hint", .optional(hint)), ("file", .optional(file)), ("line", .optional(line)),
        ])
    }

    /// The finding, in a line where it has no more, and what to do in others below it.
    fileprivate func lines(_ terminal: Terminal) -> [String] {
        let label = state.rawValue + String(repeating: " ", count: 8 - state.rawValue.utf8.count)
        let margin = String(repeating: " ", count: 10)
        let said = (place + message).split(separator: "\n")
        return ["  " + terminal.coloured(label, colour) + (said.first ?? "")] + said.dropFirst().map { margin + $0 }
            + (hint.map { $0.split(separator: "\n").map { margin + terminal.coloured(String($0), .soft) } } ?? [])
    }

    private var colour: Terminal.Colour? {
        switch state {
        case .fine: .green
        case .note: .soft
        case .warning: .yellow
        case .error: .red
        }
    }
}

/// All that was found, in the order in which it was looked at.
struct Findings {
    private(set) var all: [Finding] = []

    var errorCount: Int { all.count { $0.state == .error } }

    mutating func add(_ findings: [Finding]) { all += findings }

    /// By subject, each with its heading.
    func text(_ terminal: Terminal) -> String {
        var lines: [String] = []
        var subject: String?
        for finding in all {
            if finding.subject != subject {
                lines.append(terminal.coloured((subject == nil ? "" : "\n") + finding.subject, .bold))
                subject = finding.subject
            }
            lines += finding.lines(terminal)
        }
        return lines.joined(separator: "\n") + "\n\n" + summary + "\n"
    }

    private var summary: String {
        let warnings = all.count { $0.state == .warning }
        let parts = [(errorCount, "must be mended"), (warnings, "to be looked at")].filter { $0.0 > 0 }
        return parts.isEmpty ? "All is well." : parts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }

    var json: String { JSONText.array(all.map(\.json)).text + "\n" }
}
