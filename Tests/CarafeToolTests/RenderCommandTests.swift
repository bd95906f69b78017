import ArgumentParser
import CarafeTemplates
import Testing

@testable import carafe_tool

@Suite("carafe render")
struct RenderCommandTests {
    private static func output(_ files: [String: String], _ arguments: [String]) throws -> String {
        let fixture = try ToolFixture(files)
        let command = try RenderCommand.parse(arguments.map { $0.replacing("DIR", with: fixture.folder) })
        return try command.output()
    }

    @Test("a template of a folder, with the data of a file and variables of the command line, which win")
    func data() throws {
        let output = try Self.output(
            [
                "a.txt": "{{ name }} {{ tags|join('+') }} {{ n + 1 }} {{ text }}",
                "data.json": #"{"name": "Ada", "tags": ["a", "b"], "n": 123456789012345678901, "text": "data"}"#,
            ], ["a.txt", "--path", "DIR", "--data", "DIR/data.json", "--set", "text=a=b", "--set", "name=\"x\""])
        #expect(output == "x a+b 123456789012345678902 a=b")
    }

    @Test("a file, with those around it", arguments: ["DIR/site/blog/page.html"])
    func file(path: String) throws {
        let output = try Self.output(
            [
                "site/blog/page.html":
                    "{% extends 'layout.html' %}{% block b %}{% include 'part.html' %}{% endblock %}",
                "site/blog/part.html": "part", "site/layout.html": "[{% block b %}{% endblock %}]",
            ], [path])
        #expect(output == "[part]")
    }

    @Test(
        "output is escaped by the template's name, or always, or never",
        arguments: [
            ("a.html", "auto", "&lt;"), ("a.txt", "auto", "<"), ("a.txt", "on", "&lt;"), ("a.html", "off", "<"),
        ])
    func autoescape(name: String, mode: String, expected: String) throws {
        let output = try Self.output([name: "{{ '<' }}"], [name, "--path", "DIR", "--autoescape", mode])
        #expect(output == expected)
    }

    @Test(
        "options have Jinja's names",
        arguments: [
            ("{% if true %}\nx{% endif %}", ["trim_blocks=true"], "x"),
            ("  {% if true %}x{% endif %}", ["lstrip_blocks=true"], "x"),
            ("x\n", ["keep_trailing_newline=yes"], "x\n"), ("a\nb", [#"newline_sequence=\r\n"#], "a\r\nb"),
            ("<< 1 >>", ["variable_start_string=<<", "variable_end_string=>>"], "1"),
            ("[% if 1 %]x[% endif %]", ["block_start_string=[%", "block_end_string=%]"], "x"),
            ("(# no #)x", ["comment_start_string=(#", "comment_end_string=#)"], "x"),
            ("% if 1\nx\n% endif\n## no", ["line_statement_prefix=%", "line_comment_prefix=##"], "x\n"),
            ("{{ a.b.c }}", ["undefined=ChainableUndefined"], ""), ("{{ a }}", ["undefined=DebugUndefined"], "{{ a }}"),
            (
                "{% do [].append(1) %}{% for x in [1] %}{% break %}{% endfor %}x",
                ["extensions=jinja2.ext.do,jinja2.ext.loopcontrols"], "x"
            ),
            ("{% trans %}x{% endtrans %}", ["extensions=i18n"], "x"), ("{{ [1] + [2] }}", ["native=true"], "[1, 2]"),
            ("{{ '<' }}", ["autoescape=false"], "<"), ("{{ 'a b c d'|truncate(5) }}", ["truncate.leeway=0"], "a..."),
            (
                "{{ {'b': 'é', 'a': [1]}|tojson }}", [#"json.dumps_kwargs={"ensure_ascii": false}"#],
                #"{"b": "é", "a": [1]}"#
            ),
            (
                "{{ {'b': 1, 'a': [1]}|tojson }}",
                [#"json.dumps_kwargs={"sort_keys": true, "indent": 1, "separators": [";", "="]}"#],
                "{\n \"a\"=[\n  1\n ];\n \"b\"=1\n}"
            ),
        ])
    func options(source: String, options: [String], expected: String) throws {
        let output = try Self.output(
            ["a.html": source], ["a.html", "--path", "DIR"] + options.flatMap { ["--option", $0] })
        #expect(output == expected)
    }

    @Test("the sandbox is an option, as is its immutable form")
    func sandbox() {
        for (source, option) in [
            ("{{ ''.__class__.x }}", "sandboxed=true"), ("{{ [].append(1) }}", "sandboxed=immutable"),
        ] {
            let error = #expect(throws: TemplateError.self) {
                try Self.output(["a.txt": source], ["a.txt", "--path", "DIR", "--option", option])
            }
            #expect(error?.kind == .security)
        }
    }

    @Test(
        "an option that there is not, or a value that is none, is told",
        arguments: [
            ("nothing=1", "There is no option 'nothing'."), ("trim_blocks=maybe", "trim_blocks is true or false"),
            ("undefined=x", "undefined is Undefined,"), ("extensions=x", "There is no extension 'x'."),
            ("cache_size=x", "cache_size is a whole number"),
            ("json.dumps_kwargs=1", "is a JSON object"), (#"json.dumps_kwargs={"cls": 1}"#, "not 'cls'"),
            (#"json.dumps_kwargs={"indent": []}"#, "indent is a whole number, a text or null"),
            ("json.dumps_function=x", "no place on a command line"), ("finalize=x", "no place on a command line"),
        ])
    func badOption(option: String, message: String) throws {
        let error = #expect(throws: ToolError.self) {
            try Self.output(["a.txt": ""], ["a.txt", "--path", "DIR", "--option", option])
        }
        #expect(try #require(error).message.contains(message))
    }

    @Test("an error is told with its place, its line and the way there") func error() throws {
        let error = try #require(
            #expect(throws: TemplateError.self) {
                try Self.output(
                    ["a.txt": "{% include 'b.txt' %}", "b.txt": "x\n  {{ 1 / 0 }}"], ["a.txt", "--path", "DIR"])
            })
        let text = ErrorText(error).text
        #expect(text.contains("b.txt:2: error: ZeroDivisionError: division by zero\n      {{ 1 / 0 }}\n"))
        #expect(text.contains("a.txt:1, top-level template code"))
    }

    @Test("data must be an object, and JSON", arguments: [("[1]", "no JSON object"), ("{", "Expecting property name")])
    func badData(json: String, message: String) throws {
        let error = #expect(throws: ToolError.self) {
            try Self.output(["a.txt": "", "d.json": json], ["a.txt", "--path", "DIR", "--data", "DIR/d.json"])
        }
        #expect(try #require(error).message.contains(message))
    }
}
