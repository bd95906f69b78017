import Testing

@testable import CarafeTemplates

@Suite("Filters of values of the program")
struct SwiftValueFilterTests {
    private struct Post: Encodable {
        let title: String
        let tags: [String]
        let author: Author
    }
    private struct Author: Encodable {
        let name: String
    }

    private let calls = FilterCalls()

    private func posts() throws -> TemplateValue {
        try TemplateValue(converting: [
            Post(title: "b", tags: ["x"], author: Author(name: "Zoe")),
            Post(title: "A", tags: [], author: Author(name: "adam")),
        ])
    }

    @Test(
        "arrays of structures are lists of dictionaries to them",
        arguments: [
            (
                "tojson", [],
                #"[{"author": {"name": "Zoe"}, "tags": ["x"], "title": "b"}, {"author": {"name": "adam"}, "tags": [], "title": "A"}]"#
            ),
            ("length", [], "2"), ("join", ["|", "title"], "b|A"), ("join", ["|", "author.name"], "Zoe|adam"),
            ("join", ["|", "tags.0"], "x|"),
            (
                "pprint", [],
                """
                [{'author': {'name': 'Zoe'}, 'tags': ['x'], 'title': 'b'},
                 {'author': {'name': 'adam'}, 'tags': [], 'title': 'A'}]
                """
            ),
        ] as [(String, [TemplateValue], String)])
    func lists(name: String, arguments: [TemplateValue], expected: String) throws {
        let filter = try #require(BuiltinFilters.all[name])
        #expect(try filter(posts(), TemplateArguments(arguments), calls.context).text == expected)
    }

    @Test("they are sorted, grouped and selected by their properties")
    func order() throws {
        let sorted = try calls.filter("sort", posts(), named: [("attribute", "author.name")])
        #expect(try calls.filter("join", sorted, ",", "title").text == "A,b")
        let groups = try calls.filter("groupby", posts(), "author.name")
        #expect(try calls.filter("join", groups, ",", "grouper").text == "adam,Zoe")
        let selected = try calls.filter("selectattr", posts(), "tags")
        #expect(try calls.filter("join", selected, ",", "title").text == "b")
        #expect(try calls.filter("last", posts()).item("title")?.text == "A")
    }

    @Test("a group is a pair, whose parts also have names")
    func groups() throws {
        let group = try #require(try calls.filter("groupby", [["k": 1], ["k": 1]], "k").item(0))
        #expect(try group.representation == "(1, [{'k': 1}, {'k': 1}])")
        #expect(try group.elements().count == 2 && group.length() == 2)
        #expect(try calls.context.environment.getAttribute(group, "grouper").text == "1")
        #expect(try calls.context.environment.getAttribute(group, "list").length() == 2)
        #expect(try group.item(-2)?.text == "1")
        #expect(try group.isEqual(to: .tuple([1, [["k": 1], ["k": 1]]])))
        #expect(try TemplateValue.tuple([1, [["k": 1], ["k": 1]]]).isEqual(to: group))
        #expect(try calls.filter("tojson", group).text == #"[1, [{"k": 1}, {"k": 1}]]"#)
    }
}
