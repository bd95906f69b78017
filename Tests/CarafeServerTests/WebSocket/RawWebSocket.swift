import CarafeHTTP
import CarafeServer
import NIOCore

/// A WebSocket's client that sends the frames it is told and shows the frames it gets.
final class RawWebSocket {
    let client: RawClient
    private var parser: WebSocketParser

    /// Shakes hands.
    ///
    /// - Parameter early: what is sent before the server has answered
    init(_ server: TestServer, _ path: String = "/echo", receiveBuffer: CInt? = nil, early: [UInt8] = []) throws {
        client = try server.connect(receiveBuffer: receiveBuffer)
        var options = WebSocketOptions()
        options.maxMessageSize = 64 * 1024 * 1024
        parser = WebSocketParser(role: .client, options: options)
        try client.send(Array(Self.handshake(path).utf8) + early)
        var head: [UInt8] = []
        while !head.ends(with: "\r\n\r\n") {
            let byte = try client.receive(upTo: 1)
            guard !byte.isEmpty else { throw RawClient.Failure.notHTTP(String(decoding: head, as: UTF8.self)) }
            head += byte
        }
        let text = String(decoding: head, as: UTF8.self)
        guard text.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"),
            text.contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"),
            text.contains("\r\nUpgrade: websocket\r\n"), text.contains("\r\nConnection: Upgrade\r\n"),
            !text.contains("Content-Length"), !text.contains("Transfer-Encoding")
        else { throw RawClient.Failure.notHTTP(text) }
    }

    static func handshake(_ path: String) -> String {
        "GET \(path) HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    }

    static func frame(_ opcode: WebSocketOpcode, _ payload: ByteBuffer) -> [UInt8] {
        var frame = ByteBuffer()
        WebSocketFrame.write(opcode, payload, role: .client, into: &frame)
        return Array(frame.readableBytesView)
    }

    static func text(_ text: String) -> [UInt8] { frame(.text, ByteBuffer(string: text)) }

    static func close(_ code: UInt16) -> [UInt8] {
        var frame = ByteBuffer()
        WebSocketFrame.writeClose(WebSocketCloseCode(code), "", role: .client, into: &frame)
        return Array(frame.readableBytesView)
    }

    func send(_ text: String) throws { try client.send(Self.text(text)) }

    /// What comes next; nil where the connection ends first.
    func next() throws -> WebSocketParser.Event? {
        while true {
            if let event = try parser.next() { return event }
            let bytes = try client.receive()
            if bytes.isEmpty { return nil }
            parser.append(ByteBuffer(bytes: bytes))
        }
    }

    /// The next text; other events are an error.
    func text() throws -> String? {
        guard case .message(let message)? = try next() else { return nil }
        return message.text
    }

    /// The code that the server closes with; what comes before is passed over.
    func closeCode() throws -> UInt16? {
        while let event = try next() {
            if case .close(let code, _) = event { return code.rawValue }
        }
        return nil
    }
}

extension [UInt8] {
    fileprivate func ends(with text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}

extension TestResponder {
    /// The same responder with a WebSocket at `path`.
    func webSocket(
        _ path: String, _ options: WebSocketOptions = WebSocketOptions(), recorder: Recorder = Recorder(),
        _ handler: @escaping @Sendable (WebSocket) async throws -> Void
    ) -> TestResponder {
        at(path) { request in
            do throws(WebSocketHandshake.Refusal) {
                let offer = try WebSocketHandshake.read(request.head)
                return .now(
                    recorder.watch(
                        .webSocket(to: offer, subprotocols: [], options: options) { socket in
                            do { try await handler(socket) } catch { recorder.note("\(type(of: error))") }
                        }))
            } catch {
                return .now(Response(error.detail, status: error.status))
            }
        }
    }

    static func echo(_ options: WebSocketOptions = WebSocketOptions(), recorder: Recorder = Recorder()) -> TestResponder
    {
        TestResponder().webSocket("/echo", options, recorder: recorder) { socket in
            for try await message in socket { try await socket.send(message) }
        }
    }
}
