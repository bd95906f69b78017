import Foundation
import TestSupport
import Testing

@testable import CarafeSigning

@Suite("The time that reading takes is linear", .serialized)
struct SigningLinearityTests {
    @Test(
        "L-14 signed JSON",
        arguments: [
            .repeated("["), .repeated("[1,"), .repeated("{\"a\":"), .started("[", by: "[],"), .started("[", by: "{},"),
            .started("[", by: "1,"), .started("{", by: "\"a\":1,"), .repeated(" "), .repeated("1"), .repeated("-"),
            .started("0.", by: "1"), .started("1e", by: "9"), .started("\"", by: "a"), .started("\"", by: "\\\\"),
            .started("\"", by: "\\u00e9"), .started("\"", by: "\\ud83c"), .started("\"", by: "é"), .repeated("\""),
            .started("[", by: "{\" t\":[]},"), .started("[", by: "{\" b\":\"AAAA\"},"),
            .started("{\" b\":\"", by: "AAAA"),
            .started("{\" di\":{\"", by: "_"), .started("{\" u\":\"", by: "-"),
        ] as [Linearity.Shape])
    func json(shape: Linearity.Shape) {
        Linearity.expectLinear("JSON", shapes: [shape]) { _ = try? JSONReader.read($0, usesTags: true) }
    }

    @Test("an object with many members, which are found by their hash")
    func members() {
        Linearity.expectLinear("members", shapes: [.numbered("\"k", separator: "\":1,")]) {
            _ = try? JSONReader.read([0x7B] + $0, usesTags: true)
        }
    }

    @Test("L-24 cookies", arguments: [".", "A", "A.", "..A", "=", "-_", "é"])
    func cookies(piece: String) throws {
        let sessions = SessionCookieSerializer(secretKeys: try SecretKeys(current: "k"))
        let timed = try URLSafeTimedSerializer(secretKeys: SecretKeys(current: "k"), separator: "..")
        Linearity.expectLinear("cookies", shapes: [.repeated(piece)]) {
            let cookie = String(decoding: $0, as: UTF8.self)
            _ = try? sessions.loads(cookie)
            _ = try? timed.loads(cookie)
        }
    }

    @Test("sessions, from value to cookie and back", arguments: ["a", "🎈", "\u{1}"])
    func roundTrip(piece: String) throws {
        let sessions = SessionCookieSerializer(secretKeys: try SecretKeys(current: "k"), maximumPayloadSize: 1 << 24)
        Linearity.expectLinear("sessions", shapes: [.repeated(piece)]) { bytes in
            let session: SessionObject = [
                "text": .string(String(decoding: bytes, as: UTF8.self)), "bytes": .bytes(bytes),
            ]
            _ = try? sessions.loads(sessions.dumps(session))
        }
    }

    @Test("base64, both ways")
    func base64() {
        Linearity.expectLinear("base64", shapes: [.repeated("A"), .repeated("AAA=")]) { bytes in
            _ = Base64.decodeURLSafe(bytes[...])
            var text: [UInt8] = []
            Base64.appendStandard(bytes[...], to: &text)
        }
    }

    @Test("password hashes", arguments: ["$", "0", "pbkdf2:", ":"])
    func hashes(piece: String) {
        Linearity.expectLinear("password hashes", shapes: [.repeated(piece)]) {
            let text = String(decoding: $0, as: UTF8.self)
            _ = checkPasswordHash(text, "pw") as Bool
            _ = checkLegacyPasswordHash(text, "pw")
            _ = PasswordMethod(text)
        }
    }
}
