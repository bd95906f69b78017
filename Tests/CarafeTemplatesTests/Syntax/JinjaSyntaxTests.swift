import Foundation
import TestSupport
import Testing

@testable import CarafeTemplates

@Suite("Templates are read as Jinja reads them")
struct JinjaSyntaxTests {
    @Test("the recorded templates give Jinja's trees and errors, with the same lines")
    func recorded() {
        #expect(SyntaxCase.recorded.count > 1000)
        for one in SyntaxCase.recorded {
            #expect(one.ours == one.answer, "\(one.source.debugDescription) \(one.options.map { "\($0)" } ?? "")")
        }
    }

    @Test("templates changed at random are read as Jinja reads them", .enabled(if: Jinja.isInstalled))
    func random() throws {
        var random = SplitMix64(seed: UInt64(TestSeed.value))
        let cases = (0..<1000).map { _ in TemplateMutation.next(&random) }
        for (one, answer) in zip(cases, try Jinja.read(cases)) where answer.class != "RecursionError" {
            let ours = one.ours
            // Jinja gives the variables of `trans` blocks that it finds in their text in no certain order.
            if one.extensions != nil, Self.parts(ours) == Self.parts(answer) { continue }
            #expect(ours == answer, "\(one.source.debugDescription) \(one.options.map { "\($0)" } ?? "")")
        }
    }

    /// The words of a tree, in order of their own.
    private static func parts(_ answer: SyntaxCase.Answer) -> [Substring] {
        answer.description.split { " []()".contains($0) }.sorted()
    }
}

/// The real Jinja2, where Python and it are installed.
enum Jinja {
    static let isInstalled = (try? Python.run(["-c", "import jinja2"])) != nil

    /// How Jinja reads `cases`, by one process for all of them.
    static func read(_ cases: [SyntaxCase]) throws -> [SyntaxCase.Answer] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Differential/syntax.py")
        let encoder = JSONEncoder()
        var input = Data()
        for one in cases {
            input += try encoder.encode(one)
            input.append(0x0A)
        }
        let output = try Python.run([script.path], input: input)
        let decoder = JSONDecoder()
        return try output.split(separator: 0x0A).map { try decoder.decode(SyntaxCase.Answer.self, from: Data($0)) }
    }
}
