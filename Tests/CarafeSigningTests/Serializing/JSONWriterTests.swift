import Foundation
import Testing

@testable import CarafeSigning

@Suite("The writer of signed JSON")
struct JSONWriterTests {
    private func write(_ value: SessionValue, _ format: JSONFormat = .itsDangerous) throws -> String {
        String(decoding: try JSONWriter.write(value, format), as: UTF8.self)
    }

    @Test(
        "floating-point numbers are written as Python's repr",
        arguments: [
            (0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (-1.5, "-1.5"), (0.1, "0.1"), (0.1 + 0.2, "0.30000000000000004"),
            (1e15, "1000000000000000.0"), (9_007_199_254_740_992, "9007199254740992.0"), (1e16, "1e+16"),
            (1.5e16, "1.5e+16"), (1e22, "1e+22"), (1e100, "1e+100"), (0.0001, "0.0001"), (0.00001, "1e-05"),
            (1.5e-7, "1.5e-07"), (.leastNonzeroMagnitude, "5e-324"),
            (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
            (.infinity, "Infinity"), (-.infinity, "-Infinity"), (.nan, "NaN"),
        ])
    func doubles(number: Double, text: String) throws {
        #expect(try write(.double(number)) == text)
    }

    @Test("ItsDangerous writes text as it is and members in their order; Flask escapes and sorts")
    func formats() throws {
        let value: SessionValue = ["é": "🎈\u{7F}", "a": "\u{1}\"\\/\n", "ab": nil]
        #expect(try write(value) == #"{"é":"🎈\#u{7F}","a":"\u0001\"\\/\n","ab":null}"#)
        #expect(
            try write(value, .flaskSession)
                == #"{"a":"\u0001\"\\/\n","ab":null,"\u00e9":"\ud83c\udf88\u007f"}"#)
    }

    @Test("keys sort by their code points, not by UTF-16")
    func sorting() throws {
        #expect(try write(["🎈": 1, "\u{FFFF}": 2, "": 3], .flaskSession) == #"{"":3,"\uffff":2,"\ud83c\udf88":1}"#)
    }

    @Test("without tags, a tuple is an array and markup is text")
    func plain() throws {
        #expect(try write(.tuple([1, .markup("<b>")])) == #"[1,"<b>"]"#)
        #expect(try write([" t": 1]) == #"{" t":1}"#)
    }

    @Test(
        "without tags, what JSON does not have is refused",
        arguments: [.bytes([1]), .uuid(UUID()), .datetime(Date())] as [SessionValue])
    func unserializable(value: SessionValue) {
        #expect(refusal { try write([value]) } == .unserializable)
        #expect(refusal { try write([value], .flaskSession) } == nil)
    }

    @Test(
        "a date outside of the years 1 to 9999 is refused",
        arguments: [-62_135_596_801, 253_402_300_800, .infinity, .nan])
    func dates(seconds: Double) {
        #expect(
            refusal { try write(.datetime(Date(timeIntervalSince1970: seconds)), .flaskSession) } == .unserializable)
    }

    @Test("what nests deeper than can be read is not written")
    func nesting() throws {
        var value: SessionValue = 1
        for _ in 0..<128 { value = [value] }
        #expect(try JSONReader.read(JSONWriter.write(value, .itsDangerous), usesTags: false) == value)
        #expect(refusal { try write([value]) } == .unserializable)
        #expect(refusal { try write(["a": value]) } == .unserializable)
    }

    @Test("a tag counts as a level, as it does when it is read")
    func tagNesting() throws {
        var value: SessionValue = 1
        for _ in 0..<64 { value = .tuple([value]) }
        #expect(try JSONReader.read(JSONWriter.write(value, .flaskSession), usesTags: true) == value)
        #expect(refusal { try write(.tuple([value]), .flaskSession) } == .unserializable)
        #expect(refusal { try write([" t": value], .flaskSession) } == .unserializable)
    }
}
