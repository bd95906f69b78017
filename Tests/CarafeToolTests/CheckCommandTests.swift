import ArgumentParser
import Foundation
import Testing

@testable import carafe_tool

@Suite("carafe check")
struct CheckCommandTests {
    /// `kind line:column` of each problem, and the message of the first.
    private static func problems(
        _ files: [String: String], _ arguments: [String] = []
    ) throws -> (places: [String], messages: [String], result: TemplateCheck.Result) {
        let fixture = try ToolFixture(files)
        let result = try CheckCommand.parse([fixture.folder] + arguments).check()
        let places = result.problems.map { problem in
            let name = problem.file.replacing(fixture.folder + "/", with: "")
            return "\(problem.kind) \(name):\(problem.line ?? 0):\(problem.column ?? 0)"
        }
        return (places, result.problems.map(\.message), result)
    }

    private static let layout = "{% block a %}{% block inner %}{% endblock %}{% endblock %}"

    @Test("templates without mistakes have no problem") func clean() throws {
        let found = try Self.problems([
            "layout.html": Self.layout,
            "page.html": """
            {% extends "layout.html" %}
            {% from "macros.html" import field, other as o %}
            {% block a %}{{ [1]|map("upper")|select("odd")|list }}{% block new %}{% endblock %}{% endblock %}
            {% block inner %}{{ super() }}{% endblock %}
            {% include ["no.html", "macros.html"] %}{% include "no.html" ignore missing %}{% include x %}
            """,
            "macros.html": "{% macro field() %}{% endmacro %}{% set other = 1 %}", ".git/x.html": "{% if %}",
        ])
        #expect(found.places.isEmpty && found.result.templateCount == 3 && found.result.errorCount == 0)
    }

    @Test(
        "each mistake is told with line and column",
        arguments: [
            ("x\n{{ a b }}", ["syntax a.html:2:6"], "expected token 'end of print statement', got 'b'"),
            (
                "{% if x %}", ["syntax a.html:1:"],
                "Unexpected end of template. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'."
            ),
            ("{% fob x %}", ["syntax a.html:1:4"], "Encountered unknown tag 'fob'."),
            ("\n {{ a|uper }}", ["unknown-filter a.html:2:7"], "No filter named 'uper'. Did you mean 'upper'?"),
            (
                "{{ a|no + b|no }}", ["unknown-filter a.html:1:6", "unknown-filter a.html:1:13"],
                "No filter named 'no'."
            ),
            ("{{ a is oddd }}", ["unknown-test a.html:1:9"], "No test named 'oddd'. Did you mean 'odd'?"),
            (
                "{{ [1]|map('uppr')|list }}", ["unknown-filter a.html:1:13"],
                "No filter named 'uppr'. Did you mean 'upper'?"
            ),
            ("{{ [1]|selectattr('a', 'xyzzy') }}", ["unknown-test a.html:1:25"], "No test named 'xyzzy'."),
            (
                "é{% include 'no.html' %}", ["missing-template a.html:1:14"],
                "There is no template 'no.html' to include."
            ),
            ("{% extends 'no.html' %}", ["missing-template a.html:1:13"], "There is no template 'no.html' to extend."),
            (
                "{% import 'no.html' as n %}", ["missing-template a.html:1:12"],
                "There is no template 'no.html' to import."
            ),
            (
                "{% from 'm.html' import nothing %}", ["missing-name a.html:1:25"],
                "'m.html' has no macro or variable 'nothing'."
            ),
            (
                "{% extends 'l.html' %}{% block b %}{% endblock %}", ["unused-block a.html:1:32"],
                "The block 'b' is never printed: 'l.html' has no block of that name."
            ),
            ("{% block a %}{% endblock %}{% block a %}{% endblock %}", ["syntax a.html:1:"], "block 'a' defined twice"),
        ])
    func mistakes(source: String, places: [String], message: String) throws {
        let found = try Self.problems(["a.html": source, "l.html": Self.layout, "m.html": ""])
        #expect(found.places.count == places.count)
        for (place, start) in zip(found.places, places) { #expect(place.hasPrefix(start), "\(found.places)") }
        #expect(found.messages.first == message)
    }

    @Test("an unused block is a warning, all else an error") func severities() throws {
        let found = try Self.problems([
            "a.html": "{% extends 'l.html' %}{% block b %}{{ 1|no }}{% endblock %}", "l.html": Self.layout,
        ])
        #expect(found.result.errorCount == 1)
        #expect(found.result.summary == "2 templates: 1 error, 1 warning")
    }

    @Test("a block that is printed by name is used") func selfBlock() throws {
        let found = try Self.problems([
            "a.html": "{% extends 'l.html' %}{% block t %}{% endblock %}{% block a %}{{ self.t() }}{% endblock %}",
            "l.html": Self.layout,
        ])
        #expect(found.places.isEmpty)
    }

    @Test("templates that extend one another in a circle end the search") func circle() throws {
        let found = try Self.problems(["a.html": "{% extends 'b.html' %}", "b.html": "{% extends 'a.html' %}"])
        #expect(found.places.isEmpty)
    }

    @Test("what an app adds is named on the command line") func known() throws {
        let files = ["a.html": "{{ x|shout }}{% if x is big %}{% do x %}{% endif %}"]
        let arguments = ["--filter", "shout", "--test", "big", "--option", "extensions=do"]
        #expect(try Self.problems(files, arguments).places.isEmpty)
        #expect(try Self.problems(files, Array(arguments.dropLast(2))).places.count == 1)
    }

    @Test("several folders are searched in turn, and all are checked") func folders() throws {
        let first = try ToolFixture(["page.html": "{% extends 'layout.html' %}"])
        let second = try ToolFixture(["layout.html": "{{ 1|no }}", "page.html": "{% if %}"])
        let result = try CheckCommand.parse([first.folder, second.folder]).check()
        #expect(result.templateCount == 3 && result.errorCount == 2)
        #expect(result.problems.allSatisfy { $0.file.hasPrefix(second.folder) })
    }

    @Test("pictures are passed over; a template that is not UTF-8 is told") func unreadable() throws {
        let fixture = try ToolFixture([:])
        try fixture.write("logo.png", Data([0x89, 0x50, 0, 0xFF]))
        try fixture.write("a.html", Data([0x61, 0xFF]))
        let result = try CheckCommand.parse([fixture.folder]).check()
        #expect(result.problems.map(\.kind) == ["unreadable"])
    }

    @Test("JSON has a member for each part of a problem") func json() throws {
        let found = try Self.problems(["a.html": "{{ \"ü\"|no }}"])
        let text = found.result.json
        let objects = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
        #expect(objects.count == 1)
        let object = try #require(objects.first)
        #expect(object["line"] as? Int == 1 && object["column"] as? Int == 8)
        #expect(object["severity"] as? String == "error" && object["kind"] as? String == "unknown-filter")
        #expect(object["source"] as? String == "{{ \"ü\"|no }}")
    }

    @Test("text has the offending line and a mark below the place") func text() throws {
        let found = try Self.problems(["a.html": "\t{{ x|no }}"])
        #expect(found.result.problems[0].text.hasSuffix("No filter named 'no'.\n    \t{{ x|no }}\n    \t     ^\n"))
    }

    @Test("a folder that there is not is told") func missing() {
        #expect(throws: ToolError.self) { try CheckCommand.parse(["/nonexistent"]).check() }
    }
}
