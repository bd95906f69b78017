import Foundation

/// Python scripts beside the tests, which answer for the originals.
package enum Python {
    /// What a script, or whatever else the arguments make `python3` run, writes to standard output.
    ///
    /// - Parameter input: standard input; a file serves for it, so that no script waits for its reader.
    /// - Throws: where there is no Python, or the script fails, as without a package that it needs.
    package static func run(_ arguments: [String], input: Data = Data()) throws -> Data {
        let questions = FileManager.default.temporaryDirectory.appending(path: "carafe-python-\(UUID().uuidString)")
        try input.write(to: questions)
        defer { try? FileManager.default.removeItem(at: questions) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        // -B: leaves no compiled files beside the tests.
        process.arguments = ["python3", "-B"] + arguments
        let complaints = questions.appendingPathExtension("errors")
        try Data().write(to: complaints)
        defer { try? FileManager.default.removeItem(at: complaints) }
        let output = Pipe()
        process.standardInput = try FileHandle(forReadingFrom: questions)
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: complaints)
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: String(decoding: (try? Data(contentsOf: complaints)) ?? Data(), as: UTF8.self))
        }
        return data
    }

    /// A script that failed, with what it wrote to its standard error.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }
}
