import Testing

@testable import carafe_tool

@Suite("carafe corpus")
struct CorpusCommandTests {
    @Test(
        "a line of the manifest is answered as corpus.py answers it",
        arguments: [
            ("{{ 1 + 1 }}", #"{"name": "a.html", "compiled": true, "output": "2"}"#),
            (
                "{{ 'a'|mine(2) }}{{ 1 is own }}{{ fn(1) }}",
                #"{"name": "a.html", "compiled": true, "output": "aFalsefn()"}"#
            ),
            (
                "\n{{ x.y }}",
                #"{"name": "a.html", "compiled": true, "error": {"class": "UndefinedError", "message": "'x' is undefined", "template": "a.html", "line": 2}}"#
            ),
            (
                "{% if %}",
                #"{"name": "a.html", "compiled": false, "error": {"class": "TemplateSyntaxError", "message": "Expected an expression, got 'end of statement block'", "template": "a.html", "line": 1}}"#
            ),
            (
                "{% include 'no' %}",
                #"{"name": "a.html", "compiled": true, "error": {"class": "TemplateNotFound", "message": "no", "template": "a.html", "line": 1}}"#
            ),
        ])
    func answer(source: String, expected: String) throws {
        let fixture = try ToolFixture(["a.html": source])
        let line = """
            {"roots": ["\(fixture.folder)"], "name": "a.html", "filters": ["mine"], "tests": ["own"], "functions": ["fn"],
             "options": {"autoescape": true, "newstyle": true, "extensions": ["jinja2.ext.do", "jinja2.ext.i18n"]}}
            """
        #expect(try CorpusCommand.answer(to: line).text == expected)
    }
}
