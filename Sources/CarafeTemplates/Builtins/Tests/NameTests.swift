/// `filter` and `test`: whether the environment has one of that name.
enum NameTests {
    static let all: [String: TemplateTest] = ["filter": isFilter, "test": isTest]

    private static let filterParameters = Parameters("test_filter", given: ["env", "value"])
    private static let isFilter: TemplateTest = { value, arguments, context in
        try filterParameters.expectNothing(arguments)
        guard let name = try name(value) else { return false }
        return context.environment.filter(named: name) != nil
    }

    private static let testParameters = Parameters("test_test", given: ["env", "value"])
    private static let isTest: TemplateTest = { value, arguments, context in
        try testParameters.expectNothing(arguments)
        guard let name = try name(value) else { return false }
        return context.environment.test(named: name) != nil
    }

    /// The name that the value is; nil for values that are none, but may be looked up.
    private static func name(_ value: TemplateValue) throws -> String? {
        if let soft = SoftText(string: value) { return soft.text }
        _ = try value.key()
        return nil
    }
}
