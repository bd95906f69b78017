/// The tests of what a value is: `defined`, `none`, `string`, `iterable`, ….
enum TypeTests {
    static let all: [String: TemplateTest] = [
        "defined": BuiltinTests.test("test_defined") { !$0.isUndefined },
        "undefined": BuiltinTests.test("test_undefined") { $0.isUndefined },
        "none": BuiltinTests.test("test_none") { $0.isNone },
        "boolean": BuiltinTests.test("test_boolean") { if case .bool = $0 { true } else { false } },
        "true": BuiltinTests.test("test_true") { if case .bool(true) = $0 { true } else { false } },
        "false": BuiltinTests.test("test_false") { if case .bool(false) = $0 { true } else { false } },
        "integer": BuiltinTests.test("test_integer") { value in
            switch value {
            case .int, .bigInt: true
            default: false
            }
        },
        "float": BuiltinTests.test("test_float") { if case .double = $0 { true } else { false } },
        "number": BuiltinTests.test("test_number") { value in
            switch value {
            case .int, .bigInt, .double, .bool: true
            default: false
            }
        },
        "string": BuiltinTests.test("test_string") { $0.isString },
        "mapping": BuiltinTests.test("test_mapping") { value in
            switch value {
            case .dict: true
            case .object(let object): object.isMapping
            default: false
            }
        },
        "sequence": BuiltinTests.test("test_sequence", isSequence),
        "iterable": BuiltinTests.test("test_iterable", isIterable),
        "callable": { value, arguments, _ in
            try Parameters.expectOnlyValue("callable", arguments)
            switch value {
            case .object(let object): return object.isCallable
            // Python sees the method that complains of the call.
            default: return value.isUndefined
            }
        },
        "escaped": BuiltinTests.test("test_escaped") { try $0.html != nil },
        "lower": BuiltinTests.test("test_lower") { PythonText.isLowercase(try $0.text) },
        "upper": BuiltinTests.test("test_upper") { PythonText.isUppercase(try $0.text) },
    ]

    /// Whether the value has a length and items by key or position; so dictionaries are sequences too.
    private static func isSequence(_ value: TemplateValue) -> Bool {
        switch value {
        case .string, .markup, .list, .tuple, .dict: return true
        case .undefined(let undefined): return undefined.kind != .strict
        case .object(let object):
            // The views of a dictionary and the variable `loop` have a length, but no items.
            if object is LoopObject || PythonText.hasPrefix(object.typeName, "dict_") { return false }
            guard let length = try? object.length else { return false }
            return length >= 0
        default: return false
        }
    }

    private static func isIterable(_ value: TemplateValue) throws -> Bool {
        switch value {
        case .string, .markup, .list, .tuple, .dict: return true
        case .undefined:
            _ = try value.makeIterator()
            return true
        case .object(let object): return try object.makeIterator() != nil
        default: return false
        }
    }
}
