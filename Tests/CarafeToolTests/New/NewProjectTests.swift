import Testing

@testable import carafe_tool

@Suite("New projects", .serialized, .enabled(if: SlowTests.areWanted), .timeLimit(.minutes(30)))
struct NewProjectTests {
    @Test("build and pass their tests at once", arguments: Project.Kind.allCases)
    func build(kind: Project.Kind) throws {
        let (folder, fixture) = try SlowTests.makeProject("fresh_\(kind)", kind)
        let result = try SlowTests.run(
            "swift", ["test", "--package-path", folder, "--scratch-path", SlowTests.scratchPath])
        #expect(result.status == 0, "\(result.output)")
        #expect(!result.output.contains("warning:"), "\(result.output)")
        withExtendedLifetime(fixture) {}
    }
}
