import HTTPTypes
import NIOCore
import Testing

@testable import CarafeHTTP

@Suite("The opening handshake is RFC 6455's")
struct WebSocketHandshakeTests {
    private func head(_ lines: String, version: String = "1.1", method: String = "GET") throws -> RequestHead {
        var parser = HTTP1Parser()
        parser.append(ByteBuffer(string: "\(method) /chat HTTP/\(version)\r\nHost: a\r\n\(lines)\r\n"))
        guard case .head(let head)? = try parser.next() else { throw HTTP1Error(.host) }
        return head
    }

    static let usual =
        "Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + "Sec-WebSocket-Version: 13\r\n"

    @Test("the key of RFC 6455 §1.3 is answered as there")
    func accept() {
        #expect(WebSocketHandshake.accept("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    }

    @Test(
        "a request for a WebSocket is told from others",
        arguments: [
            (Self.usual, true), ("Upgrade: WebSocket\r\nConnection: upgrade\r\n", true),
            ("Upgrade: h2c, websocket\r\nConnection: Upgrade\r\n", true), ("Upgrade: websocket\r\n", false),
            ("Connection: Upgrade\r\n", false), ("Upgrade: websockets\r\nConnection: Upgrade\r\n", false),
            ("Upgrade: websoc\u{212A}et\r\nConnection: Upgrade\r\n", false),
        ])
    func requested(_ lines: String, _ expected: Bool) throws {
        #expect(WebSocketHandshake.isRequested(by: try head(lines)) == expected)
    }

    @Test(
        "what is not as it must be is refused",
        arguments: [
            ("a key of 15 bytes", "dGhlIHNhbXBsZSBub24=", "13", 400),
            ("no base64", "dGhlIHNhbXBsZSBub25jZQ=!", "13", 400),
            ("an empty key", "", "13", 400), ("version 8", "dGhlIHNhbXBsZSBub25jZQ==", "8", 426),
            ("version 013", "dGhlIHNhbXBsZSBub25jZQ==", "013", 426),
            ("two versions", "dGhlIHNhbXBsZSBub25jZQ==", "13, 8", 426),
        ])
    func refused(_ name: String, _ key: String, _ version: String, _ status: Int) throws {
        let head = try head(
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: \(key)\r\nSec-WebSocket-Version: \(version)\r\n"
        )
        let refusal = #expect(throws: WebSocketHandshake.Refusal.self) { try WebSocketHandshake.read(head) }
        #expect(refusal?.status.code == status)
        if status == 426 { #expect(refusal?.headers[.secWebSocketVersion] == "13") }
    }

    @Test("so are other methods and versions, content, a missing or repeated key")
    func otherForms() throws {
        let wrong = [
            try head(Self.usual, version: "1.0"), try head(Self.usual, method: "POST"),
            try head(Self.usual + "Content-Length: 3\r\n"),
            try head(Self.usual + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"),
            try head("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"),
            try head(Self.usual + "Sec-WebSocket-Protocol: a b\r\n"),
        ]
        for head in wrong {
            let refusal = #expect(throws: WebSocketHandshake.Refusal.self) { try WebSocketHandshake.read(head) }
            #expect(refusal?.status == .badRequest)
        }
    }

    @Test(
        "the first subprotocol of the server's that the client speaks is chosen",
        arguments: [
            (["v2", "v1"], "v1, v2", "v2"), (["v2", "v1"], "v1", "v1"), (["v2"], "v1, V2", nil), ([], "v1", nil),
            (["v2"], nil, nil),
        ] as [([String], String?, String?)])
    func subprotocols(_ mine: [String], _ theirs: String?, _ expected: String?) throws {
        let head = try head(Self.usual + (theirs.map { "Sec-WebSocket-Protocol: \($0)\r\n" } ?? ""))
        let agreement = WebSocketHandshake.agree(
            to: try WebSocketHandshake.read(head), subprotocols: mine, compression: nil)
        #expect(agreement.subprotocol == expected)
        #expect(agreement.headers[.secWebSocketProtocol] == expected)
    }

    @Test(
        "permessage-deflate is agreed to where every parameter can be kept",
        arguments: [
            ("permessage-deflate", "permessage-deflate; server_max_window_bits=12"),
            (
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate; server_max_window_bits=12; client_max_window_bits=12"
            ),
            (
                "permessage-deflate; client_max_window_bits=10; server_max_window_bits=\"9\"",
                "permessage-deflate; server_max_window_bits=9; client_max_window_bits=10"
            ),
            (
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=12"
            ),
            ("Permessage-Deflate; Server_Max_Window_Bits=15", "permessage-deflate; server_max_window_bits=12"),
            ("permessage-deflate; server_max_window_bits=8", nil),
            ("permessage-deflate; server_max_window_bits=16", nil),
            ("permessage-deflate; server_max_window_bits=09", nil), ("permessage-deflate; server_max_window_bits", nil),
            ("permessage-deflate; server_no_context_takeover=1", nil), ("permessage-deflate; x", nil),
            ("permessage-deflate; client_max_window_bits; client_max_window_bits", nil),
            ("x-webkit-deflate-frame", nil),
            ("", nil), (";", nil),
            (
                "permessage-deflate; server_max_window_bits=8, foo, permessage-deflate; server_max_window_bits=11",
                "permessage-deflate; server_max_window_bits=11"
            ),
        ] as [(String, String?)])
    func extensions(_ offer: String, _ expected: String?) throws {
        #expect(WebSocketDeflate.accept([offer], WebSocketCompression())?.response == expected)
    }

    @Test(
        "a client takes only what it has offered",
        arguments: [
            ("permessage-deflate; server_max_window_bits=10", true), ("permessage-deflate; unknown", false),
            ("permessage-deflate; client_max_window_bits", false), ("foo", false),
            ("permessage-deflate, permessage-deflate", false),
        ])
    func agreed(_ response: String, _ isTaken: Bool) {
        let deflate = try? WebSocketDeflate.agreed([response], WebSocketCompression())
        #expect((deflate != nil) == isTaken)
        #expect(throws: WebSocketFailure.self) { try WebSocketDeflate.agreed([response], nil) }
    }
}
