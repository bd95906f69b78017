import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The terminal of the process, which hands over each key while a line is edited.
final class RawTerminal {
    private let usual: termios
    private let hasColours: Bool
    private var keys = TerminalKeys()

    /// How a line ended.
    enum Outcome {
        case line(String)
        case end
    }

    /// Nil where the process does not talk to a person.
    init?() {
        var settings = termios()
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, tcgetattr(STDIN_FILENO, &settings) == 0 else {
            return nil
        }
        let kind = getenv("TERM").map { String(cString: $0) } ?? ""
        guard kind != "dumb", !kind.isEmpty else { return nil }
        usual = settings
        hasColours = getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
    }

    func red(_ text: String) -> String { hasColours ? "\u{1B}[31m\(text)\u{1B}[0m" : text }

    /// Lets the person edit a line. It blocks its thread: nothing else is to be done until the line is there.
    func readLine(_ editor: inout LineEditor, completing complete: (String) -> ShellCompletion) -> Outcome {
        var raw = usual
        raw.c_iflag &= ~tcflag_t(ICRNL | IXON)
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &raw)
        defer {
            var usual = usual
            tcsetattr(STDIN_FILENO, TCSADRAIN, &usual)
        }
        draw(editor)
        while let key = nextKey() {
            switch editor.take(key) {
            case .changed: draw(editor)
            case .line(let line):
                write("\r\n")
                return .line(line)
            case .dropped:
                write("^C\r\n")
                draw(editor)
            case .end:
                write("\r\n")
                return .end
            case .clearScreen:
                write("\u{1B}[H\u{1B}[2J")
                draw(editor)
            case .completion(let text):
                let completion = complete(text)
                editor.complete(completion)
                if completion.candidates.count > 1, completion.common.utf8.count == completion.replaced {
                    write("\r\n" + columns(completion.candidates) + "\r\n")
                }
                draw(editor)
            }
        }
        return .end
    }

    /// The next key; nil at the end of the input.
    private func nextKey() -> TerminalKey? {
        while true {
            var byte: UInt8 = 0
            let count = read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { return nil }
            if let key = keys.take(byte) { return key }
        }
    }

    private func draw(_ editor: LineEditor) { write(editor.drawing(width: width)) }

    private func write(_ text: String) { StandardStream.output.write(text) }

    private var width: Int {
        var size = winsize()
        return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    /// Words side by side, as many as fit.
    private func columns(_ words: [String]) -> String {
        let most = 200
        let cell = (words.map(TextWidth.of).max() ?? 0) + 2
        let count = max(1, width / cell)
        let rows = stride(from: 0, to: min(words.count, most), by: count).map { start in
            words[start..<min(start + count, words.count)]
                .map { $0 + String(repeating: " ", count: cell - TextWidth.of($0)) }.joined()
        }
        return (rows + (words.count > most ? ["…"] : [])).joined(separator: "\r\n")
    }
}

/// Ctrl-C while an expression is evaluated.
final class Interrupts {
    private let source: any DispatchSourceSignal
    private let evaluation = Evaluation()

    /// The answer that is being found.
    private final class Evaluation: Sendable {
        let task = Mutex<Task<ShellSession.Answer, Never>?>(nil)
    }

    init() {
        signal(SIGINT, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGINT, queue: DispatchQueue(label: "carafe.interrupts"))
        source.setEventHandler { [evaluation] in evaluation.task.withLock { $0?.cancel() } }
        source.resume()
    }

    func stop() { source.cancel() }

    /// Runs work that Ctrl-C cancels.
    func cancelling(_ work: @escaping @Sendable () async -> ShellSession.Answer) async -> ShellSession.Answer {
        let task = Task { await work() }
        evaluation.task.withLock { $0 = task }
        defer { evaluation.task.withLock { $0 = nil } }
        return await task.value
    }
}
