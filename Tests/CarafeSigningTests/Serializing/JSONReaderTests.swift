import Foundation
import Testing

@testable import CarafeSigning

@Suite("The reader of signed JSON")
struct JSONReaderTests {
    private func read(_ text: String) throws -> SessionValue {
        try JSONReader.read(Array(text.utf8), usesTags: false)
    }

    @Test(
        "what JSON and Python allow is read",
        arguments: [
            ("null", nil), (" \t\r\n true \n", true), ("-0", 0), ("-1", -1), ("0.5e-3", 0.0005), ("1E+2", 100.0),
            ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)), ("Infinity", .double(.infinity)),
            ("-Infinity", .double(-.infinity)), ("1e400", .double(.infinity)), ("-1e400", .double(-.infinity)),
            ("1e-400", 0.0), ("[]", []), ("[ ]", []), ("{}", [:]), ("{ }", [:]), ("[1 , [2]]", [1, [2]]),
            (#"{"a" : 1 , "b":{}}"#, ["a": 1, "b": [:]]), (#""""#, ""),
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
            (#""\u00e9\u0000""#, "é\0"), (#""\ud83c\udf88""#, "🎈"), (#""é\u0301""#, "é\u{301}"),
            ("\"\u{7F}\"", "\u{7F}"),
        ] as [(String, SessionValue)])
    func accepted(text: String, value: SessionValue) throws {
        #expect(try read(text) == value)
    }

    @Test(
        "everything else is refused",
        arguments: [
            "", " ", "nul", "nulll", "True", "tru e", "NaNN", "Inf", "-Infinit", "+1", "01", "-", "-a", "1.", ".5",
            "1e",
            "1e+", "0x1", "1 2", "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{", "}", "{\"a\"", "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,", "{\"a\":1,}", "{,}", "{1:2}", "{a:1}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "\"", "\"a", "'a'",
            "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\u", "\"\\", "\"\n\"", "\"\0\"", "\"\\\n\"",
            "\u{FEFF}1",
            "\u{A0}1", "١", "１", "// 1", "1//", "/**/1",
        ])
    func refused(text: String) {
        #expect(refusal { try read(text) } == .badPayload)
        #expect(refusal { try read("[1, \(text)") } == .badPayload)
    }

    @Test(
        "bytes that are no UTF-8 are refused", arguments: [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5]])
    func notUTF8(bytes: [UInt8]) {
        #expect(refusal { try JSONReader.read([0x22] + bytes + [0x22], usesTags: false) } == .badPayload)
        #expect(refusal { try JSONReader.read([0x22, 0x5C, 0x6E] + bytes + [0x22], usesTags: false) } == .badPayload)
        #expect(refusal { try JSONReader.read(bytes, usesTags: false) } == .badPayload)
    }

    @Test(
        "half of a surrogate pair becomes a replacement character",
        arguments: [
            (#""\ud83c""#, "\u{FFFD}"), (#""\udf88""#, "\u{FFFD}"), (#""\udf88\ud83c""#, "\u{FFFD}\u{FFFD}"),
            (#""\ud83cx""#, "\u{FFFD}x"), (#""\ud83c\n""#, "\u{FFFD}\n"), (#""\ud83c\ud83c\udf88""#, "\u{FFFD}🎈"),
        ])
    func surrogates(text: String, value: String) throws {
        #expect(try read(text) == .string(value))
    }

    @Test("of two members with one name the later counts, in the place of the earlier")
    func repeatedMember() throws {
        let object = try #require(try read(#"{"a":1,"b":2,"a":3,"e\u0301":4,"é":5}"#).object)
        #expect(object.keys.map { Array($0.utf8) } == ["a", "b", "e\u{301}", "é"].map { Array($0.utf8) })
        #expect(object["a"] == 3)
    }

    @Test("an integer of any size up to Python's limit is kept, digit by digit")
    func bigIntegers() throws {
        for text in ["9223372036854775808", "-9223372036854775809", String(repeating: "9", count: 4300)] {
            #expect(try read(text) == .bigInteger(#require(BigInteger(text))))
        }
        #expect(refusal { try read(String(repeating: "9", count: 4301)) } == .badPayload)
        #expect(refusal { try read("-" + String(repeating: "9", count: 100_000)) } == .badPayload)
    }

    @Test(
        "a big integer is digits without a leading zero",
        arguments: ["", "-", "-0", "01", "+1", "1 ", "１", "1e5", "a", String(repeating: "1", count: 4301)])
    func noBigInteger(text: String) {
        #expect(BigInteger(text) == nil)
    }

    @Test("a number of any length is read, and never traps")
    func longNumbers() throws {
        let zeros = String(repeating: "0", count: 50_000)
        #expect(try read("1" + zeros + ".0").double == .infinity)
        #expect(try read("0." + zeros + "1").double == 0)
        #expect(try read("1.0e" + zeros + "1").double == 10)
        #expect(try read("1e" + String(repeating: "9", count: 50_000)).double == .infinity)
        #expect(try read("1e-" + String(repeating: "9", count: 50_000)).double == 0)
    }

    @Test("nesting is read up to 128 levels, and refused beyond")
    func nesting() throws {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
            let levels = 128 / close.utf8.count
            func nested(_ count: Int) -> String {
                String(repeating: open, count: count) + "1" + String(repeating: close, count: count)
            }
            #expect(try read(nested(levels)).isNull == false)
            #expect(refusal { try read(nested(levels + 1)) } == .badPayload)
            #expect(refusal { try read(nested(1_000_000 / open.utf8.count)) } == .badPayload)
        }
    }

    @Test("the error names the byte, and nothing of the content")
    func message() {
        let error = #expect(throws: SigningError.self) { try read(#"{"secret" 1}"#) }
        #expect(
            error?.message == "The payload is not the JSON that was expected: a colon is missing (at byte 10).")
    }
}
