import Foundation

/// Python scripts beside the tests, which answer for the originals.
package enum Python {
    /// The interpreter with the originals, which `scripts/setup` makes; without it, the system's.
    package static let interpreter: String = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().resolvingSymlinksInPath()
        let path = root.appending(path: ".build/python/bin/python3").path(percentEncoded: false)
        return FileManager.default.isExecutableFile(atPath: path) ? path : "python3"
    }()

    /// How many seconds a script may take: a test that waits for ever would hold up all others.
    package static let deadline = 240.0

    /// Whether the interpreter has all of these modules.
    package static func has(_ modules: String...) -> Bool {
        (try? run(["-c", "import \(modules.joined(separator: ", "))"])) != nil
    }

    /// What a script, or whatever else the arguments make `python3` run, writes to standard output.
    ///
    /// - Parameter input: standard input; a file serves for it, so that no script waits for its reader.
    /// - Throws: where there is no Python, or the script fails, as without a package that it needs, or takes longer than
    ///   ``deadline``.
    package static func run(_ arguments: [String], input: Data = Data()) throws -> Data {
        let questions = FileManager.default.temporaryDirectory.appending(path: "carafe-python-\(UUID().uuidString)")
        try input.write(to: questions)
        defer { try? FileManager.default.removeItem(at: questions) }
        let complaints = questions.appendingPathExtension("errors")
        defer { try? FileManager.default.removeItem(at: complaints) }
        // -B: leaves no compiled files beside the tests.
        let process = try ChildProcess(
            interpreter, ["-B"] + arguments, input: questions.path, errors: complaints.path)
        let end = process.endsWithin(deadline)
        let data = process.readToEnd()
        end.cancel()
        guard process.wait() == 0 else {
            throw Failure(description: String(decoding: (try? Data(contentsOf: complaints)) ?? Data(), as: UTF8.self))
        }
        return data
    }

    /// As above, on a thread of its own.
    package static func run(_ arguments: [String], input: Data = Data()) async throws -> Data {
        let work: @Sendable () throws -> Data = { try Python.run(arguments, input: input) }
        return try await onOwnThread { try work() }
    }

    /// A script that failed, with what it wrote to its standard error.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }
}
