import Foundation
import Testing

@testable import Carafe

/// What the tests of the console's files look at.
enum Folders {
    static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

    static func rights(of path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
    }
}

@Suite("The console")
struct ShellSessionTests {
    private func session(_ declare: (App) -> Void = { _ in }) throws -> ShellSession {
        let app = App("shelled", environment: .variables(["CARAFE_SECRET_KEY": "hunter2", "CARAFE_COLOUR": "blue"]))
        app.get("/post/<int:id>", name: "post") { (id: Int) in "\(id)" }
        declare(app)
        return try ShellSession(app)
    }

    @Test(
        "answers expressions of the template language",
        arguments: [
            ("1 + 2", .value("3")), ("'a' ~ 1", .value("'a1'")), ("none", .nothing), ("", .nothing), ("  ", .nothing),
            ("url_for('post', id=5)", .value("'/post/5'")), ("config['COLOUR']", .value("'blue'")),
            ("config.SECRET_KEY", .value("'********'")), ("request.path", .value("'/'")), ("[1, 2]|sum", .value("3")),
            ("nothing", .failure("'nothing' is undefined")), ("exit", .end), ("quit()", .end),
            ("1 == 1", .value("True")), ("dict(a=1)", .value("{'a': 1}")),
        ] as [(String, ShellSession.Answer)])
    func answers(line: String, answer: ShellSession.Answer) async throws {
        #expect(try await session().answer(line) == answer)
    }

    @Test(
        "tells what is wrong and goes on",
        arguments: [
            ("1 +", "TemplateSyntaxError: "), ("1 / 0", "ZeroDivisionError: "), ("url_for('no')", "BuildError: "),
            ("x.y.z", "UndefinedError: 'x' is undefined"), ("range(10 ** 9)", "OverflowError: "),
            ("1 = 2", "TemplateSyntaxError: "),
            (String(repeating: "(", count: 10_000), "TemplateSyntaxError: "),
            (String(repeating: "1", count: 20_000), "The line is too long."),
        ])
    func failures(line: String, message: String) async throws {
        let session = try session()
        guard case .failure(let text) = await session.answer(line) else {
            Issue.record("\(line.prefix(40)) is answered")
            return
        }
        #expect(text.hasPrefix(message), "\(text.prefix(200))")
        #expect(await session.answer("1") == .value("1"))
    }

    @Test("keeps values that are named, and the last one")
    func variables() async throws {
        let session = try session()
        #expect(await session.answer("x = [1, 2]") == .nothing)
        #expect(await session.answer("x|length") == .value("2"))
        #expect(await session.answer("_ + 1") == .value("3"))
        #expect(await session.answer("x == 5") == .value("False"))
    }

    @Test("waits for asynchronous values, which cancelling ends")
    func asynchronous() async throws {
        let session = try session { app in
            app.shellContextProcessor {
                [
                    "slow": TemplateFunction(
                        "slow",
                        async: { (number: Int) async throws -> Int in
                            try await Task.sleep(for: .milliseconds(number))
                            return number
                        })
                ]
            }
        }
        #expect(await session.answer("slow(1) + slow(2)") == .value("3"))
        let task = Task { await session.answer("slow(600000)") }
        try await Task.sleep(for: .milliseconds(50))
        task.cancel()
        #expect(await task.value == .failure("Interrupted."))
    }

    @Test("no answer commands the terminal, or is endless")
    func harmless() async throws {
        let session = try session { app in
            app.shellContextProcessor {
                ["evil": TemplateValue.object(Evil()), "long": String(repeating: "x", count: 99_999)]
            }
        }
        #expect(await session.answer("evil") == .value("a\u{FFFD}[2Jb"))
        guard case .value(let text) = await session.answer("long") else { return }
        #expect(text.utf8.count < ShellSession.longestAnswer + 10)
    }

    private final class Evil: TemplateObject {
        let typeName = "Evil"
        var representation: String { "a\u{1B}[2Jb" }
    }

    @Test("an app that is put together wrongly has none")
    func broken() {
        #expect(throws: ConfigurationError.self) {
            try session { $0.get("/<int:x>") { (a: Int, b: Int) in "\(a + b)" } }
        }
    }

    @Test(
        "completes names, members, filters, tests and endpoints",
        arguments: [
            ("conf", ["config"], 4), ("config.COL", ["COLOUR"], 3), ("1 + config.COL", ["COLOUR"], 3),
            ("x|uppe", ["upper"], 4),
            ("x | upp", ["upper"], 3), ("x is divis", ["divisibleby"], 5), ("x is not odd", ["odd"], 3),
            ("url_for('po", ["post"], 2), ("url_for(\"", ["post", "static"], 0), ("", [], 0),
            ("thing.", ["one", "two"], 0),
            ("nope.x", [], 1), ("'a'.x", [], 1),
        ])
    func completion(line: String, candidates: [String], replaced: Int) throws {
        let session = try session { app in app.shellContextProcessor { ["thing": ["one": 1, "two": 2]] } }
        let completion = session.complete(line)
        #expect(completion.candidates == candidates && completion.replaced == replaced)
    }

    @Test("what all candidates begin with is put into the line")
    func common() {
        let vocabulary = ShellCompletion.Vocabulary(names: ["request", "resource", "x"])
        var editor = LineEditor(prompt: "> ")
        for scalar in "1 + r".unicodeScalars { _ = editor.take(.character(scalar)) }
        let completion = ShellCompletion(of: "1 + r", vocabulary)
        editor.complete(completion)
        #expect(completion.common == "re" && editor.take(.enter) == .line("1 + re"))
    }
}
