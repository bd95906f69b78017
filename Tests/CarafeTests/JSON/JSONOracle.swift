import Foundation
import TestSupport

/// Python's json module, asked by a script.
enum JSONOracle {
    static let hasPython = runs(["-c", "import json"])
    static let hasFlask = runs(["-c", "import flask"])

    /// What Python makes of each text: the text written again in a mode of the script's, or nil where it refuses it.
    static func answers(_ mode: String, _ texts: [[UInt8]]) throws -> [[UInt8]?] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "Differential/json_oracle.py")
        let questions = texts.map { "\(mode) \(Data($0).base64EncodedString())\n" }.joined()
        let output = try Python.run([script.path(percentEncoded: false)], input: Data(questions.utf8))
        let lines = String(decoding: output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.prefix(texts.count).map { line in
            line.isEmpty ? nil : Data(base64Encoded: String(line)).map { Array($0) }
        }
    }

    private static func runs(_ arguments: [String]) -> Bool {
        (try? Python.run(arguments)) != nil
    }
}
