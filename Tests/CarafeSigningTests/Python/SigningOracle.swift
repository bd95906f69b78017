import Foundation
import TestSupport

/// ItsDangerous, Flask and Werkzeug: what they answered when the vectors were recorded, and what they answer now.
enum SigningOracle {
    struct Vectors: Codable, Equatable {
        var signed: [SigningVector]
        var passwords: [PasswordVector]
    }

    static let recorded: Result<Vectors, any Error> = Result {
        try vectors(Data(contentsOf: folder.appending(path: "signing_vectors.json")))
    }

    /// Whether there is a Python with the packages.
    static let isInstalled = (try? run(["random", "0", "0"])) != nil

    /// The vectors as the installed packages make them.
    static func recordedAnew() throws -> Vectors { try vectors(run(["record"])) }

    /// Vectors of random values, so many of each kind.
    static func random(seed: UInt32, count: Int) throws -> Vectors {
        try vectors(run(["random", String(seed), String(count)]))
    }

    /// The cases with Python's answers.
    static func answers<Case: Codable>(_ cases: [Case]) throws -> [Case] {
        let lines = try cases.map { try JSONEncoder().encode($0) + Data("\n".utf8) }
        let output = try run(["answer"], input: lines.reduce(Data(), +))
        return try output.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Case.self, from: $0) }
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Differential")

    private static func vectors(_ json: Data) throws -> Vectors {
        try JSONDecoder().decode(Vectors.self, from: json)
    }

    private static func run(_ arguments: [String], input: Data = Data()) throws -> Data {
        let script = folder.appending(path: "signing_oracle.py")
        return try Python.run([script.path(percentEncoded: false)] + arguments, input: input)
    }
}
