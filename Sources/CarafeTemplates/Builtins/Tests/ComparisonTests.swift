/// The tests that compare the value with another: `eq` and its siblings, `in` and `sameas`.
enum ComparisonTests {
    static let all: [String: TemplateTest] = {
        var tests: [String: TemplateTest] = ["in": isIn, "sameas": isSame]
        let comparisons: [(TemplateSyntax.Comparison, function: String, names: [String])] = [
            (.equal, "eq", ["==", "eq", "equalto"]), (.notEqual, "ne", ["!=", "ne"]),
            (.greater, "gt", [">", "gt", "greaterthan"]), (.greaterOrEqual, "ge", [">=", "ge"]),
            (.less, "lt", ["<", "lt", "lessthan"]), (.lessOrEqual, "le", ["<=", "le"]),
        ]
        for (comparison, function, names) in comparisons {
            for name in names {
                tests[name] = { value, arguments, _ in
                    try value.compare(comparison, Parameters.operand(function, arguments))
                }
            }
        }
        return tests
    }()

    private static let inParameters = Parameters("test_in", given: ["value"], [.required("seq")])
    private static let isIn: TemplateTest = { value, arguments, _ in
        try inParameters.bind(arguments)[0].contains(value)
    }

    private static let sameParameters = Parameters("test_sameas", given: ["value"], [.required("other")])
    private static let isSame: TemplateTest = { value, arguments, _ in
        value.isIdentical(to: try sameParameters.bind(arguments)[0])
    }
}
