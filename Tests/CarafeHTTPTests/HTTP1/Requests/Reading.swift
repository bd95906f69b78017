import HTTPTypes
import NIOCore

@testable import CarafeHTTP

/// What the parser makes of the bytes of a connection.
///
/// A message is written as `POST /path HTTP/1.0 @host {Name: value; …} = content + {trailers}, continue, closes`; what
/// a message has not is left out, and so are HTTP/1.1 and the fields that frame and route it.
struct Reading: Equatable, CustomStringConvertible {
    /// The messages that are complete.
    private(set) var messages: [String] = []
    /// The message whose head is read but not its end.
    private(set) var partial: String?
    /// Why the rest is refused.
    private(set) var error: HTTP1Error?
    /// Whether another request may follow.
    private var isOpen = true
    /// Whether bytes are left over that are not yet a message.
    private(set) var isWaiting = false

    /// Reads pieces that arrive one after another.
    init(_ pieces: [[UInt8]], limits: HTTP1Limits = HTTP1Limits(), isSecured: Bool = false) {
        var parser = HTTP1Parser(limits: limits, isSecured: isSecured)
        var message: Outline?
        do throws(HTTP1Error) {
            for piece in pieces {
                parser.append(ByteBuffer(bytes: piece))
                while let event = try parser.next() { note(event, &message) }
            }
            partial = message.map { "\($0.text(trailers: nil))…" }
            isWaiting = message != nil || isOpen && parser.unconsumed.readableBytes > 0
        } catch {
            self.error = error
        }
    }

    private mutating func note(_ event: HTTP1Parser.Event, _ message: inout Outline?) {
        switch event {
        case .head(let head):
            message = Outline(head: head)
            isOpen = head.keepsAlive
        case .body(let bytes): message?.content += Array(bytes.readableBytesView)
        case .end(let trailers):
            if let message { messages.append(message.text(trailers: trailers)) }
            message = nil
        }
    }

    var description: String {
        var parts = messages
        if let partial { parts.append(partial) }
        if let error { parts.append(error.description) }
        if isWaiting, partial == nil { parts.append("…") }
        return parts.joined(separator: " | ")
    }
}

/// A message as it is written in a test.
private struct Outline {
    let head: RequestHead
    var content: [UInt8] = []

    func text(trailers: Headers?) -> String {
        var text = "\(head.method.rawValue) \(head.target.rawValue)"
        if head.version == .http10 { text += " HTTP/1.0" }
        text += " @\(head.authority)" + Self.fields(head.headers)
        if !content.isEmpty { text += " = \(RawRequest.text(content))" }
        if let trailers { text += " +" + Self.fields(trailers) }
        if head.expectsContinue { text += ", continue" }
        if !head.keepsAlive { text += ", closes" }
        return text
    }

    /// What the rest of the outline says.
    private static let told: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "expect",
    ]

    private static func fields(_ headers: Headers) -> String {
        let fields = zip(headers, values(headers)).filter { !told.contains($0.0.name.lowercased()) }
        guard !fields.isEmpty else { return "" }
        return " {" + fields.map { "\($0.0.name): \($0.1)" }.joined(separator: "; ") + "}"
    }

    /// The values as bytes: a string would replace those that are no UTF-8.
    private static func values(_ headers: Headers) -> [String] {
        headers.bytes.withVeryUnsafeBytes { bytes in
            headers.fields.map { RawRequest.text(bytes[Int($0.valueStart)...].prefix(Int($0.valueLength))) }
        }
    }
}
