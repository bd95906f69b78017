/// A line that a person edits: what each key does to it. It knows no terminal.
struct LineEditor {
    /// What a key has led to.
    enum Event: Equatable {
        /// The line may look otherwise.
        case changed
        /// The person has finished the line.
        case line(String)
        /// Ctrl-C: the line is dropped.
        case dropped
        /// Ctrl-D on an empty line.
        case end
        /// Tab: what stands before the cursor is to be completed.
        case completion(String)
        /// Ctrl-L
        case clearScreen
    }

    let prompt: String
    /// The line, and where in it the cursor stands.
    private(set) var text: [Unicode.Scalar] = []
    private(set) var cursor = 0

    private var history: [String]
    /// Which line of the history is shown; its end is the new line.
    private var place: Int
    /// The new line, while one of the history is shown.
    private var draft: [Unicode.Scalar] = []

    init(prompt: String, history: [String] = []) {
        self.prompt = prompt
        self.history = history
        place = history.count
    }

    /// Adds a line to those that the arrow keys walk through.
    mutating func remember(_ line: String) {
        history.append(line)
        place = history.count
    }

    /// Does what a key does.
    mutating func take(_ key: TerminalKey) -> Event {
        switch key {
        case .character(let scalar):
            guard text.count < ShellSession.longestLine else { break }
            text.insert(scalar, at: cursor)
            cursor += 1
        case .enter: return .line(take())
        case .interrupt:
            _ = take()
            return .dropped
        case .endOfInput:
            if text.isEmpty { return .end }
            delete(cursor..<min(cursor + 1, text.count))
        case .tab: return .completion(string(text[..<cursor]))
        case .clear: return .clearScreen
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(text.count, cursor + 1)
        case .home: cursor = 0
        case .end: cursor = text.count
        case .wordLeft: cursor = wordStart
        case .wordRight: cursor = wordEnd
        case .backspace: delete(max(0, cursor - 1)..<cursor)
        case .delete: delete(cursor..<min(cursor + 1, text.count))
        case .deleteWord: delete(wordStart..<cursor)
        case .deleteToStart: delete(0..<cursor)
        case .deleteToEnd: delete(cursor..<text.count)
        case .up: show(place - 1)
        case .down: show(place + 1)
        case .other: break
        }
        return .changed
    }

    /// Puts what all candidates have in common in the place of what was begun.
    mutating func complete(_ completion: ShellCompletion) {
        guard !completion.candidates.isEmpty else { return }
        var start = cursor
        var bytes = 0
        while start > 0, bytes < completion.replaced {
            start -= 1
            bytes += UTF8.width(text[start])
        }
        let new = Array(completion.common.unicodeScalars)
        text.replaceSubrange(start..<cursor, with: new)
        cursor = start + new.count
    }

    // MARK: - Details

    /// The line, which is then empty.
    private mutating func take() -> String {
        defer { (text, cursor, place, draft) = ([], 0, history.count, []) }
        return string(text[...])
    }

    private mutating func delete(_ range: Range<Int>) {
        text.removeSubrange(range)
        cursor = range.lowerBound
    }

    private mutating func show(_ place: Int) {
        guard (0...history.count).contains(place) else { return }
        if self.place == history.count { draft = text }
        self.place = place
        text = place == history.count ? draft : Array(history[place].unicodeScalars)
        cursor = text.count
    }

    private var wordStart: Int {
        var start = cursor
        while start > 0, !isWord(text[start - 1]) { start -= 1 }
        while start > 0, isWord(text[start - 1]) { start -= 1 }
        return start
    }

    private var wordEnd: Int {
        var end = cursor
        while end < text.count, !isWord(text[end]) { end += 1 }
        while end < text.count, isWord(text[end]) { end += 1 }
        return end
    }

    private func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
    }

    private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}

extension LineEditor {
    /// What draws the line anew on a terminal of a width: a line that is too long shows the part around the cursor.
    func drawing(width: Int) -> String {
        let room = max(8, width - TextWidth.of(prompt) - 1)
        var start = 0
        var before = text[..<cursor].reduce(0) { $0 + TextWidth.of($1) }
        while before > room {
            before -= TextWidth.of(text[start])
            start += 1
        }
        var shown = String.UnicodeScalarView()
        var used = 0
        for scalar in text[start...] {
            used += TextWidth.of(scalar)
            if used > room { break }
            shown.append(scalar)
        }
        return "\r\(prompt)\(String(shown))\u{1B}[K\r\u{1B}[\(TextWidth.of(prompt) + before)C"
    }
}

/// How many columns of a terminal text takes.
enum TextWidth {
    static func of(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + of($1) } }

    static func of(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        return wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }

    /// The blocks whose signs are as wide as two letters: East Asian scripts and pictures.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
        0x20000...0x3FFFD,
    ]
}
