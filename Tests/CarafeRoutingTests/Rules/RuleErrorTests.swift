import CarafeRouting
import Testing

@Suite("A rule that cannot be used")
struct RuleErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let path: String
        let kind: RuleError.Kind
        let description: String
        var testDescription: String { path }

        init(_ path: String, _ kind: RuleError.Kind, _ description: String) {
            (self.path, self.kind, self.description) = (path, kind, description)
        }
    }

    @Test(
        "says what is wrong with its text and what to write",
        arguments: [
            Case("a", .malformed, "URL rule 'a' must start with a slash. Write '/a'."),
            Case("", .malformed, "URL rule '' must start with a slash. Write '/'."),
            Case(
                "/<a", .malformed,
                "malformed url rule: '/<a': the variable at '<a' cannot be read. Write <name> or "
                    + "<converter(arguments):name>, names being ASCII letters, digits and underscores."),
            Case(
                "/<a>/<a>", .duplicateVariable,
                "variable name 'a' is used more than once in '/<a>/<a>'. Give each variable a name of its own."),
            Case(
                "/<itn:a>", .unknownConverter,
                "the converter 'itn' does not exist (in '/<itn:a>'). Did you mean 'int' instead?"),
            Case(
                "/<zz:a>", .unknownConverter,
                "the converter 'zz' does not exist (in '/<zz:a>'). "
                    + "There are: any, default, float, int, path, string, uuid."),
            Case(
                "/<int(min=a b):n>", .badArguments,
                "Cannot parse converter argument 'min=a b' in '/<int(min=a b):n>'. Separate arguments by commas, and "
                    + "put quotes around what is neither a word nor a number."),
            Case(
                "/<int(min=1, min=2):n>", .badArguments,
                "The converter argument 'min' is given twice in '/<int(min=1, min=2):n>'. Leave one of them out."),
            Case(
                "/<int(1, fixed_digits=2):n>", .badArguments,
                "the converter 'int' of '/<int(1, fixed_digits=2):n>': 'fixed_digits' is given twice. "
                    + "It takes: fixed_digits, min, max, signed."),
            Case(
                "/<int(top=1):n>", .badArguments,
                "the converter 'int' of '/<int(top=1):n>': it has no argument 'top'. "
                    + "It takes: fixed_digits, min, max, signed."),
            Case(
                "/<int(max=1.5):n>", .badArguments,
                "the converter 'int' of '/<int(max=1.5):n>': 'max' cannot be 1.5. Give a whole number."),
            Case(
                "/<int(signed=1):n>", .badArguments,
                "the converter 'int' of '/<int(signed=1):n>': 'signed' cannot be 1. Give True or False."),
            Case(
                "/<float(min=x):n>", .badArguments,
                "the converter 'float' of '/<float(min=x):n>': 'min' cannot be 'x'. Give a number."),
            Case(
                "/<string(length=-1):s>", .badArguments,
                "the converter 'string' of '/<string(length=-1):s>': 'length' cannot be -1. "
                    + "Give a whole number from 0 on."),
            Case(
                "/<string(minlength=3, maxlength=2):s>", .badArguments,
                "the converter 'string' of '/<string(minlength=3, maxlength=2):s>': maxlength 2 is less than "
                    + "minlength 3. Nothing would match. Raise maxlength or lower minlength."),
            Case(
                "/<any():s>", .badArguments,
                "the converter 'any' of '/<any():s>': it has no items. Name what it may be: any(a, b)."),
            Case(
                "/<any(True):s>", .badArguments,
                "the converter 'any' of '/<any(True):s>': True is no text. Put quotes around an item that is no word."),
            Case(
                "/<path(1):s>", .badArguments,
                "the converter 'path' of '/<path(1):s>': it takes at most 0 arguments, 1 were given. "
                    + "Leave the arguments out."),
        ])
    func text(_ case: Case) {
        let error = problem(of: Rule(`case`.path, endpoint: "x"))
        #expect(error?.description == `case`.description)
        #expect(error?.kind == `case`.kind)
        #expect(error?.rule == `case`.path)
    }

    @Test(
        "is malformed where a variable is not written as one",
        arguments: ["/<>", "/<1a>", "/<a-b>", "/<int:>", "/<:a>", "/<int(:a>", "/<int()a>", "/<é>", "/<a/b>", "/< a>"])
    func malformed(path: String) {
        #expect(problem(of: Rule(path, endpoint: "x"))?.kind == .malformed)
    }

    @Test("names a method that is none, or that a WebSocket rule may not have")
    func methods() {
        let blank = problem(of: Rule("/", endpoint: "x", methods: ["GET "]))
        #expect(blank?.description == "'GET ' is not a method. A method is a token (RFC 9110 §5.6.2) such as GET.")
        let socket = problem(of: Rule("/", endpoint: "x", methods: ["POST"], isWebSocket: true))
        #expect(
            socket?.description == "WebSocket rules can only use 'GET', 'HEAD', and 'OPTIONS' methods. "
                + "Leave the other methods to a rule that is no WebSocket rule.")
    }

    @Test("names a default that its converter cannot write, and a redirect's variable that it lacks")
    func defaultsAndRedirects() {
        let value = problem(of: Rule("/<int:n>", endpoint: "x", defaults: ["n": "a"]))
        #expect(
            value?.description == "the default of 'n' in '/<int:n>' cannot be written: 'a' is no integer. "
                + "Give a value that the converter 'int' makes.")
        let redirect = problem(of: Rule("/<a>", endpoint: "x", redirectTo: .template("/<b>")))
        #expect(redirect?.description == "redirectTo '/<b>' names 'b', which '/<a>' lacks. It has: a.")
    }

    @Test("may not span segments in a host or subdomain", arguments: ["a/b", "<path:p>"])
    func subdomain(_ subdomain: String) {
        let error = problem(of: Rule("/", endpoint: "x", subdomain: subdomain))
        #expect(
            error?.description == "The host or subdomain '\(subdomain)' has a slash, or a converter that takes "
                + "slashes. A host has no slashes. Use another converter, such as string.")
    }

    @Test("is named where only the whole map shows it: an alias of nothing, a 64th method")
    func map() throws {
        let alias = #expect(throws: RuleError.self) { try Routes([Rule("/a", endpoint: "x", isAlias: true)]) }
        #expect(
            alias?.description == "the alias '/a' has no rule of the endpoint 'x' to stand for. "
                + "Add a rule with the same endpoint and variables that is no alias.")
        let methods = (1...64).map { "M\($0)" }
        let last = #expect(throws: RuleError.self) { try Routes([Rule("/", endpoint: "x", methods: methods)]) }
        #expect(last?.message == "'M9' is one method too many: a map's rules may name 63.")
    }

    @Test("carries what a converter of the application's own threw")
    func thrown() {
        struct Refusal: Error {}
        var map = RouteMap()
        map.register(converter: "mine") { _ in throw Refusal() }
        let error = #expect(throws: RuleError.self) { try map.add(Rule("/<mine:a>", endpoint: "x")) }
        #expect(
            error?.description == "the converter 'mine' of '/<mine:a>' refuses its arguments: Refusal(). "
                + "See the converter's own documentation.")
    }
}
