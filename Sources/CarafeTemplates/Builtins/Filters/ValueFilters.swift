/// `default`, `attr`, `tojson` and `pprint`.
enum ValueFilters {
    static let all: [String: TemplateFilter] = [
        "default": standard, "d": standard, "attr": attr, "tojson": tojson, "pprint": pprint,
    ]

    private static let defaultParameters = Parameters(
        "do_default", given: ["value"], [.optional("default_value", .string("")), .optional("boolean", .bool(false))])
    static let standard: TemplateFilter = { value, arguments, _ in
        let bound = try defaultParameters.bind(arguments)
        if case .undefined = value { return bound[0] }
        if case .bool(false) = bound[1] { return value }
        return try bound[1].isTrue && !value.isTrue ? bound[0] : value
    }

    private static let attrParameters = Parameters("do_attr", given: ["environment", "obj"], [.required("name")])
    /// Looks up attributes only, never items.
    static let attr: TemplateFilter = { value, arguments, context in
        let bound = try attrParameters.bind(arguments)
        guard let name = SoftText(string: bound[0])?.text else {
            // Python asks for the hash of a name first, which a strict undefined value refuses.
            if bound[0].isUndefined { _ = try bound[0].key() }
            throw TemplateError(.typeError, "attribute name must be string, not '\(bound[0].typeName)'")
        }
        let exists: Bool
        switch value {
        case .undefined: exists = true
        case .object(let object):
            exists = try object.attribute(name) != nil || PythonMethods.attribute(of: value, named: name) != nil
        default: exists = PythonMethods.attribute(of: value, named: name) != nil
        }
        guard exists else {
            return context.undefined(.element(of: value.qualifiedTypeName, isNone: value.isNone, name: .string(name)))
        }
        return try context.environment.getAttribute(value, name)
    }

    private static let tojsonParameters = Parameters(
        "do_tojson", given: ["eval_ctx", "value"], [.optional("indent", .none)])
    static let tojson: TemplateFilter = { value, arguments, context in
        let bound = try tojsonParameters.bind(arguments)
        let policies = context.environment.options.policies
        var format = policies.json
        // Python does not look at it for text.
        if !value.isString, let indentation = try JSONWriter.indentation(bound[0], in: context) {
            format.indentation = indentation
        }
        if let function = policies.jsonFunction {
            return .markup(try JSONWriter.safeInHTML(function(value, format), context.limits))
        }
        var writer = try JSONWriter(format, limits: context.limits)
        return .markup(try writer.json(of: value, in: context))
    }

    private static let pprintParameters = Parameters("do_pprint", given: ["value"])
    static let pprint: TemplateFilter = { value, arguments, context in
        try pprintParameters.expectNothing(arguments)
        return .string(try PrettyPrinter.text(of: value, limits: context.limits))
    }
}
