import Testing

@testable import CarafeTemplates

@Suite("The sandbox's rules")
struct SandboxTests {
    private static let list = TemplateValue.list([1])
    private static let dict: TemplateValue = ["a": 1]

    @Test(
        "names with an underscore are refused, and in the immutable sandbox what changes lists and dictionaries",
        arguments: [
            (.none, list, "__class__", true), (.none, list, "append", true), (.sandboxed, list, "_private", false),
            (.sandboxed, "", "__class__", false), (.sandboxed, list, "append", true), (.sandboxed, "", "upper", true),
            (.immutable, list, "append", false), (.immutable, list, "sort", false), (.immutable, list, "index", true),
            (.immutable, dict, "update", false), (.immutable, dict, "popitem", false), (.immutable, dict, "get", true),
            (.immutable, dict, "append", true), (.immutable, "", "__len__", false), (.immutable, "", "pop", true),
            (.immutable, LazyValue { [1] }.templateValue, "append", false),
        ] as [(TemplateOptions.Sandbox, TemplateValue, String, Bool)])
    func attributes(_ mode: TemplateOptions.Sandbox, _ value: TemplateValue, _ name: String, _ isSafe: Bool) {
        #expect(SandboxPolicy(mode).isSafeAttribute(value, name) == isSafe)
    }

    @Test("the parts of the program's values are as unchangeable as lists and dictionaries")
    func standIns() throws {
        struct User: Encodable { var name = "n" }
        let policy = SandboxPolicy(.immutable)
        #expect(try !policy.isSafeAttribute(TemplateValue(converting: [User()]), "append"))
        #expect(try policy.isSafeAttribute(TemplateValue(converting: [User()]), "index"))
        #expect(try !policy.isSafeAttribute(TemplateValue(converting: User()), "update"))
        #expect(try policy.isSafeAttribute(TemplateValue(converting: User()), "name"))
    }

    @Test("an attribute that is refused is undefined, and its use a security error, in Jinja's words")
    func unsafe() throws {
        let environment = TemplateEnvironment()
        let value = try SandboxPolicy(.sandboxed).unsafeAttribute(42, "__class__", in: environment)
        #expect(try value.text == "")
        let error = try #require(throws: TemplateError.self) { try value.binary(.add, 1, in: .forTests) }
        #expect(error.kind == .security)
        #expect(error.message == "access to attribute '__class__' of 'int' object is unsafe.")
    }

    @Test("what Python's objects have under two underscores is refused even where it does not exist")
    func hidden() {
        let policy = SandboxPolicy(.sandboxed)
        #expect(policy.isHiddenAttribute("", "__class__") && policy.isHiddenAttribute(1, "__subclasses__"))
        #expect(!policy.isHiddenAttribute("", "__nothing__") && !policy.isHiddenAttribute("", "upper"))
        #expect(!SandboxPolicy(.none).isHiddenAttribute("", "__class__"))
    }

    @Test("functions that say so are not called")
    func calls() throws {
        let unsafe = TemplateFunction("delete", isSafeToCall: false) { 1 }.templateValue
        let safe = TemplateFunction("list") { 1 }.templateValue
        #expect(!SandboxPolicy(.sandboxed).isSafeCallable(unsafe) && SandboxPolicy(.none).isSafeCallable(unsafe))
        #expect(SandboxPolicy(.immutable).isSafeCallable(safe))
        #expect(try SandboxPolicy(.sandboxed).unsafeCall(unsafe).message == "<function delete> is not safely callable")
        final class Saving: TemplateObject {
            let typeName = "Saving"
            let altersData = true
        }
        #expect(!SandboxPolicy(.sandboxed).isSafeCallable(.object(Saving())))
    }

    @Test("ranges are limited")
    func ranges() throws {
        try SandboxPolicy.checkRange(count: 100_000, limit: 100_000)
        let error = try #require(throws: TemplateError.self) {
            try SandboxPolicy.checkRange(count: 100_001, limit: 100_000)
        }
        #expect(error.kind == .overflow)
        #expect(error.message == "Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000).")
    }

    @Test("format_map takes one dictionary")
    func formatMap() throws {
        let policy = SandboxPolicy(.sandboxed)
        try policy.checkFormatMap(TemplateArguments([Self.dict]))
        for (arguments, message) in [
            (TemplateArguments([1, 2]), "format_map() takes exactly one argument (2 given)"),
            (TemplateArguments([], named: [("a", 1)]), "format_map() takes no keyword arguments"),
        ] {
            let error = try #require(throws: TemplateError.self) { try policy.checkFormatMap(arguments) }
            #expect(error.message == message)
        }
    }
}
