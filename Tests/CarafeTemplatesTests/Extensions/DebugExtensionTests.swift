import Foundation
import TestSupport
import Testing

@testable import CarafeTemplates

@Suite("The debug tag shows what a template can use")
struct DebugExtensionTests {
    @Test("variables, filters and tests by name")
    func shown() throws {
        let environment = TemplateEnvironment(extensions: [DebugExtension()])
        let text = try environment.template(source: "{% set own = [1] %}{% debug %}").render(values: ["given": "it's"])
        #expect(text.hasPrefix("{'context': {"))
        #expect(text.contains("'given': \"it's\""))
        #expect(text.contains("'own': [1]"))
        #expect(text.contains("'filters': ['abs', 'attr', 'batch', 'capitalize', 'center',"))
        #expect(text.contains("'tests': ['!=', '<', '<=', '==', '>', '>=', 'boolean', 'callable', 'defined',"))
        #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 80 || $0.contains("<") })
    }

    @Test("values are laid out as pprint does, three levels deep", .enabled(if: Jinja.isInstalled))
    func layout() throws {
        var random = SplitMix64(seed: UInt64(TestSeed.value))
        let values = (0..<200).map { _ in Self.value(&random, depth: 4) }
        var input = ""
        for value in values { input += try value.representation + "\n" }
        let script =
            "import sys, pprint\nfor line in sys.stdin: print(pprint.pformat(eval(line), depth=3, compact=True), end='\\0')"
        let output = try Python.run(["-c", script], input: Data(input.utf8))
        for (value, expected) in zip(values, output.split(separator: 0)) {
            let ours = try DebugLayout(value, depth: 2).lines(indent: 0, allowance: 0)
            #expect(ours == String(decoding: expected, as: UTF8.self))
        }
    }

    private static func value(_ random: inout SplitMix64, depth: Int) -> TemplateValue {
        var children: [TemplateValue] {
            (0..<Int.random(in: 0...8, using: &random)).map { _ in value(&random, depth: depth - 1) }
        }
        switch Int.random(in: 0..<(depth > 0 ? 6 : 2), using: &random) {
        case 0: return .int(Int.random(in: 0...1_000_000, using: &random))
        case 1: return .string(String(repeating: "x", count: Int.random(in: 0...30, using: &random)))
        case 2, 3: return .list(TemplateList(children))
        case 4: return .tuple(TemplateTuple(children))
        default:
            let dict = TemplateDict()
            for (index, child) in children.enumerated() { dict["key\(index)"] = child }
            return .dict(dict)
        }
    }
}
