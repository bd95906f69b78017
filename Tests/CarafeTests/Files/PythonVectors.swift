import Foundation

/// A script beside the tests that asks a Python original, and the answers of it that are checked in.
struct PythonVectors<Vector: Decodable> {
    private let script: URL
    private let recording: URL

    /// - Parameter name: the name of `Differential/name.py` and `Differential/name.json` beside the test's file
    init(_ name: String, testFile: String = #filePath) {
        let folder = URL(filePath: testFile).deletingLastPathComponent().appending(path: "Differential")
        script = folder.appending(path: name + ".py")
        recording = folder.appending(path: name + ".json")
    }

    /// The answers that are checked in.
    func recorded() throws -> [Vector] {
        try JSONDecoder().decode([Vector].self, from: Data(contentsOf: recording))
    }

    /// The installed original's answers.
    func current(_ arguments: String...) throws -> [Vector] {
        try JSONDecoder().decode([Vector].self, from: run(arguments))
    }

    /// Whether Python and the original are there.
    var isInstalled: Bool { (try? run(["0", "0"])) != nil }

    private func run(_ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script.path(percentEncoded: false)] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return data
    }
}
