import CarafeHTTP
import HTTPTypes
import Testing

@Suite("Nothing in a response can end its line and begin another (response splitting)")
struct ResponseSplittingTests {
    static let attacks = [
        "\r\n", "\r", "\n", "\0", "\u{B}", "\u{C}", "\u{1B}[31m", "\u{7F}", "a\r\nSet-Cookie: b", "a\nSet-Cookie: b",
        "a\rSet-Cookie: b", "a\r\n\r\nHTTP/1.1 200 OK", "a\r\n b", "a\r\n\u{301}b", "\n\u{301}",
    ]

    /// Which some decode to a line break; here they are only text.
    static let texts = ["\u{560A}\u{560D}", "%0d%0a", "\\r\\n", "\u{85}", "\u{2028}", "\u{2029}", "a\tb", "\u{E9}"]

    static let controls = (0..<0x20).map { Unicode.Scalar(UInt8($0)) }.filter { $0 != "\t" } + ["\u{7F}"]

    @Test("a value with a control character is not written, though it was set unchecked", arguments: attacks)
    func values(_ attack: String) {
        let response = WrittenResponse(.noContent, ["A": "1", "X": attack, "B": "2"])
        #expect(response.fields == ["A: 1", "B: 2"])
    }

    @Test("a name with a control character is not written", arguments: attacks)
    func names(_ attack: String) {
        let response = WrittenResponse(.noContent, ["A": "1", "X\(attack)": "y", "B": "2"])
        #expect(response.fields == ["A: 1", "B: 2"])
    }

    @Test("every control character but the tab, at every place of a long value", arguments: controls)
    func places(_ control: Unicode.Scalar) {
        let value = Array("0123456789abcdefghijk".unicodeScalars)
        for place in 0...value.count {
            var attack = String.UnicodeScalarView(value)
            attack.insert(control, at: attack.index(attack.startIndex, offsetBy: place))
            #expect(WrittenResponse(.noContent, ["X": String(attack)]).fields == [])
        }
    }

    @Test("a reason loses its control characters", arguments: attacks)
    func reasons(_ attack: String) {
        let response = WrittenResponse(HTTPResponse.Status(code: 200, reasonPhrase: attack))
        #expect(response.lines.count == 3)
        #expect(response.text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
    }

    @Test("the values that the server reads are not believed with a control character in them", arguments: attacks)
    func owned(_ attack: String) {
        let response = WrittenResponse(
            .notModified,
            ["Content-Length": "7" + attack, "Connection": "close, " + attack, "Date": "now" + attack])
        #expect(response.fields == [])
        #expect(response.staysOpen)
    }

    @Test("what is only text is written as it is", arguments: texts)
    func harmless(_ text: String) {
        let response = WrittenResponse(.noContent, ["X": text])
        #expect(response.fields == ["X: \(RawRequest.text(Array(text.utf8)))"])
    }

    @Test("a status without three digits is the application's mistake")
    func statusCodes() {
        #expect(WrittenResponse(HTTPResponse.Status(code: 0)).lines.first == "HTTP/1.1 500 Internal Server Error")
    }
}
