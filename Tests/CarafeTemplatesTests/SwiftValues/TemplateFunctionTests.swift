import Testing

@testable import CarafeTemplates

@Suite("Functions of the program")
struct TemplateFunctionTests {
    enum Size: String, TemplateValueDecodable { case small, large }

    private static let named = TemplateFunction("f", parameters: ["a", "b"]) { (a: Int, b: String) in "\(a)\(b)" }
    private static let optional = TemplateFunction("f", parameters: ["a", "b"]) { (a: Int, b: String?) in
        "\(a)\(b ?? "-")"
    }
    private static let plain = TemplateFunction("f") { (a: Int, b: Double) in Double(a) + b }
    private static let three = TemplateFunction("f", parameters: ["a", "b", "c"]) { (a: Int, b: Int, c: Int) in
        a + b + c
    }
    private static let none = TemplateFunction("f") { "constant" }
    private static let one = TemplateFunction("f") { (a: [Int]) in a.count }
    private static let rest = TemplateFunction("f") { (a: Int, b: Int?, c: Int?) in a + (b ?? 0) + (c ?? 0) }
    private static let sized = TemplateFunction("f", parameters: ["size"]) { (size: Size) in "\(size)" }

    private static func answer(
        _ function: TemplateFunction, _ positional: [TemplateValue], _ named: [(String, TemplateValue)] = []
    ) -> String {
        let arguments = TemplateArguments(positional, named: named.map { (name: $0.0, value: $0.1) })
        do {
            return try function.call(arguments, in: .forTests).representation
        } catch let error as TemplateError {
            return "\(error.kind.name): \(error.message)"
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "arguments are bound by position and by name, with Python's errors",
        arguments: [
            (named, [1, "x"], [], "'1x'"), (named, [1], [("b", "y")], "'1y'"),
            (named, [], [("b", "y"), ("a", 2)], "'2y'"),
            (named, [1], [], "TypeError: f() missing 1 required positional argument: 'b'"),
            (named, [], [], "TypeError: f() missing 2 required positional arguments: 'a' and 'b'"),
            (three, [], [], "TypeError: f() missing 3 required positional arguments: 'a', 'b', and 'c'"),
            (named, [1, "x", 3], [], "TypeError: f() takes 2 positional arguments but 3 were given"),
            (named, [1, "x"], [("c", 1)], "TypeError: f() got an unexpected keyword argument 'c'"),
            (named, [1], [("a", 1)], "TypeError: f() got multiple values for argument 'a'"),
            (optional, [1], [], "'1-'"), (optional, [1, .none], [], "'1-'"),
            (optional, [1, .undefined(TemplateUndefined(.name("u")))], [], "'1-'"),
            (optional, [1, "x", 2], [], "TypeError: f() takes from 1 to 2 positional arguments but 3 were given"),
            (none, [], [], "'constant'"), (none, [1], [], "TypeError: f() takes no arguments (1 given)"),
            (one, [[1, 2]], [], "2"), (one, [], [], "TypeError: f() takes exactly one argument (0 given)"),
            (one, [[1]], [("a", 1)], "TypeError: f() takes no keyword arguments"),
            (plain, [1], [], "TypeError: f expected 2 arguments, got 1"), (rest, [1, 2], [], "3"),
            (rest, [], [], "TypeError: f expected at least 1 argument, got 0"),
            (rest, [1, 2, 3, 4], [], "TypeError: f expected at most 3 arguments, got 4"),
            (sized, ["large"], [], "'large'"), (sized, ["huge"], [], "ValueError: 'huge' is not a valid Size"),
        ] as [(TemplateFunction, [TemplateValue], [(String, TemplateValue)], String)])
    func binding(
        _ function: TemplateFunction, _ positional: [TemplateValue], _ named: [(String, TemplateValue)],
        _ expected: String
    ) {
        #expect(Self.answer(function, positional, named) == expected)
    }

    private static let big = TemplateValue.integer(BigInteger(UInt64.max))

    @Test(
        "arguments have the types of the parameters",
        arguments: [
            (plain, [true, 2], "3.0"), (plain, ["1", 2], "TypeError: f() argument 1 must be int, not str"),
            (plain, [1, .none], "TypeError: f() argument 2 must be float, not NoneType"),
            (named, [1, .markup("<b>")], "'1<b>'"),
            (named, [1, 2], "TypeError: f() argument 'b' must be str, not int"),
            (named, [big, ""], "OverflowError: Python int too large to convert to Int"),
            (plain, [1, big], "1.8446744073709552e+19"),
            (one, [.tuple([1])], "1"), (one, ["ab"], "TypeError: f() argument 1 must be a list of int, not str"),
            (one, [["a"]], "TypeError: f() argument 1 must be a list of int, not list"),
            (one, [(0..<4).templateValue], "4"),
            (plain, [.undefined(TemplateUndefined(.name("u"))), 1], "UndefinedError: 'u' is undefined"),
            (plain, [LazyValue { 3 }.templateValue, 1], "4.0"),
            (TemplateFunction("f") { (a: Bool, b: Bool) in [a, b] }, [[], "x"], "[False, True]"),
            (
                TemplateFunction("f") { (a: UInt8) in a }, [256],
                "OverflowError: Python int too large to convert to UInt8"
            ),
            (TemplateFunction("f") { (a: UInt64) in a }, [big], "18446744073709551615"),
            (TemplateFunction("f") { (a: [String: Int]) in a["k"] }, [["k": 4]], "4"),
            (TemplateFunction("f") { (a: TemplateValue) in a }, [.tuple([1])], "(1,)"),
        ] as [(TemplateFunction, [TemplateValue], String)])
    func types(_ function: TemplateFunction, _ arguments: [TemplateValue], _ expected: String) {
        #expect(Self.answer(function, arguments) == expected)
    }

    @Test("a function may read its arguments itself")
    func raw() throws {
        let function = TemplateFunction("count") { (arguments, context) in
            .int(arguments.positional.count + arguments.named.count + context.limits.nestingDepth)
        }
        #expect(Self.answer(function, [1], [("x", 2)]) == "202")
        #expect(try function.attribute("__name__")?.text == "count")
        #expect(function.attribute("other") == nil)
        #expect(function.representation == "<function count>")
    }

    @Test("what it throws is the cause of the error")
    func errors() throws {
        struct Failure: Error {}
        let function = TemplateFunction("f") { () throws -> Int in throw Failure() }
        let error = try #require(throws: TemplateError.self) { try function.call(.none, in: .forTests) }
        #expect(error.underlying is Failure)
    }

    @Test("an asynchronous function is called on a thread that may wait, and refused elsewhere")
    func asynchronous() async throws {
        let function = TemplateFunction(
            "user", parameters: ["id"],
            async: { (id: Int) in
                await Task.yield()
                return "user \(id)"
            })
        let text = try await withRenderThread { try function.call(TemplateArguments([7]), in: .forTests).text }
        #expect(text == "user 7")
        let error = try #require(throws: TemplateError.self) {
            try function.call(TemplateArguments([7]), in: .forTests)
        }
        #expect(
            error.message
                == "user() is asynchronous, and this render is not: use renderAsync, or a stream, where templates call it"
        )
    }
}
