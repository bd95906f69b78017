import Foundation
import TestSupport

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

    /// The installed original's answers to the same questions, and then to `count` random ones.
    func current(seed: String, count: Int) throws -> [Vector] {
        try JSONDecoder().decode(
            [Vector].self, from: Python.run([script.path(percentEncoded: false), seed, String(count)]))
    }

    /// Whether Python and the original are there.
    func isInstalled(_ package: String) -> Bool {
        (try? Python.run(["-c", "from importlib.metadata import version; version('\(package)')"])) != nil
    }
}
