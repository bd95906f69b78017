import CarafeServer
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the developer reads while the tool runs: coloured where it is a terminal that shows colours.
final class Terminal: Sendable {
    enum Colour: String {
        case red = "31"
        case green = "32"
        case yellow = "33"
        case soft = "2"
        case bold = "1"
    }

    private let isTerminal: Bool
    private let hasColours: Bool
    /// Whether a line of progress stands at the end, which the next line replaces.
    private let hasProgress = Mutex(false)

    /// Where what a command says goes: its answer to the output, everything else to the errors.
    enum Stream {
        case output, errors
    }

    init(of stream: Stream = .errors) {
        isTerminal = isatty(stream == .output ? STDOUT_FILENO : STDERR_FILENO) == 1
        // https://no-color.org
        hasColours =
            isTerminal && (ProcessEnvironment["NO_COLOR"] ?? "").isEmpty && ProcessEnvironment["TERM"] != "dumb"
    }

    /// Prints a line.
    func print(_ line: String, _ colour: Colour? = nil) {
        hasProgress.withLock { hasProgress in
            StandardStreams.writeError((hasProgress ? "\r\u{1B}[K" : "") + coloured(line, colour) + "\n")
            hasProgress = false
        }
    }

    /// Shows how far something is, in a line that the next one replaces; only on a terminal.
    func progress(_ text: String) {
        guard isTerminal else { return }
        hasProgress.withLock { hasProgress in
            let width = max(20, self.width - 1)
            StandardStreams.writeError("\r\u{1B}[K" + coloured(String(text.unicodeScalars.prefix(width)), .soft))
            hasProgress = true
        }
    }

    /// Removes the line of progress.
    func endProgress() {
        hasProgress.withLock { hasProgress in
            if hasProgress { StandardStreams.writeError("\r\u{1B}[K") }
            hasProgress = false
        }
    }

    /// Text in a colour.
    func coloured(_ text: String, _ colour: Colour?) -> String {
        guard hasColours, let colour else { return text }
        return "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
    }

    /// What went wrong: the marked lines of sources and the errors stand out.
    func report(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
            let line = String(line)
            if index == 0 { return coloured(line, .red) }
            if line.utf8.starts(with: "> ".utf8) { return coloured(line, .bold) }
            if line.contains(": error: ") || line.utf8.starts(with: "error: ".utf8) { return coloured(line, .red) }
            if line.contains(": warning: ") { return coloured(line, .yellow) }
            return line.contains(" | ") ? coloured(line, .soft) : line
        }
        print(lines.joined(separator: "\n"))
    }

    private var width: Int {
        var size = winsize()
        return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }
}

extension Duration {
    /// `1.4 s`
    var text: String {
        let tenths = components.seconds * 10 + components.attoseconds / 100_000_000_000_000_000
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
