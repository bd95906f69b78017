import Testing

@testable import Carafe

@Suite("The console's line editor")
struct LineEditorTests {
    /// The keys that bytes are.
    private func keys(_ bytes: String) -> [TerminalKey] {
        var keys = TerminalKeys()
        return bytes.utf8.compactMap { keys.take($0) }
    }

    /// The line that typed bytes make, with `|` for the cursor.
    private func edited(_ bytes: String, history: [String] = []) -> String {
        var editor = LineEditor(prompt: "> ", history: history)
        for key in keys(bytes) { _ = editor.take(key) }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: editor.text[..<editor.cursor] + ["|"] + editor.text[editor.cursor...])
        return String(view)
    }

    @Test(
        "keys do what they do in every shell",
        arguments: [
            ("abc", "abc|"), ("abc\u{1B}[D\u{1B}[Dx", "ax|bc"), ("abc\u{1}x", "x|abc"), ("abc\u{1}\u{5}x", "abcx|"),
            ("abc\u{7F}", "ab|"), ("abc\u{1}\u{1B}[3~", "|bc"), ("abc\u{1}\u{4}", "|bc"), ("one two\u{17}", "one |"),
            ("one two\u{15}", "|"), ("one two\u{1B}b\u{B}", "one |"), ("one two\u{1B}[1;5D\u{1B}[1;5D", "|one two"),
            ("one two\u{1}\u{1B}f", "one| two"), ("\u{1B}[D\u{1B}[C\u{7F}\u{1B}[3~", "|"), ("é日𝄞\u{7F}", "é日|"),
            ("a\u{1B}[99;99Xb", "ab|"), ("a\u{1B}OHb", "b|a"), ("a\u{1B}[H\u{1B}[F!", "a!|"),
            ("e\u{301}\u{2}", "e|\u{301}"),
        ])
    func keys(bytes: String, line: String) { #expect(edited(bytes) == line) }

    @Test("the arrow keys walk through earlier lines and back to the new one")
    func history() {
        let up = "\u{1B}[A"
        let down = "\u{1B}[B"
        #expect(edited("new" + up, history: ["a", "b"]) == "b|")
        #expect(edited("new" + up + up + up, history: ["a", "b"]) == "a|")
        #expect(edited("new" + up + up + down + down, history: ["a", "b"]) == "new|")
        #expect(edited(down, history: ["a"]) == "|")
    }

    @Test("Enter hands the line out, Ctrl-C drops it, Ctrl-D ends on an empty one")
    func endings() {
        var editor = LineEditor(prompt: "> ")
        #expect(keys("ab\r").map { editor.take($0) } == [.changed, .changed, .line("ab")])
        #expect(keys("ab\u{3}").map { editor.take($0) }.last == .dropped)
        #expect(editor.text.isEmpty)
        #expect(editor.take(.endOfInput) == .end)
        #expect(keys("a\t").map { editor.take($0) }.last == .completion("a"))
    }

    @Test("bytes that are no text are passed over, however long they go on")
    func nonsense() {
        var keys = TerminalKeys()
        let bytes: [UInt8] =
            [0xFF, 0xC3, 0x28, 0xF0, 0x28, 0x8C, 0x28, 0x1B, 0x5B] + [UInt8](repeating: 0x31, count: 99)
        #expect(bytes.compactMap { keys.take($0) }.allSatisfy { $0 == .other || $0 == .character("1") })
    }

    @Test("a long line shows the part around the cursor, counted in columns")
    func drawing() {
        var editor = LineEditor(prompt: "> ")
        for scalar in "abcdefghijklmnop".unicodeScalars { _ = editor.take(.character(scalar)) }
        #expect(editor.drawing(width: 13) == "\r> ghijklmnop\u{1B}[K\r\u{1B}[12C")
        _ = editor.take(.home)
        #expect(editor.drawing(width: 13) == "\r> abcdefghij\u{1B}[K\r\u{1B}[2C")
        #expect(TextWidth.of("日本e\u{301}") == 5)
    }
}

@Suite("The console's memory")
struct ShellHistoryTests {
    @Test("keeps lines for the next time, but for those that begin with a blank or repeat the last")
    func memory() throws {
        let folder = "/tmp/carafe-history-\(UInt32.random(in: 0...UInt32.max))"
        defer { Folders.remove(folder) }
        var history = ShellHistory(of: "a/b", in: folder + "/deep")
        #expect(["one", "one", " secret", "", "two"].map { history.add($0) } == [true, false, false, false, true])
        #expect(ShellHistory(of: "a/b", in: folder + "/deep").lines == ["one", "two"])
        #expect(Folders.rights(of: folder + "/deep/a_b.history") == 0o600)
        for number in 0..<1_100 { _ = history.add("\(number)") }
        #expect(ShellHistory(of: "a/b", in: folder + "/deep").lines.count == ShellHistory.limit)
    }
}
