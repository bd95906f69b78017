import TestSupport
import Testing

@testable import CarafeTemplates

@Suite("What Jinja's filters, tests and globals give")
struct BuiltinVectorTests {
    @Test("a filter gives what Jinja's gives, for every recorded call", arguments: BuiltinVector.names(of: "filter"))
    func filter(name: String) { expectRecorded("filter", name) }

    @Test("a test answers as Jinja's does, for every recorded call", arguments: BuiltinVector.names(of: "test"))
    func test(name: String) { expectRecorded("test", name) }

    @Test(
        "a global gives what Jinja's gives, for every recorded call",
        arguments: BuiltinVector.names(of: "global"))
    func global(name: String) { expectRecorded("global", name) }

    @Test("all that was recorded is there, and so are all names")
    func completeness() {
        #expect(BuiltinVector.all.values.reduce(0) { $0 + $1.count } > 6000)
        #expect(BuiltinFilters.all.count == 54)
        #expect(BuiltinTests.all.count == 39)
        #expect(BuiltinGlobals.all.count == 6)
    }

    @Test("filters give what Jinja's give for random arguments", .enabled(if: BuiltinVector.hasJinja))
    func random() throws {
        let vectors = try BuiltinVector.random(seed: TestSeed.value, rounds: 8)
        #expect(vectors.count > 400)
        for vector in vectors {
            let outcome = vector.outcome()
            #expect(outcome == vector.expected, "\(vector)")
        }
    }

    private func expectRecorded(_ what: String, _ name: String) {
        for vector in BuiltinVector.all[what + " " + name] ?? [] {
            let outcome = vector.outcome()
            #expect(outcome == vector.expected, "\(vector)")
        }
    }
}
