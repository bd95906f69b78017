import Foundation
import TestSupport
import Testing

@Suite("Werkzeug's answers")
struct WerkzeugTests {
    @Test("each recorded answer of Werkzeug is ours too, but for the listed differences")
    func recorded() throws {
        let vectors = try WerkzeugVector.recorded()
        #expect(vectors.count > 700)
        var differences = WerkzeugDifference.all
        for vector in vectors {
            let ours = WerkzeugFunctions.answer(vector.f, vector.in)
            if let index = differences.firstIndex(where: { $0.function == vector.f && $0.input == vector.in }) {
                let difference = differences.remove(at: index)
                #expect(
                    Self.bytes(ours) == Self.bytes(difference.ours), "\(vector.f)\(vector.in): \(difference.reason)")
                #expect(Self.bytes(ours) != Self.bytes(vector.out), "\(vector.f)\(vector.in) differs no more")
            } else {
                #expect(Self.bytes(ours) == Self.bytes(vector.out), "\(vector.f)\(vector.in)")
            }
        }
        #expect(differences.isEmpty, "listed, but not among the vectors")
    }

    @Test("the installed Werkzeug still answers as recorded", .enabled(if: WerkzeugVector.isWerkzeugInstalled))
    func recordedIsCurrent() throws {
        let current = try JSONDecoder().decode([WerkzeugVector].self, from: WerkzeugVector.run(["record"]))
        #expect(current == (try WerkzeugVector.recorded()))
    }

    @Test("random inputs get Werkzeug's answer", .enabled(if: WerkzeugVector.isWerkzeugInstalled))
    func random() throws {
        let seed = String(UInt32.random(in: 0...UInt32.max))
        let vectors = try JSONDecoder().decode([WerkzeugVector].self, from: WerkzeugVector.run([seed, "100"]))
        #expect(vectors.count > 1500)
        for vector in vectors {
            let ours = WerkzeugFunctions.answer(vector.f, vector.in)
            #expect(Self.bytes(ours) == Self.bytes(vector.out), "seed \(seed): \(vector.f)\(vector.in)")
        }
    }

    /// Strings are compared as bytes; `==` would take canonically equivalent ones for the same.
    private static func bytes(_ answer: [String]?) -> [[UInt8]]? {
        answer.map { $0.map { Array($0.utf8) } }
    }
}

/// What Werkzeug made of one input, as `werkzeug_fields.py` writes it.
struct WerkzeugVector: Decodable, Equatable {
    let f: String
    let `in`: [String]
    let out: [String]?

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Differential")

    static func recorded() throws -> [WerkzeugVector] {
        let data = try Data(contentsOf: folder.appending(path: "werkzeug_fields.json"))
        return try JSONDecoder().decode([WerkzeugVector].self, from: data)
    }

    static let isWerkzeugInstalled = (try? run(["0", "0"])) != nil

    /// The script's output; throws where Python or Werkzeug 3.1.8 is missing.
    static func run(_ arguments: [String]) throws -> Data {
        try Python.run([folder.appending(path: "werkzeug_fields.py").path(percentEncoded: false)] + arguments)
    }
}
