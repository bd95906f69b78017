import Carafe
import CarafeTesting
import Foundation
import NIOCore
import TestSupport
import Testing

@Suite("Python's websockets talks to a socket of ours", .timeLimit(.minutes(5)))
struct WebSocketDifferentialTests {
    private static let isInstalled = Python.has("websockets.sync.client")

    private static let expected = [
        #"["echo", "null", 0, true, []]"#, #"["echo", "{}", 0, true, ["permessage-deflate"]]"#,
        #"["echo", "{\"client_no_context_takeover\": true, \"server_no_context_takeover\": true}", 0, true, ["permessage-deflate"]]"#,
        #"["echo", "{\"client_max_window_bits\": 9, \"server_max_window_bits\": 9}", 0, true, ["permessage-deflate"]]"#,
        #"["echo", "{\"client_max_window_bits\": 15, \"server_max_window_bits\": 15}", 0, true, ["permessage-deflate"]]"#,
        #"["echo", "{\"client_max_window_bits\": true}", 0, true, ["permessage-deflate"]]"#,
        #"["client closes", 1000, 1000, true]"#, #"["client closes", 1000, 1000, true]"#,
        #"["client closes", 3000, 3000, true]"#, #"["client closes", 4999, 4999, true]"#,
        #"["server closes", 1000, 1000, "bye", true]"#, #"["server closes", 1001, 1001, "bye", true]"#,
        #"["server closes", 1003, 1003, "bye", true]"#, #"["server closes", 1008, 1008, "bye", true]"#,
        #"["server closes", 1011, 1011, "bye", true]"#, #"["server closes", 1013, 1013, "bye", true]"#,
        #"["server closes", 3000, 3000, "bye", true]"#, #"["server closes", 4001, 4001, "bye", true]"#,
        #"["too big", 1009]"#, #"["subprotocol", "v2", "v2"]"#, #"["origin", 403]"#, #"["origin", "let in"]"#,
    ]

    @Test("messages, fragments, compression and close codes arrive on both sides", .enabled(if: isInstalled))
    func client() async throws {
        let (app, log) = recordedApp()
        app.webSocketOptions.compression = WebSocketCompression()
        app.webSocketOptions.maxMessageSize = 200_000
        app.webSocket("/echo") { (socket: WebSocket) in
            for try await message in socket { try await socket.send(message) }
        }
        app.webSocket("/close/<int:code>") { (socket: WebSocket, code: Int) async throws in
            await socket.close(.init(UInt16(clamping: code)), reason: "bye")
        }
        app.webSocket("/chosen", subprotocols: ["v2", "v1"]) { (socket: WebSocket) in
            try await socket.send(socket.subprotocol ?? "none")
        }
        app.get("/port") { request in "\(request.connection.localAddress?.port ?? 0)" }
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Differential/websockets_client.py").path
        let output = try await app.test(.server) { (client) async throws in
            let port = try await client.get("/port").text
            return try await Task.detached { try Python.run([script, port]) }.value
        }
        let lines = String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(lines == Self.expected)
        #expect(log.errors.isEmpty)
    }
}
