import TestSupport
import Testing

@testable import CarafeTemplates

@Suite("Output of a render")
struct RenderOutputTests {
    @Test(
        "text is escaped as MarkupSafe does",
        arguments: [
            ("", ""), ("plain", "plain"), ("&<>'\"", "&amp;&lt;&gt;&#39;&#34;"), ("#%$!=?;:", "#%$!=?;:"),
            ("a text of more than sixteen bytes & an entity", "a text of more than sixteen bytes &amp; an entity"),
            ("\"########<#######>\"", "&#34;########&lt;#######&gt;&#34;"), ("é<日>🎈&", "é&lt;日&gt;🎈&amp;"),
        ])
    func escaping(text: String, expected: String) throws {
        #expect(isSameText(Escaping.escape(text), expected))
        let output = RenderOutput(limit: 1000)
        try output.appendEscaped(text)
        #expect(isSameText(output.takeString(), expected))
    }

    @Test("each byte is escaped or kept at each place of a block")
    func everyByte() throws {
        let output = RenderOutput(limit: 1 << 20)
        for byte in UInt8(0)..<0x80 {
            for place in 0..<18 {
                let scalar = String(Unicode.Scalar(byte))
                let text = String(repeating: "x", count: place) + scalar + String(repeating: "y", count: 17 - place)
                try output.appendEscaped(text)
                #expect(output.takeString() == Self.naive(text))
                #expect(Escaping.escape(text) == Self.naive(text))
            }
        }
    }

    @Test("random texts of random bytes are escaped as one by one", arguments: 0..<4)
    func random(round: UInt64) throws {
        var random = SplitMix64(seed: UInt64(TestSeed.value) &+ round)
        let letters = Array("&<>'\"#abcdefgh é日".unicodeScalars)
        let output = RenderOutput(limit: 1 << 24, capacity: 64)
        var expected = ""
        for _ in 0..<600 {
            let count = Int.random(in: 0..<50, using: &random)
            let clean = Bool.random(using: &random)
            var text = ""
            for _ in 0..<count {
                let scalar = letters[Int.random(in: clean ? 6..<letters.count : 0..<letters.count, using: &random)]
                text.unicodeScalars.append(scalar)
            }
            let escapes = Bool.random(using: &random)
            try escapes ? output.appendEscaped(text) : output.append(text)
            expected += escapes ? Self.naive(text) : text
            #expect(isSameText(Escaping.escape(text), Self.naive(text)))
        }
        #expect(isSameText(output.takeString(), expected))
    }

    @Test(
        "integers are written in decimal",
        arguments: [
            0, 9, 10, 99, 100, -1, -10, 12345, 999_999_999_999_999_999, 1_000_000_000_000_000_000, Int.max, Int.min,
        ])
    func integers(value: Int) throws {
        let output = RenderOutput(limit: 1000)
        try output.append(value)
        #expect(output.takeString() == String(value))
    }

    @Test("as much as the limit can be written, more is an error", arguments: [100, 1000, 5000, 100_000])
    func limit(limit: Int) throws {
        let writes: [(RenderOutput) throws -> Void] = [
            { try $0.append("x") }, { try $0.appendEscaped("x") }, { try $0.append(7) }, { try $0.append([0x78]) },
        ]
        for write in writes {
            let output = RenderOutput(limit: limit)
            for _ in 0..<limit { try write(output) }
            #expect(output.count == limit)
            let error = #expect(throws: TemplateError.self) { try write(output) }
            #expect(error?.kind == .limit)
        }
        #expect(throws: TemplateError.self) {
            try RenderOutput(limit: limit).appendEscaped(String(repeating: "<", count: limit / 4 + 1))
        }
        try RenderOutput(limit: limit).appendEscaped(String(repeating: "<", count: limit / 4))
    }

    @Test("what is taken away counts towards the limit, until all is removed")
    func captures() throws {
        let output = RenderOutput(limit: 100)
        try output.append("before ")
        let start = output.count
        try output.append(String(repeating: "x", count: 60))
        #expect(output.takeString(from: start).utf8.count == 60)
        try output.append("after")
        #expect(throws: TemplateError.self) { try output.append(String(repeating: "y", count: 40)) }
        #expect(output.takeString() == "before after")
        output.removeAll()
        try output.append(String(repeating: "z", count: 100))
        #expect(output.withBytes { $0.count } == 100)
    }

    private static func naive(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "'": result += "&#39;"
            case "\"": result += "&#34;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
