import CarafeHTTP
import Testing

/// The bytes of a connection's requests and the answer that RFC 9110 and RFC 9112 ask for.
///
/// The text is the bytes, one scalar each, but for `⏎`, which is CRLF. A lone `\r` or `\n` is meant as such.
///
/// ```swift
/// RawRequest("an empty method", " / HTTP/1.1⏎Host: a⏎⏎", .refuses(400, .method))
/// ```
struct RawRequest: Sendable, CustomTestStringConvertible {
    /// What becomes of the bytes.
    enum Answer: Sendable {
        /// These messages are read, and no byte is left; see ``Reading`` for how they are written.
        case reads([String])
        /// More bytes are needed; the last of the messages, where its head is read, ends with an ellipsis.
        case waits([String])
        /// These messages are read, then the rule is broken and the connection ends with the status.
        case refuses(Int, HTTP1Error.Rule, after: [String])

        static func reads(_ messages: String...) -> Answer { .reads(messages) }
        static func waits(_ messages: String...) -> Answer { .waits(messages) }
        static func refuses(_ status: Int, _ rule: HTTP1Error.Rule, after messages: String...) -> Answer {
            .refuses(status, rule, after: messages)
        }
    }

    /// What is special about it.
    let name: String
    let bytes: [UInt8]
    let answer: Answer

    init(_ name: String, _ text: String, _ answer: Answer) {
        self.name = name
        self.bytes = Self.bytes(text)
        self.answer = answer
    }

    /// A GET with this request line.
    static func line(_ name: String, _ line: String, _ answer: Answer) -> RawRequest {
        RawRequest(name, line + "⏎Host: a⏎⏎", answer)
    }

    /// A GET to host `a` with these field lines.
    static func fields(_ name: String, _ lines: String, _ answer: Answer) -> RawRequest {
        RawRequest(name, "GET / HTTP/1.1⏎Host: a⏎\(lines)⏎⏎", answer)
    }

    /// A POST to host `a` with these field lines and content.
    static func post(_ name: String, _ lines: String, _ content: String, _ answer: Answer) -> RawRequest {
        RawRequest(name, "POST / HTTP/1.1⏎Host: a⏎\(lines)⏎⏎\(content)", answer)
    }

    /// A POST to host `a` with this chunked content.
    static func chunked(_ name: String, _ content: String, _ answer: Answer) -> RawRequest {
        post(name, "Transfer-Encoding: chunked", content, answer)
    }

    var testDescription: String { name }

    /// The bytes that a text stands for.
    static func bytes(_ text: String) -> [UInt8] {
        text.unicodeScalars.flatMap { $0 == "⏎" ? [0x0D, 0x0A] : [UInt8(UInt32($0))] }
    }

    /// The text that bytes are written as.
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        var scalars = String.UnicodeScalarView()
        for byte in bytes {
            if byte == 0x0A, scalars.last == "\r" {
                scalars.removeLast()
                scalars.append("⏎")
            } else {
                scalars.append(Unicode.Scalar(byte))
            }
        }
        return String(scalars)
    }
}
