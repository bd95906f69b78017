import CarafeHTTP
import CarafeSigning

extension FuzzEntry {
    /// Session cookies: none is accepted that was not signed, and the JSON of one that was is read or refused.
    static let sessionCookies = FuzzEntry(
        text: "session-cookies",
        seeds: [
            "{\"a\":1,\"b\":{\" t\":[1,2]},\"c\":{\" d\":\"Sun, 06 Nov 1994 08:49:37 GMT\"}}", "{\" u\":\"x\"}",
            "[[[]]]",
            "{\" b\":\"YQ==\"}", "{\" m\":\"<b>\"}", "{\"a__\":\"\\ud83d\\ude00\"}", "eyJhIjoxfQ.Zz.abc", ".eJx.a.b",
        ]
    ) { text in
        if (try? sessions.loads(text)) != nil { return "accepts what was not signed" }
        guard let token = try? serializer.dumps(json: Array(text.utf8)) else { return nil }
        if (try? sessions.loads(token)) != nil { return "accepts what was signed for something else" }
        guard let value = try? serializer.loads(token) else { return nil }
        guard let again = try? serializer.dumps(value) else { return "does not write \(value)" }
        return (try? serializer.loads(again)) == nil ? "does not read its own \(again)" : nil
    }

    /// Payloads that are signed and compressed, as one who knows the key could make them.
    static let compressedPayloads = FuzzEntry(
        "compressed-payloads",
        seeds: ["x\u{9C}\u{AB}V*K\u{CC})M-V\u{B2}2\u{D4}QJ,-\u{C9}", "x\u{9C}\u{3}\u{0}\u{0}\u{0}\u{0}\u{1}", "{}"]
    ) { bytes in
        let payload = Base64.encode(bytes).utf8.compactMap { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            case UInt8(ascii: "="): nil
            default: byte
            }
        }
        for start in [[], [UInt8(ascii: ".")]] {
            let token = String(decoding: signer.sign(start + payload), as: UTF8.self)
            if let json = try? serializer.loadsJSON(token), json.count > 1 << 20 { return "more than the limit" }
            _ = try? serializer.loads(token)
        }
        return nil
    }

    private static let (keys, signer, serializer): (SecretKeys, Signer, URLSafeSerializer) = {
        guard let keys = try? SecretKeys(current: "a key that only the fuzzer has"),
            let signer = try? Signer(secretKeys: keys, salt: "itsdangerous"),
            let serializer = try? URLSafeSerializer(secretKeys: keys, format: .flaskSession)
        else { fatalError("The key is refused.") }
        return (keys, signer, serializer)
    }()

    private static let sessions = SessionCookieSerializer(secretKeys: keys)
}
