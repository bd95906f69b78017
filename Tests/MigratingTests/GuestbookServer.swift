import Foundation
import TestSupport

/// One of the guestbook's two apps in a process of its own.
final class GuestbookServer {
    /// Whether both can be started.
    static let areInstalled =
        FileManager.default.isExecutableFile(atPath: executable) && Python.has("flask_sqlalchemy")

    /// Beside the bundle of the tests.
    private static let executable = URL(filePath: CommandLine.arguments.first ?? "")
        .deletingLastPathComponent().appending(path: "migrating").path(percentEncoded: false)

    private static let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "serve.py")
        .path(percentEncoded: false)

    let url: String
    private let process: ChildProcess

    static func flask(database: String) throws -> GuestbookServer {
        try GuestbookServer(Python.interpreter, ["-B", script], database)
    }

    static func carafe(database: String) throws -> GuestbookServer {
        try GuestbookServer(executable, ["--port", "0", "--threads", "1"], database)
    }

    private init(_ path: String, _ arguments: [String], _ database: String) throws {
        var environment = ProcessInfo.processInfo.environment
        environment["DATABASE_URL"] = database
        process = try ChildProcess(path, arguments, environment: environment)
        var output = ""
        // Both write where they listen, and a line's end behind it.
        while output.firstRange(of: /http:\/\/\S+\s/) == nil {
            let bytes = process.read()
            guard !bytes.isEmpty else { throw Failure(description: output) }
            output += String(decoding: bytes, as: UTF8.self)
        }
        url = output.firstMatch(of: /http:\/\/[0-9.:]+/).map { String($0.output) } ?? ""
    }

    deinit {
        process.terminate()
        _ = process.wait()
    }

    /// What an app wrote instead of its address.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}
