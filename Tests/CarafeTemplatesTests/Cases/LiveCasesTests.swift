import TestSupport
import Testing

@Suite("Jinja2 beside Carafe")
struct LiveCasesTests {
    @Test("random templates render or fail as in Jinja2", .enabled(if: TemplateCase.hasJinja))
    func random() throws {
        let cases = try TemplateCase.random(seed: TestSeed.value, count: 200)
        #expect(cases.count > 180)
        let differences = cases.compactMap { $0.difference() }
        #expect(
            differences.isEmpty,
            "seed \(TestSeed.value): \(differences.count) differ\n\(differences.prefix(20).joined(separator: "\n"))")
    }
}
