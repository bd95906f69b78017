import CarafeHTTP
import NIOCore

extension FuzzEntry {
    /// A client's frames: cut in two and byte by byte, they are read the same, and no message passes the limit.
    static let webSocketFrames = FuzzEntry(
        "websocket-frames",
        seeds: [
            "\u{81}\u{85}\0\0\0\0hello\u{89}\u{80}\0\0\0\0", "\u{01}\u{81}\u{1}\u{2}\u{3}\u{4}i\u{80}\u{81}\0\0\0\0o",
            "\u{82}\u{FE}\0\u{80}\0\0\0\0x", "\u{82}\u{FF}\0\0\0\0\0\u{1}\0\0\0\0\0\0x",
            "\u{88}\u{82}\0\0\0\0\u{3}\u{E8}",
        ]
    ) { bytes in webSocketPromise(bytes, deflate: nil) }

    /// The same where messages may be compressed.
    static let webSocketDeflate = FuzzEntry(
        "websocket-deflate",
        seeds: [
            "\u{C1}\u{87}\0\0\0\0\u{F2}\u{48}\u{CD}\u{C9}\u{C9}\u{07}\0\u{C1}\u{85}\0\0\0\0\u{F2}\0\u{11}\0\0",
            "\u{C1}\u{88}\0\0\0\0\u{F3}\u{48}\u{CD}\u{C9}\u{C9}\u{07}\0\0",
            "\u{42}\u{81}\0\0\0\0\0\u{80}\u{80}\0\0\0\0",
        ]
    ) { bytes in
        webSocketPromise(bytes, deflate: try? WebSocketDeflate.agreed(["permessage-deflate"], WebSocketCompression()))
    }

    private static func webSocketPromise(_ bytes: [UInt8], deflate: WebSocketDeflate?) -> String? {
        let whole = webSocketOutcome([bytes], deflate)
        let middle = bytes.count / 2
        let cut = webSocketOutcome([Array(bytes[..<middle]), Array(bytes[middle...])], deflate)
        guard whole == cut else { return "cut at \(middle), \(cut), not \(whole)" }
        let single = webSocketOutcome(bytes.prefix(2_000).map { [$0] }, deflate)
        guard bytes.count > 2_000 || whole == single else { return "byte by byte, \(single), not \(whole)" }
        return whole.contains { $0.utf8.count > 10_000 } ? "more than the limit" : nil
    }

    /// What a parser makes of pieces, a line for each event.
    private static func webSocketOutcome(_ pieces: [[UInt8]], _ deflate: WebSocketDeflate?) -> [String] {
        var options = WebSocketOptions()
        options.maxMessageSize = 1_000
        var parser = WebSocketParser(role: .server, options: options, deflate: deflate)
        var outcome: [String] = []
        do {
            for piece in pieces {
                parser.append(ByteBuffer(bytes: piece))
                while let event = try parser.next() { outcome.append("\(event)") }
            }
        } catch {
            outcome.append("\(error)")
        }
        return outcome
    }
}
