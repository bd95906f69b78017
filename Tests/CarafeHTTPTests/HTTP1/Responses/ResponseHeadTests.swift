import CarafeHTTP
import HTTPTypes
import NIOCore
import Testing

@Suite("The head of a response")
struct ResponseHeadTests {
    @Test("a whole head")
    func whole() {
        let response = WrittenResponse(.created, ["Location": "/1", "X": "y"])
        #expect(
            response.text
                == "HTTP/1.1 201 Created⏎Location: /1⏎X: y⏎Date: Sun, 06 Nov 1994 08:49:37 GMT⏎Content-Length: 5⏎⏎")
    }

    @Test(
        "the status line has three digits, a space and the reason",
        arguments: [
            (.ok, "HTTP/1.1 200 OK"), (.notFound, "HTTP/1.1 404 Not Found"),
            (HTTPResponse.Status(code: 299), "HTTP/1.1 299 "),
            (HTTPResponse.Status(code: 999, reasonPhrase: "Odd"), "HTTP/1.1 999 Odd"),
            (HTTPResponse.Status(code: 200, reasonPhrase: ""), "HTTP/1.1 200 "),
            (HTTPResponse.Status(code: 200, reasonPhrase: "Fine"), "HTTP/1.1 200 Fine"),
            (HTTPResponse.Status(code: 200, reasonPhrase: "a\tb"), "HTTP/1.1 200 a\tb"),
        ] as [(HTTPResponse.Status, String)])
    func statusLine(_ status: HTTPResponse.Status, _ line: String) {
        #expect(WrittenResponse(status).lines.first == line)
    }

    @Test(
        "the connection's state is told where it is not the version's own",
        arguments: [
            (WrittenResponse(), nil), (WrittenResponse(keepAlive: false), "close"),
            (WrittenResponse(version: .http10), "keep-alive"),
            (WrittenResponse(version: .http10, keepAlive: false), "close"),
            (WrittenResponse(length: nil, version: .http10), "close"),
            (WrittenResponse(.ok, ["Connection": "close"]), "close"),
            (WrittenResponse(.ok, ["Connection": "foo , CLOSE"]), "close"),
            (WrittenResponse(.ok, ["Connection": "closed"]), nil),
            (WrittenResponse(.ok, ["Connection": "keep-alive"], keepAlive: false), "close"),
            (WrittenResponse(.ok, ["Connection": "upgrade"]), nil),
            (WrittenResponse(.ok, ["Keep-Alive": "timeout=5"]), nil),
            (WrittenResponse(.switchingProtocols, ["Connection": "Upgrade", "Upgrade": "websocket"]), "Upgrade"),
            (WrittenResponse(HTTPResponse.Status(code: 103), ["Connection": "x"], keepAlive: false), nil),
        ])
    func connection(_ response: WrittenResponse, _ value: String?) {
        let lines = response.fields.filter { $0.hasPrefix("Connection") || $0.hasPrefix("Keep-Alive") }
        #expect(lines == (value.map { ["Connection: \($0)"] } ?? []))
        #expect(response.staysOpen || response.lines.contains("Connection: close") || response.text.contains(" 103 "))
    }

    @Test("the server's date is written once, and not in informational responses")
    func date() {
        #expect(WrittenResponse().lines.contains("Date: Sun, 06 Nov 1994 08:49:37 GMT"))
        #expect(WrittenResponse(HTTPResponse.Status(code: 103)).lines.count == 1)
        #expect(WrittenResponse(date: "").lines == ["HTTP/1.1 200 OK", "Content-Length: 5"])
        #expect(WrittenResponse(date: "Sunday").lines == ["HTTP/1.1 200 OK", "Content-Length: 5"])
    }

    @Test("the response's first date replaces the server's")
    func ownDate() {
        let own: KeyValuePairs = ["date": "then", "X": "y", "Date": "later"]
        #expect(WrittenResponse(.ok, own).lines.dropFirst() == ["date: then", "X: y", "Content-Length: 5"])
    }

    @Test("fields keep their order, their case and their repetitions")
    func order() {
        let headers: KeyValuePairs = ["b": "1", "A": "2", "b": "3", "Set-Cookie": "x", "Set-Cookie": "y"]
        #expect(
            WrittenResponse(.noContent, headers).fields == ["b: 1", "A: 2", "b: 3", "Set-Cookie: x", "Set-Cookie: y"])
    }

    @Test("fields are written the same after one has been removed")
    func removed() {
        var headers: Headers = .unchecked(["A": "1", "Location": "/", "C": "3"])
        headers[.location] = nil
        #expect(WrittenResponse(.noContent, headers: headers).fields == ["A: 1", "C: 3"])
    }

    @Test("a head of any size is written whole", arguments: [0, 1, 100, 4096, 20_000])
    func size(_ count: Int) {
        let value = String(repeating: "x", count: count)
        #expect(WrittenResponse(.noContent, ["X": value]).fields == ["X: \(value)"])
        #expect(
            WrittenResponse(HTTPResponse.Status(code: 299, reasonPhrase: value)).lines.first == "HTTP/1.1 299 \(value)")
    }

    @Test("a head is written behind what the buffer has")
    func appended() {
        var buffer = ByteBuffer(string: "before")
        HTTP1Serializer.writeContinue(into: &buffer)
        #expect(WrittenResponse.text(buffer) == "beforeHTTP/1.1 100 Continue⏎⏎")
    }
}
