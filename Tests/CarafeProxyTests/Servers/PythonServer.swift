import Foundation
import TestSupport

/// `flask_server.py`, in a process of its own.
final class PythonServer: Sendable {
    /// What serves: `werkzeug`, `gunicorn` or `websockets`.
    enum Kind: String, CaseIterable, Sendable { case werkzeug, gunicorn, websockets }

    let port: Int
    /// Only this object's beginning and end touch it.
    private nonisolated(unsafe) let process: ChildProcess

    /// Starts it, and waits until it listens.
    init(_ kind: Kind) throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "flask_server.py")
        let process = try ChildProcess(
            Python.interpreter, ["-B", script.path(percentEncoded: false), kind.rawValue], errors: "/dev/null")
        var output = Data()
        while !output.contains(UInt8(ascii: "\n")) {
            let more = process.read()
            if more.isEmpty { break }
            output += more
        }
        guard let port = Int(String(decoding: output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)) else {
            throw NotStarted()
        }
        self.port = port
        self.process = process
    }

    deinit {
        // gunicorn's supervisor takes its workers with it.
        process.terminate()
        _ = process.wait()
    }

    private struct NotStarted: Error {}

    /// Whether the packages for it are there.
    static func isAvailable(_ kind: Kind) -> Bool {
        switch kind {
        case .werkzeug: Python.has("flask")
        case .gunicorn: Python.has("flask", "gunicorn")
        case .websockets: Python.has("websockets", "flask")
        }
    }
}
