import Testing

@testable import carafe_tool

@Suite("The output of a build")
struct BuildOutputTests {
    private func read(_ text: String) -> BuildOutput {
        var output = BuildOutput()
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) { _ = output.take(String(line)) }
        return output
    }

    @Test("has each error once, with its notes, however many jobs repeat it")
    func errors() throws {
        let job = """
            /src/App.swift:3:5: error: cannot find 'foo' in scope
            1 | import Carafe
            2 |
            3 |     foo()
              |     `- error: cannot find 'foo' in scope
            /src/App.swift:9:1: error: invalid redeclaration of 'f()'
            /src/App.swift:8:1: note: 'f()' previously declared here
            """
        let output = read(
            job + "\n" + job + "\nerror: emit-module command failed with exit code 1 (use -v to see invocation)")
        #expect(output.errors.map(\.message.text) == ["cannot find 'foo' in scope", "invalid redeclaration of 'f()'"])
        #expect(output.errors.map(\.message.line) == [3, 9])
        #expect(output.errors[1].notes.map(\.text) == ["'f()' previously declared here"])
        #expect(output.otherErrors.isEmpty)
        #expect(BuildFailure(output: output, log: []).summary == "2 errors")
    }

    @Test(
        "has messages wherever the path and the text have colons",
        arguments: [
            ("/a b/c:d.swift:1:2: warning: x: y", "/a b/c:d.swift", CompilerMessage.Severity.warning, "x: y"),
            ("/a.swift:10:20: error: 'T' conforms to 'P' [#SomeGroup]", "/a.swift", .error, "'T' conforms to 'P'"),
            ("/a.swift:1:2: error: an array [Int]", "/a.swift", .error, "an array [Int]"),
        ])
    func places(line: String, path: String, severity: CompilerMessage.Severity, text: String) throws {
        let message = try #require(CompilerMessage(line))
        #expect(message.path == path)
        #expect(message.severity == severity)
        #expect(message.text == text)
    }

    @Test(
        "is nothing where it is nothing",
        arguments: [
            "", "  |     `- error: x", "App.swift:1:2: error: relative", "/a.swift:x:2: error: y", "/a.swift:1:2 error",
        ])
    func others(line: String) { #expect(CompilerMessage(line) == nil) }

    @Test("tells errors that have no place")
    func withoutPlace() {
        let output = read(
            """
            error: 'site': the product 'Nope' was not found
            /usr/bin/ld.gold: error: a.o: undefined reference to 'missing'
            error: fatalError
            """)
        #expect(output.otherErrors.count == 2)
        #expect(output.otherErrors.first == "'site': the product 'Nope' was not found")
    }

    @Test("tells how far the build is")
    func progress() {
        var output = BuildOutput()
        #expect(output.take("[3/9] Compiling site App.swift") == "[3/9] Compiling site App.swift")
        #expect(output.take("warning: something") == nil)
    }
}
