import CarafeHTTP
import HTTPTypes

/// A field's name in lower case, as fields are told apart where they are passed on.
struct FieldName {
    /// In lower case.
    let text: String

    init(_ name: UnsafeRawBufferPointer) {
        text = String(decoding: name.lazy.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// Whether the field is for the next hop alone (RFC 9110 §7.6.1), or frames the message, which each hop does itself.
    var isOfOneHop: Bool { Self.ofOneHop.contains(text) }

    /// Whether the field tells of the client, or would in the eyes of a server that makes variables of fields' names, as CGI and
    /// WSGI do.
    var tellsOfClient: Bool {
        let name = text.utf8.contains(UInt8(ascii: "_")) ? Self.withHyphens(text) : text
        return name.utf8.starts(with: "x-forwarded-".utf8) || Self.ofClient.contains(name)
    }

    /// Whether such a server takes the field for something else: `Proxy` is the variable `HTTP_PROXY`.
    var isTreacherous: Bool { text == "proxy" }

    private static let ofOneHop: Set<String> = [
        "connection", "content-length", "expect", "http2-settings", "keep-alive", "proxy-authenticate",
        "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    ]

    private static let ofClient: Set<String> = ["forwarded", "x-real-ip"]

    private static func withHyphens(_ name: String) -> String {
        String(decoding: name.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
    }
}

extension Headers {
    /// The names of further fields for the next hop alone, in lower case: those that `Connection` has.
    var namesOfConnection: [String] {
        self[values: .connection].flatMap { HeaderValue.parseList($0) }
            .map { name in
                var name = name
                return name.withUTF8 { FieldName(UnsafeRawBufferPointer($0)).text }
            }
    }
}
