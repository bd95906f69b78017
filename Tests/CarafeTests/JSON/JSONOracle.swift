import Foundation

/// Python's json module, asked by a script.
enum JSONOracle {
    static let hasPython = runs(["-c", "import json"])
    static let hasFlask = runs(["-c", "import flask"])

    /// What Python makes of each text: the text written again in a mode of the script's, or nil where it refuses it.
    static func answers(_ mode: String, _ texts: [[UInt8]]) throws -> [[UInt8]?] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "Differential/json_oracle.py")
        let questions = texts.map { "\(mode) \(Data($0).base64EncodedString())\n" }.joined()
        let output = try run([script.path()], input: Data(questions.utf8))
        let lines = String(decoding: output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.prefix(texts.count).map { line in
            line.isEmpty ? nil : Data(base64Encoded: String(line)).map { Array($0) }
        }
    }

    private static func runs(_ arguments: [String]) -> Bool {
        (try? run(arguments, input: Data())) != nil
    }

    private static func run(_ arguments: [String], input: Data) throws -> Data {
        let questions = FileManager.default.temporaryDirectory.appending(path: "carafe-json-\(UUID().uuidString)")
        try input.write(to: questions)
        defer { try? FileManager.default.removeItem(at: questions) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        let output = Pipe()
        process.standardInput = try FileHandle(forReadingFrom: questions)
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return data
    }
}
