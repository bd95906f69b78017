/// Jinja's own tests, under all of their names.
enum BuiltinTests {
    static let all: [String: TemplateTest] = {
        var tests = TypeTests.all
        for family in [ComparisonTests.all, NumberTests.all, NameTests.all] {
            tests.merge(family) { first, _ in first }
        }
        return tests
    }()

    /// A test that takes nothing but the value, which Python's messages call `function`.
    static func test(
        _ function: String, _ body: @escaping @Sendable (TemplateValue) throws -> Bool
    ) -> TemplateTest {
        let parameters = Parameters(function, given: ["value"])
        return { value, arguments, _ in
            try parameters.expectNothing(arguments)
            return try body(value)
        }
    }
}
