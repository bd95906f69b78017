import CarafeHTTP
import Testing

@Suite("Parameters")
struct ParametersTests {
    @Test("values are read, replaced and removed by name, in order")
    func multiMap() throws {
        var query = try Parameters(urlEncoded: "q=a+b&tag=x&tag=y&blank=")
        #expect(query["q"] == "a b")
        #expect(query["blank"] == "")
        #expect(query["none"] == nil)
        #expect(query[values: "tag"] == ["x", "y"])
        #expect(query.names == ["q", "tag", "blank"])
        query["tag"] = "z"
        query["q"] = nil
        query.append("1", for: "tag")
        #expect(query.urlEncoded == "tag=z&blank=&tag=1")
        #expect(query == ["tag": "z", "blank": "", "tag": "1"])
    }

    @Test("only an ampersand parts parameters")
    func semicolon() throws {
        #expect(try Parameters(urlEncoded: "a=1;b=2") == ["a": "1;b=2"])
    }

    @Test("names are compared byte by byte")
    func canonicalEquivalence() throws {
        let query = try Parameters(urlEncoded: "e%CC%81=1&%C3%A9=2")
        #expect(query["\u{E9}"] == "2")
        #expect(query["e\u{301}"] == "1")
        #expect(query.names.count == 2)
    }

    @Test("bytes that are not UTF-8 stay percent-encoded")
    func invalid() throws {
        #expect(try Parameters(urlEncoded: [0x61, 0x3D, 0xFF, 0x25, 0x66, 0x65]) == ["a": "%FF%FE"])
    }

    @Test("too many parameters or cookies are an error of their own")
    func limits() throws {
        #expect(throws: TooManyParameters(limit: 2)) { try Parameters(urlEncoded: "a&b&c", limit: 2) }
        #expect(throws: TooManyParameters(limit: 2)) { try Parameters(cookies: "a=1; b=2; c=3", limit: 2) }
        #expect(try Parameters(urlEncoded: "&&a&&b&&", limit: 2).count == 2)
        let thousand = String(repeating: "a&", count: 1000)
        #expect(try Parameters(urlEncoded: thousand).count == 1000)
        #expect(throws: TooManyParameters.self) { try Parameters(urlEncoded: thousand + "a") }
    }

    @Test(
        "whole numbers are taken strictly",
        arguments: [
            ("5", 5), ("-5", -5), ("007", 7), ("+5", nil), ("", nil), ("-", nil), (" 5", nil), ("5\u{301}", nil),
            ("٥", nil), ("0x5", nil),
            ("99999999999999999999", nil), ("5.0", nil), ("--5", nil),
        ] as [(String, Int?)])
    func integers(_ text: String, _ number: Int?) {
        #expect(Parameters([("n", text)]).int("n") == number)
        #expect(Parameters([("n", text)]).get("n", as: Int64.self) == number.map(Int64.init))
    }

    @Test(
        "other numbers too",
        arguments: [
            ("1.5", 1.5), ("-1e3", -1000), ("inf", nil), ("nan", nil), ("0x1p3", nil), ("+1", nil), ("1 ", nil),
        ]
            as [(String, Double?)])
    func doubles(_ text: String, _ number: Double?) {
        #expect(Parameters([("n", text)]).get("n", as: Double.self) == number)
    }

    @Test("a type's own rule decides about the rest")
    func otherTypes() {
        let form: Parameters = ["flag": "true", "small": "300", "text": "x"]
        #expect(form.get("flag", as: Bool.self) == true)
        #expect(form.get("small", as: UInt8.self) == nil)
        #expect(form.get("text", as: String.self) == "x")
        #expect(form.get("none", as: String.self) == nil)
    }

    @Test("a value without a name is no cookie")
    func nameless() throws {
        #expect(try Parameters(cookies: "=__Host-x=evil; a=1; =b") == ["a": "1"])
    }

    @Test("a quote with an accent is still a quote, and a Greek question mark no semicolon")
    func scalars() throws {
        #expect(try Parameters(cookies: "a=1\u{37E}b=2") == ["a": "1\u{37E}b=2"])
        #expect(try Parameters(cookies: "a=\"x;\u{301}\"; b=2") == ["a": "x;\u{301}", "b": "2"])
    }
}
