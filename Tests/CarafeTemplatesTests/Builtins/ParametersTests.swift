import Testing

@testable import CarafeTemplates

@Suite("Arguments of built-in functions")
struct ParametersTests {
    /// `def f(env, value, a, b, c=7)`
    private static let f = Parameters(
        "f", given: ["env", "value"], [.required("a"), .required("b"), .optional("c", 7)])
    private static let free = Parameters("g", given: ["value"], [.optional("a", 1)], rest: .everything)

    @Test(
        "are bound to their parameters by position and by name",
        arguments: [
            (TemplateArguments([1, 2]), "[1, 2, 7]"), (TemplateArguments([1, 2, 3]), "[1, 2, 3]"),
            (TemplateArguments([1], named: [("b", 5)]), "[1, 5, 7]"),
            (TemplateArguments([], named: [("c", 3), ("b", 2), ("a", 1)]), "[1, 2, 3]"),
        ])
    func binding(arguments: TemplateArguments, expected: String) throws {
        let bound = try Self.f.bind(arguments)
        #expect(try TemplateValue.list([bound[0], bound[1], bound[2]]).representation == expected)
    }

    @Test(
        "are refused in CPython's words, which count what Jinja passes",
        arguments: [
            (TemplateArguments([]), "f() missing 2 required positional arguments: 'a' and 'b'"),
            (TemplateArguments([1]), "f() missing 1 required positional argument: 'b'"),
            (TemplateArguments([1, 2, 3, 4]), "f() takes from 4 to 5 positional arguments but 6 were given"),
            (TemplateArguments([1, 2], named: [("d", 1)]), "f() got an unexpected keyword argument 'd'"),
            (TemplateArguments([1, 2], named: [("a", 1)]), "f() got multiple values for argument 'a'"),
            (TemplateArguments([1, 2], named: [("value", 1)]), "f() got multiple values for argument 'value'"),
            (TemplateArguments([1, 2, 3, 4], named: [("d", 1)]), "f() got an unexpected keyword argument 'd'"),
        ])
    func refusal(arguments: TemplateArguments, expected: String) {
        #expect(message { _ = try Self.f.bind(arguments) } == "TypeError: \(expected)")
    }

    @Test("three that are missing are listed with commas")
    func threeMissing() {
        let parameters = Parameters("h", [.required("a"), .required("b"), .required("c")])
        #expect(
            message { _ = try parameters.bind(.none) }
                == "TypeError: h() missing 3 required positional arguments: 'a', 'b', and 'c'")
    }

    @Test("more of them are allowed where the function takes any")
    func anything() throws {
        #expect(try Self.free.bind(TemplateArguments([5, 6], named: [("x", 1)]))[0].text == "5")
        #expect(
            message { _ = try Self.free.bind(TemplateArguments([5], named: [("a", 1)])) }
                == "TypeError: g() got multiple values for argument 'a'")
    }

    @Test("names are told apart by their bytes, not by how they look")
    func composedNames() {
        let parameters = Parameters("h", [.optional("\u{E9}", 1)])
        #expect(
            message { _ = try parameters.bind(TemplateArguments([], named: [("e\u{301}", 1)])) }
                == "TypeError: h() got an unexpected keyword argument 'e\u{301}'")
    }
}
