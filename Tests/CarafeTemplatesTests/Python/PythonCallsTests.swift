import TestSupport
import Testing

@testable import CarafeTemplates

@Suite("Python's answers")
struct PythonCallsTests {
    @Test("each recorded answer of CPython is ours too, but for the listed differences")
    func recorded() throws {
        let vectors = try PythonCallVector.decode(PythonCallVector.recording())
        #expect(vectors.count > 3_000)
        for vector in vectors { Self.expectSame(vector) }
    }

    @Test("the installed CPython still answers as recorded", .enabled(if: PythonCallVector.isPythonThere))
    func recordedIsCurrent() throws {
        #expect(try PythonCallVector.run(["record"]) == PythonCallVector.recording())
    }

    @Test("random calls get CPython's answer", .enabled(if: PythonCallVector.isPythonThere))
    func random() throws {
        let seed = String(TestSeed.value)
        let vectors = try PythonCallVector.decode(PythonCallVector.run(["random", seed, "1500"]))
        #expect(vectors.count > 1_400)
        for vector in vectors { Self.expectSame(vector, "seed \(seed): ") }
    }

    private static func expectSame(_ vector: PythonCallVector, _ prefix: String = "") {
        let (ours, theirs) = (PythonCallAnswer(to: vector), PythonCallAnswer(expected: vector))
        if ours.isSame(as: theirs) || PythonCallDifference.isKnown(vector, ours) { return }
        Issue.record("\(prefix)\(vector.description)\n  ours: \(ours)\n  Python's: \(theirs)")
    }
}
