import Foundation
import TestSupport
import Testing

@Suite("The console on a terminal and in a pipe", .enabled(if: HelloProcess.isBuilt), .timeLimit(.minutes(5)))
struct ShellProcessTests {
    /// What a terminal shows when a person waits for texts and types others.
    private func converse(_ steps: [(String, String)], state: String) throws -> String {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "shell_pty.py")
        let input = try JSONEncoder().encode(steps.map { [$0.0, $0.1] })
        return String(
            decoding: try Python.run(
                [
                    script.path(percentEncoded: false), "/usr/bin/env", "XDG_STATE_HOME=\(state)", HelloProcess.path,
                    "shell",
                ], input: input), as: UTF8.self)
    }

    @Test("lines are edited, completed, dropped and remembered", .enabled(if: Python.has("pty")))
    func terminal() throws {
        let state = "/tmp/carafe-shell-\(UInt32.random(in: 0...UInt32.max))"
        defer { Folders.remove(state) }
        let shown = try converse(
            [
                (">>> ", "40 + 3\u{7F}2\r"), ("42\r\n", "dropped\u{3}"), ("^C", "reque\t.path\r"),
                ("'/'", "\u{1B}[A\u{1B}[A\r"),
                ("42\r\n", "1 / 0\r"), ("ZeroDivisionError", "\u{4}"),
            ], state: state)
        #expect(shown.contains("status 0"), "\(shown)")
        let again = try converse([(">>> ", "\u{1B}[A\u{1B}[A\r"), ("42\r\n", "exit\r")], state: state)
        #expect(again.contains("status 0") && again.contains("42\r\n"), "\(again)")
    }

    @Test("expressions are answered one a line, and a failure is the exit status")
    func pipe() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "carafe-lines-\(UUID().uuidString)")
        try Data("1 + 1\nx = 5\nx / 0\nx\nexit\n9\n".utf8).write(to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = try ChildProcess(HelloProcess.path, ["shell"], input: folder.path(percentEncoded: false))
        let output = String(decoding: process.readToEnd(), as: UTF8.self)
        #expect(output == "2\nZeroDivisionError: division by zero\n5\n")
        #expect(process.wait() == 0, "exit ends it, whatever came before")
        let failing = try ChildProcess(HelloProcess.path, ["shell", "-c", "1/0", "-c", "2"])
        #expect(String(decoding: failing.readToEnd(), as: UTF8.self).hasSuffix("2\n"))
        #expect(failing.wait() == 1)
    }
}
