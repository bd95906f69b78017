import CarafeRouting
import Testing

@Suite("Converters")
struct ConverterTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let rule: String
        let matching: [(String, RoutingValue)]
        let others: [String]
        var testDescription: String { rule }

        init(_ rule: String, _ matching: [(String, RoutingValue)], not others: [String]) {
            (self.rule, self.matching, self.others) = (rule, matching, others)
        }
    }

    private static let id = "9c01e6b0-4e1d-4f2a-8b5d-0123456789ab"

    @Test(
        "take the texts of their kind and range, and no others",
        arguments: [
            Case("/<v>", [("a", "a"), ("a.b-c", "a.b-c"), ("é", "é"), ("\0", "\0")], not: ["", "a/b"]),
            Case("/<string(length=2):v>", [("ab", "ab"), ("éé", "éé")], not: ["a", "abc", "é"]),
            Case("/<string(minlength=2):v>", [("ab", "ab"), ("abc", "abc")], not: ["a", "é"]),
            Case("/<string(maxlength=2):v>", [("a", "a"), ("😀😀", "😀😀")], not: ["abc", ""]),
            Case("/<string(2, 3):v>", [("ab", "ab"), ("abc", "abc")], not: ["a", "abcd"]),
            Case(
                "/<any(a, \"b c\", \"d>e\", 7):v>", [("a", "a"), ("b c", "b c"), ("d>e", "d>e"), ("7", "7")],
                not: ["b", "ab", "A"]),
            Case("/<path:v>", [("a", "a"), ("a/b", "a/b"), ("a//", "a//")], not: ["", "a\nb"]),
            Case(
                "/<int:v>", [("0", 0), ("007", 7), ("٤٢", 42), ("9223372036854775807", .int(.max))],
                not: ["-1", "+1", "1.0", "1a", " 1", "9223372036854775808", "1_0"]),
            Case("/<int(fixed_digits=3):v>", [("007", 7), ("١٢٣", 123)], not: ["7", "0007"]),
            Case("/<int(min=2, max=4):v>", [("2", 2), ("4", 4)], not: ["1", "5"]),
            Case(
                "/<int(signed=True):v>", [("-5", -5), ("5", 5), ("-0", 0), ("-9223372036854775808", .int(.min))],
                not: ["--5", "-", "-9223372036854775809"]),
            Case("/<int(min=-5, max=-2, signed=True):v>", [("-5", -5), ("-2", -2)], not: ["-6", "-1", "2"]),
            Case(
                "/<float:v>", [("1.5", 1.5), ("0.0", 0.0), ("١.٥", 1.5)],
                not: ["1", ".5", "1.", "-1.5", "1.5.5", "1e5", "1.5e5", "nan", "inf"]),
            Case("/<float(min=-1.5, max=2, signed=True):v>", [("-1.5", -1.5), ("2.0", 2.0)], not: ["-1.6", "2.1"]),
            Case(
                "/<uuid:v>", [(id, .uuid(RoutingUUID(high: 0x9C01_E6B0_4E1D_4F2A, low: 0x8B5D_0123_4567_89AB)))],
                not: [String(id.dropLast()), id + "0", String(id.dropLast()) + "g", "\(id.dropFirst(9))-9c01e6b0"]),
        ])
    func values(_ case: Case) throws {
        let matcher = try Routes(`case`.rule).matcher
        for (text, value) in `case`.matching {
            guard case .match(let match) = matcher.match("/" + text, method: "GET") else {
                Issue.record("\(text) does not match")
                continue
            }
            #expect(match["v"] == value, "\(text)")
        }
        for text in `case`.others {
            if case .match = matcher.match("/" + text, method: "GET") { Issue.record("\(text) matches") }
        }
    }

    @Test("take their shares of a segment, the first the most that lets the rest match")
    func several() throws {
        let routes = try Routes("/m/<a>-<b>.<c>", "/n/<int:a><int:b>", "/f/<name>.<any(png, tar.gz):kind>")
        #expect(routes.match("/m/a-b-c.d.e") == "/m/<a>-<b>.<c> a=a-b b=c.d c=e")
        #expect(routes.match("/n/123") == "/n/<int:a><int:b> a=12 b=3")
        #expect(routes.match("/f/x.y.tar.gz") == "/f/<name>.<any(png, tar.gz):kind> name=x.y kind=tar.gz")
        #expect(routes.match("/m/a-b") == "404")
        #expect(routes.match("/n/1") == "404")
    }

    @Test("leave a path before a text as little as lets the rest match")
    func pathBetweenTexts() throws {
        let routes = try Routes("/<path:page>/edit", "/<path:page>/diff/<a>..<b>", "/x<path:page>y")
        #expect(routes.match("/a/b/edit") == "/<path:page>/edit page=a/b")
        #expect(routes.match("/a/edit/edit") == "/<path:page>/edit page=a/edit")
        #expect(routes.match("/a/b/diff/1..2") == "/<path:page>/diff/<a>..<b> page=a/b a=1 b=2")
        #expect(routes.match("/x1/2y") == "/x<path:page>y page=1/2")
        #expect(routes.match("/edit") == "404")
    }

    @Test("compare texts by their bytes: é of one scalar is not é of two")
    func canonicalEquivalence() throws {
        let routes = try Routes("/\u{E9}", "/<any(\u{E9}):v>/x")
        #expect(routes.match("/e\u{301}") == "404")
        #expect(routes.match("/e\u{301}/x") == "404")
        #expect(routes.match("/\u{E9}/x") == "/<any(\u{E9}):v>/x v=\u{E9}")
    }
}
