import Carafe
import Foundation
import NIOCore
import Testing

@Suite("Reading JSON")
struct JSONReaderTests {
    private struct Post: Codable, Equatable {
        var title: String
        var stars: Int?
    }

    private struct Blog: Codable, Equatable {
        var posts: [Post]
    }

    private func decode<T: Decodable>(
        _ type: T.Type = T.self,
        _ text: String,
        _ reader: JSONReader = JSONReader()
    ) throws(JSONDecodingError) -> T {
        try reader.decode(type, from: ByteBuffer(string: text))
    }

    private func refusal<T: Decodable>(_ type: T.Type, _ text: String, _ reader: JSONReader = JSONReader())
        -> JSONDecodingError?
    {
        do {
            _ = try decode(type, text, reader)
            return nil
        } catch {
            return error
        }
    }

    @Test("a value is read from the readable bytes alone")
    func readableBytes() throws {
        var buffer = ByteBuffer(string: "xx {\"title\":\"a\"} ")
        buffer.moveReaderIndex(forwardBy: 2)
        #expect(try JSONReader().decode(Post.self, from: buffer) == Post(title: "a"))
    }

    @Test(
        "an error says where and what, in the words of JSON",
        arguments: [
            (
                #"{"posts":[{"title":"a"},{"title":5}]}"#, "posts[1].title: expected a string, found a number",
                "wrongType"
            ),
            (#"{"posts":[{"title":"a"},{}]}"#, "posts[1].title: is missing", "missing"),
            (#"{"posts":[{"title":null}]}"#, "posts[0].title: expected a string, found null", "wrongType"),
            (#"{"posts":{"a":1}}"#, "posts: expected an array, found an object", "wrongType"),
            (#"{"posts":[[]]}"#, "posts[0]: expected an object, found an array", "wrongType"),
            (#"{"posts":[{"title":true}]}"#, "posts[0].title: expected a string, found true", "wrongType"),
            (
                #"{"posts":[{"title":"a","stars":"5"}]}"#, "posts[0].stars: expected a whole number, found a string",
                "wrongType"
            ),
            (#"[]"#, "expected an object, found an array", "wrongType"),
            (#"null"#, "expected an object, found null", "wrongType"),
            (#"{}"#, "posts: is missing", "missing"),
            (
                #"{"posts":[{"title":"a","stars":1.5}]}"#,
                "posts[0].stars: expected a whole number, found a fraction", "invalidValue"
            ),
            (#"{"posts":[{"title":"a","stars":1e30}]}"#, "posts[0].stars: the number is out of range", "invalidValue"),
        ])
    func messages(text: String, message: String, kind: String) throws {
        let error = try #require(refusal(Blog.self, text))
        #expect(error.message == message)
        #expect("\(error.kind)".contains(kind))
    }

    @Test("an error tells line and column of the value, counted in scalars")
    func locations() throws {
        let error = try #require(refusal(Blog.self, "{\n \"é😀\": 1, \"posts\": [\n  {\"title\": 5}]}"))
        #expect(error.location?.line == 3 && error.location?.column == 13)
        let missing = try #require(refusal(Blog.self, "{\"posts\": [ {}]}"))
        #expect(missing.location?.line == 1 && missing.location?.column == 13)
    }

    @Test(
        "text that is not JSON is malformed, at a line and a column, whatever is asked for",
        arguments: [
            ("", 1, 1, "there is no JSON, the text is empty"),
            (" \n ", 2, 2, "there is no JSON, the text is empty"),
            ("{", 1, 2, "expected a key in double quotes, but the text ends"),
            ("[1", 1, 3, "expected ',' or ']', but the text ends"),
            ("[1,]", 1, 4, "expected a value, found ']'"),
            ("{\"a\":1,}", 1, 8, "expected a key in double quotes, found '}'"),
            ("{\n\"a\" 1}", 2, 5, "expected ':' after the key, found '1'"),
            ("{\"a\":1 \"b\"", 1, 8, "expected ',' or '}', found '\"'"),
            ("[1] 2", 1, 5, "expected the end of the text, found '2'"),
            ("{a:1}", 1, 2, "expected a key in double quotes, found 'a'"),
            ("[NaN]", 1, 2, "expected a value, found 'N'"),
            ("[-Infinity]", 1, 3, "expected a digit, found 'I'"),
            ("nul", 1, 1, "expected a value, found 'n'"),
            ("\"abc", 1, 1, "a string has no end"),
            ("\"abc\\", 1, 5, "an unknown escape in a string"),
            ("\"a\tb\"", 1, 3, "a control character in a string must be escaped"),
            ("\"\\x\"", 1, 2, "an unknown escape in a string"),
            ("\"\\u12g4\"", 1, 2, "an unknown escape in a string"),
            ("\"a\\ud800\"", 1, 3, "an unpaired surrogate in a string"),
            ("\"\\ud800\\u0041\"", 1, 2, "an unpaired surrogate in a string"),
            ("\"\\udc00\"", 1, 2, "an unpaired surrogate in a string"),
            ("01", 1, 1, "a number must not begin with 0"),
            ("-", 1, 2, "expected a digit, but the text ends"),
            ("1.", 1, 3, "expected a digit, but the text ends"),
            ("1e+", 1, 4, "expected a digit, but the text ends"),
            ("+1", 1, 1, "expected a value, found '+'"),
            ("[1}", 1, 3, "expected ',' or ']', found '}'"),
            ("// comment", 1, 1, "expected a value, found '/'"),
            ("['a']", 1, 2, "expected a value, found '''"),
            ("é", 1, 1, "expected a value, found another character"),
        ])
    func malformed(text: String, line: Int, column: Int, reason: String) throws {
        for error in [refusal(Blog.self, text), refusal(JSONValue.self, text), refusal([Int].self, text)] {
            let error = try #require(error)
            #expect(error.kind == .malformed)
            #expect(error.location?.line == line && error.location?.column == column)
            #expect(error.message == "line \(line), column \(column): \(reason)")
            #expect(error.path.isEmpty)
        }
    }

    @Test("invalid UTF-8, UTF-16 and a lone mark are malformed; a mark before the text is passed over")
    func encodings() throws {
        let texts: [[UInt8]] = [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xE2, 0x82],
            [0xEF, 0xBB, 0xBF], [0x31, 0x00], [0xFE, 0xFF, 0x00, 0x31], [0xFF, 0xFE, 0x31, 0x00], [0x00],
        ]
        for text in texts {
            #expect(throws: JSONDecodingError.self) {
                try JSONReader().decode(JSONValue.self, from: ByteBuffer(bytes: text))
            }
            #expect(throws: JSONDecodingError.self) {
                try JSONReader().decode([Int].self, from: ByteBuffer(bytes: text))
            }
        }
        let marked: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("{\"title\":\"é\"}".utf8)
        #expect(try JSONReader().decode(Post.self, from: ByteBuffer(bytes: marked)) == Post(title: "é"))
        #expect(try JSONReader().decode(JSONValue.self, from: ByteBuffer(bytes: marked)) == ["title": "é"])
    }

    @Test("nesting beyond the limit is refused before it is read, however deep")
    func nesting() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try decode(JSONValue.self, nested(128)).array?.count == 1)
        for text in [
            nested(129), String(repeating: "[", count: 1_000_000), String(repeating: "{\"a\":", count: 100_000),
        ] {
            for error in [refusal(JSONValue.self, text), refusal([[Int]].self, text)] {
                #expect(error?.kind == .tooDeep)
                #expect(error?.message.hasSuffix("nested deeper than 128 levels") == true)
            }
        }
        #expect(try decode([String].self, "[\"" + nested(500) + "\"]").count == 1)
    }

    @Test("more bytes than the limit are refused")
    func size() {
        #expect(refusal([Int].self, "[1,2]", JSONReader(sizeLimit: 4))?.kind == .tooLarge)
        #expect(refusal([Int].self, "[1,2]", JSONReader(sizeLimit: 5)) == nil)
    }

    @Test("huge numbers are errors, never traps")
    func hugeNumbers() throws {
        for text in ["1e400", "-1e400", "1e999999999999999999999", "9" + String(repeating: "0", count: 400)] {
            #expect(refusal(Double.self, text)?.kind == .invalidValue)
            #expect(refusal(Int.self, text)?.kind == .invalidValue)
            #expect(refusal(JSONValue.self, text)?.kind == .invalidValue)
            _ = refusal(Decimal.self, text)
            _ = refusal(Float.self, text)
        }
        #expect(refusal(Double.self, String(repeating: "1", count: 2_000))?.kind == .malformed)
        #expect(refusal(UInt.self, "-1")?.kind == .invalidValue)
        #expect(refusal(Int8.self, "128")?.kind == .invalidValue)
        #expect(refusal(Date.self, "1e300", JSONReader(dates: .secondsSince1970)) == nil)
        #expect(try decode(Int.self, "9223372036854775807") == .max)
        #expect(try decode(UInt64.self, "18446744073709551615") == .max)
        #expect(try decode(Decimal.self, "0.1") == Decimal(string: "0.1"))
    }

    @Test("of two members with the same key, the last counts, as in Python")
    func duplicates() throws {
        #expect(try decode(JSONValue.self, #"{"a":1,"b":2,"a":3}"#) == ["a": 3, "b": 2])
        #expect(try decode(Post.self, #"{"title":"a","title":"b"}"#).title == "b")
    }

    @Test("whole numbers are integers, however they are written")
    func wholeNumbers() throws {
        #expect(
            try decode([Int].self, "[1.0,1e3,-0.0,120e-1,9007199254740992.0]") == [
                1, 1_000, 0, 12, 9_007_199_254_740_992,
            ])
        #expect(refusal([Int].self, "[1,9007199254740994.0]")?.message == "[1]: the number is out of range")
        #expect(refusal([Int8].self, "[1,128.0]")?.message == "[1]: the number is out of range")
    }

    @Test(
        "dates of ISO 8601 are read with and without fractions and offsets",
        arguments: [
            ("2024-01-02T03:04:05Z", 1_704_164_645), ("2024-01-02T03:04:05.5Z", 1_704_164_645.5),
            ("2024-01-02T03:04:05.123456789Z", 1_704_164_645.123456), ("2024-01-02T05:04:05+02:00", 1_704_164_645),
            ("2024-01-01 22:04:05-05:00", 1_704_164_645), ("1969-12-31T23:59:59.25Z", -0.75),
            ("0001-01-01T00:00:00Z", -62_135_596_800),
            ("2024-02-29T00:00:00Z", 1_709_164_800), ("2016-12-31T23:59:60Z", 1_483_228_800),
        ] as [(String, Double)])
    func dates(text: String, seconds: Double) throws {
        #expect(try decode([Date].self, "[\"\(text)\"]") == [Date(timeIntervalSince1970: seconds)])
    }

    @Test(
        "what is no date is refused",
        arguments: [
            "", "2024", "2024-01-02", "2024-13-01T00:00:00Z", "2023-02-29T00:00:00Z", "2024-01-02T24:00:00Z",
            "2024-01-02T03:04:05", "2024-01-02T03:04:05.Z", "2024-01-02T03:04:05ZZ", "2024-01-02T03:04:05+2:00",
            "0000-01-01T00:00:00Z", "-024-01-02T03:04:05Z", "2024-01-02T03:04:05+24:00", "２024-01-02T03:04:05Z",
        ])
    func noDates(text: String) throws {
        let error = try #require(refusal([String: Date].self, "{\"at\":\"\(text)\"}"))
        #expect(error.message == "at: expected a date in the form of ISO 8601")
        #expect(error.kind == .invalidValue)
    }

    @Test("dates of HTTP are read, and refused where the weekday is wrong")
    func httpDates() throws {
        let reader = JSONReader(dates: .http)
        #expect(
            try decode([Date].self, #"["Tue, 02 Jan 2024 03:04:05 GMT"]"#, reader) == [
                Date(timeIntervalSince1970: 1_704_164_645)
            ])
        #expect(refusal([Date].self, #"["Wed, 02 Jan 2024 03:04:05 GMT"]"#, reader)?.path == "[0]")
        #expect(refusal([Date].self, "[5]", reader)?.message == "[0]: expected a string, found a number")
        #expect(
            try decode([Date].self, "[1.5]", JSONReader(dates: .secondsSince1970)) == [Date(timeIntervalSince1970: 1.5)]
        )
    }

    @Test("snake case keys are read, and errors spell them as the client does")
    func snakeCase() throws {
        struct User: Decodable { var createdBy: [String] }
        let reader = JSONReader(keys: .snakeCase)
        #expect(try decode(User.self, #"{"created_by":["a"]}"#, reader).createdBy == ["a"])
        let wrong = refusal(User.self, #"{"created_by":["a",true]}"#, reader)
        #expect(wrong?.message == "created_by[1]: expected a string, found true")
        #expect(refusal(User.self, "{}", reader)?.message == "created_by: is missing")
    }

    @Test("a type's own words reach the client; names of types and other errors do not")
    func ownWords() throws {
        enum Color: String, Decodable { case red }
        struct Even: Decodable {
            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                guard try container.decode(Int.self).isMultiple(of: 2) else {
                    throw DecodingError.dataCorruptedError(in: container, debugDescription: "must be even")
                }
            }
        }
        struct Other: Decodable {
            struct Secret: Error {}
            init(from decoder: any Decoder) throws { throw Secret() }
        }
        #expect(refusal([Even].self, "[2,3]")?.message == "[1]: must be even")
        #expect(refusal([Color].self, "[\"blue\"]")?.message == "[0]: not one of the accepted values")
        let other = refusal([Other].self, "[1]")
        #expect(other?.message == "not accepted")
        #expect(other?.underlying is Other.Secret)
        #expect(refusal([UUID].self, "[\"x\"]")?.kind == .invalidValue)
        #expect(refusal([URL].self, "[\"\"]")?.kind == .invalidValue)
        #expect(refusal([Int].self, "[1,[2]]")?.message == "[1]: expected a whole number, found an array")
        #expect(refusal([Bool].self, "[1]")?.message == "[0]: expected true or false, found a number")
        #expect(refusal([[String: Int]].self, "[5]")?.message == "[0]: expected an object, found a number")
    }

    @Test("paths quote keys that are no plain names, and cut long ones")
    func paths() throws {
        #expect(refusal([String: Int].self, #"{"two words":"x"}"#)?.path == #"["two words"]"#)
        #expect(refusal([String: Int].self, #"{"a\"b\n":"x"}"#)?.path == "[\"a\\\"b\u{FFFD}\"]")
        #expect(refusal([String: [String: Int]].self, #"{"a":{"é":"x"}}"#)?.path == #"a["é"]"#)
        let long = String(repeating: "k", count: 10_000)
        #expect(refusal([String: Int].self, "{\"\(long)\":\"x\"}")?.path.utf8.count == 71)
        #expect(refusal([Int: Int].self, #"{"7":"x"}"#)?.path == #"["7"]"#)
    }

    @Test("random bytes never trap, whatever is asked for")
    func randomBytes() throws {
        var random = JSONRandom(seed: 3)
        for _ in 0..<1_500 {
            let text = Array(try JSONWriter().string(from: random.value(depth: 2)).utf8)
            let broken = ByteBuffer(bytes: random.mutated(text))
            _ = try? JSONReader().decode(Blog.self, from: broken)
            _ = try? JSONReader().decode([String: JSONValue].self, from: broken)
            _ = try? JSONReader().decode([Decimal].self, from: broken)
        }
    }
}
