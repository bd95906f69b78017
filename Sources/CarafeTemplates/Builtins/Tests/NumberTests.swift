/// `odd`, `even` and `divisibleby`, by Python's `%`: of text it formats, and then complains.
enum NumberTests {
    static let all: [String: TemplateTest] = ["odd": odd, "even": even, "divisibleby": divisible]

    private static let oddParameters = Parameters("test_odd", given: ["value"])
    private static let odd: TemplateTest = { value, arguments, context in
        try oddParameters.expectNothing(arguments)
        if case .int(let number) = value { return number & 1 == 1 }
        return try value.binary(.modulo, .int(2), in: context).isEqual(to: .int(1))
    }

    private static let evenParameters = Parameters("test_even", given: ["value"])
    private static let even: TemplateTest = { value, arguments, context in
        try evenParameters.expectNothing(arguments)
        if case .int(let number) = value { return number & 1 == 0 }
        return try value.binary(.modulo, .int(2), in: context).isEqual(to: .int(0))
    }

    private static let divisibleParameters = Parameters("test_divisibleby", given: ["value"], [.required("num")])
    private static let divisible: TemplateTest = { value, arguments, context in
        let divisor = try divisibleParameters.bind(arguments)[0]
        return try value.binary(.modulo, divisor, in: context).isEqual(to: .int(0))
    }
}
