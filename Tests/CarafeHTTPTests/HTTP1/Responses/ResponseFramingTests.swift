import CarafeHTTP
import HTTPTypes
import Testing

/// A response and how its end must be told.
struct FramingCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let response: WrittenResponse
    /// What the head says of the length.
    let length: String?
    let sendsContent: Bool
    let staysOpen: Bool

    init(
        _ name: String, _ response: WrittenResponse, _ length: String?, content: Bool = false, open: Bool = true
    ) {
        testDescription = name
        self.response = response
        self.length = length
        sendsContent = content
        staysOpen = open
    }
}

@Suite("The end of a response is told as RFC 9112 §6 asks")
struct ResponseFramingTests {
    static let cases: [FramingCase] = [
        FramingCase("a known length", WrittenResponse(length: 5), "Content-Length: 5", content: true),
        FramingCase("no content", WrittenResponse(length: 0), "Content-Length: 0"),
        FramingCase("an unknown length", WrittenResponse(length: nil), "Transfer-Encoding: chunked", content: true),
        FramingCase(
            "an unknown length for HTTP/1.0", WrittenResponse(length: nil, version: .http10), nil, content: true,
            open: false),
        FramingCase(
            "a known length for HTTP/1.0", WrittenResponse(version: .http10), "Content-Length: 5", content: true),
        FramingCase("HEAD", WrittenResponse(method: .head), "Content-Length: 5"),
        FramingCase("HEAD, unknown length", WrittenResponse(length: nil, method: .head), "Transfer-Encoding: chunked"),
        FramingCase(
            "HEAD, unknown length, HTTP/1.0", WrittenResponse(length: nil, method: .head, version: .http10), nil),
        FramingCase("HEAD and no content", WrittenResponse(length: 0, method: .head), "Content-Length: 0"),
        FramingCase("204", WrittenResponse(.noContent), nil),
        FramingCase("204 without content", WrittenResponse(.noContent, length: 0), nil),
        FramingCase("204 of an unknown length", WrittenResponse(.noContent, length: nil), nil),
        FramingCase("204 for HEAD", WrittenResponse(.noContent, method: .head), nil),
        FramingCase("205", WrittenResponse(.resetContent), "Content-Length: 0"),
        FramingCase("205 of an unknown length", WrittenResponse(.resetContent, length: nil), "Content-Length: 0"),
        FramingCase("304", WrittenResponse(.notModified), nil),
        FramingCase("304 of an unknown length", WrittenResponse(.notModified, length: nil), nil),
        FramingCase("304 for HTTP/1.0", WrittenResponse(.notModified, length: nil, version: .http10), nil),
        FramingCase("206", WrittenResponse(.partialContent), "Content-Length: 5", content: true),
        FramingCase("404", WrittenResponse(.notFound), "Content-Length: 5", content: true),
        FramingCase("500", WrittenResponse(.internalServerError), "Content-Length: 5", content: true),
        FramingCase("101", WrittenResponse(.switchingProtocols), nil),
        FramingCase("103", WrittenResponse(HTTPResponse.Status(code: 103)), nil),
        FramingCase("200 for CONNECT", WrittenResponse(method: .connect), nil),
        FramingCase("204 for CONNECT", WrittenResponse(.noContent, method: .connect), nil),
        FramingCase(
            "405 for CONNECT", WrittenResponse(.methodNotAllowed, method: .connect), "Content-Length: 5", content: true),
        FramingCase("close", WrittenResponse(keepAlive: false), "Content-Length: 5", content: true, open: false),
        FramingCase(
            "close, unknown length", WrittenResponse(length: nil, keepAlive: false), "Transfer-Encoding: chunked",
            content: true, open: false),
        FramingCase("close, 204", WrittenResponse(.noContent, keepAlive: false), nil, open: false),
        FramingCase("a negative length", WrittenResponse(length: -1), "Content-Length: 0"),
        FramingCase(
            "the largest length", WrittenResponse(length: .max), "Content-Length: 9223372036854775807", content: true),
    ]

    @Test("one field or none", arguments: cases)
    func length(_ framing: FramingCase) {
        let lengths = framing.response.fields.filter { !$0.hasPrefix("Connection") }
        #expect(lengths == (framing.length.map { [$0] } ?? []))
        #expect(framing.response.framing.sendsContent == framing.sendsContent)
        #expect(framing.response.staysOpen == framing.staysOpen)
    }

    @Test("an unknown length for HTTP/1.0 ends with the connection, and no other", arguments: cases)
    func endsWithConnection(_ framing: FramingCase) {
        let isEndless = framing.testDescription == "an unknown length for HTTP/1.0"
        #expect(framing.response.framing.endsWithConnection == isEndless)
    }

    @Test(
        "the response's own Content-Length counts where it tells what a GET would have got",
        arguments: [
            (WrittenResponse(.ok, ["Content-Length": "7"], length: 0, method: .head), "Content-Length: 7"),
            (WrittenResponse(.ok, ["Content-Length": "7"], length: nil, method: .head), "Content-Length: 7"),
            (WrittenResponse(.ok, ["Content-Length": "7"], length: 5, method: .head), "Content-Length: 5"),
            (WrittenResponse(.notModified, ["Content-Length": "7"]), "Content-Length: 7"),
            (WrittenResponse(.notModified, ["Content-Length": "007"]), "Content-Length: 7"),
            (WrittenResponse(.notModified, ["Content-Length": "x"]), nil),
            (WrittenResponse(.notModified, ["Content-Length": "-1"]), nil),
            (WrittenResponse(.notModified, ["Content-Length": "7", "Content-Length": "8"]), "Content-Length: 7"),
            (WrittenResponse(.ok, ["Content-Length": "7"], length: 5), "Content-Length: 5"),
            (WrittenResponse(.ok, ["Content-Length": "7"], length: nil), "Transfer-Encoding: chunked"),
            (WrittenResponse(.noContent, ["Content-Length": "7"]), nil),
            (WrittenResponse(.switchingProtocols, ["Content-Length": "7"]), nil),
            (WrittenResponse(.resetContent, ["Content-Length": "7"]), "Content-Length: 0"),
            (WrittenResponse(.ok, ["Content-Length": "7"], method: .connect), nil),
        ])
    func ownLength(_ response: WrittenResponse, _ length: String?) {
        #expect(response.fields == (length.map { [$0] } ?? []))
    }

    @Test("a Transfer-Encoding of the response's own is never written", arguments: [0, 5, nil])
    func ownTransferEncoding(_ length: Int?) {
        let own: KeyValuePairs = ["transfer-encoding": "gzip", "Transfer-Encoding": "chunked"]
        #expect(WrittenResponse(.ok, own, length: length).text == WrittenResponse(length: length).text)
    }
}
