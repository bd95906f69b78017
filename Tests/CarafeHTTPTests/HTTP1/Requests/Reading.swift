import HTTPTypes
import NIOCore

@testable import CarafeHTTP

/// What the parser makes of the bytes of a connection.
///
/// A message is written as `POST /path HTTP/1.0 @host {Name: value; …} = content + {trailers}, continue, closes`; what
/// a message has not is left out, and so are HTTP/1.1 and the fields that frame and route it.
struct Reading: Equatable, CustomStringConvertible {
    /// The messages that are complete, as bytes: most readings are only compared.
    private var outlines: [[UInt8]] = []
    /// The message whose head is read but not its end.
    private var partialOutline: [UInt8]?
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
            partialOutline = message.map { $0.outline(trailers: nil) }
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
            if let message { outlines.append(message.outline(trailers: trailers)) }
            message = nil
        }
    }

    /// The messages that are complete.
    var messages: [String] { outlines.map { RawRequest.text($0) } }

    /// The message whose head is read but not its end.
    var partial: String? { partialOutline.map { RawRequest.text($0) + "…" } }

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

    func outline(trailers: Headers?) -> [UInt8] {
        var bytes = Array("\(head.method.rawValue) \(head.target.rawValue)".utf8)
        if head.version == .http10 { bytes += " HTTP/1.0".utf8 }
        bytes += " @\(head.authority)".utf8
        Self.write(head.headers, to: &bytes)
        if !content.isEmpty { bytes += " = ".utf8 + content }
        if let trailers {
            bytes += " +".utf8
            Self.write(trailers, to: &bytes)
        }
        if head.expectsContinue { bytes += ", continue".utf8 }
        if !head.keepsAlive { bytes += ", closes".utf8 }
        return bytes
    }

    /// What the rest of the outline says.
    private static let told: [StaticString] = [
        "host", "content-length", "transfer-encoding", "connection", "expect",
    ]

    private static func write(_ headers: Headers, to outline: inout [UInt8]) {
        var separator = " {"
        headers.forEachField { name, value in
            guard !told.contains(where: { Octet.equal(name, name.indices, $0) }) else { return }
            outline += separator.utf8
            outline += name
            outline += ": ".utf8
            outline += value
            separator = "; "
        }
        if separator == "; " { outline += "}".utf8 }
    }
}
