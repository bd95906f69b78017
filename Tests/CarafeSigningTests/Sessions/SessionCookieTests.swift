import CarafeSigning
import Foundation
import Testing

@Suite("Flask's session cookie")
struct SessionCookieTests {
    private let sessions: SessionCookieSerializer
    private let dev: SecretKeys

    init() throws {
        dev = try SecretKeys(current: "dev")
        sessions = SessionCookieSerializer(secretKeys: dev, now: { 1_700_000_000 })
    }

    /// The cookie of any JSON text, rightly signed.
    private func cookie(ofJSON json: String) throws -> String {
        try URLSafeTimedSerializer(
            secretKeys: dev, salt: "cookie-session", scheme: .flaskSession, now: { 1_700_000_000 }
        ).dumps(json: Array(json.utf8))
    }

    @Test(
        "a session is the cookie that Flask makes of it",
        arguments: [
            ([:], "e30.ZVPxAA.G9CsbqNauYyuVcGETViEUblgw6A"),
            (["a": 1], "eyJhIjoxfQ.ZVPxAA.D3QXMI0ZQYNZDxORB__kVZyT7hk"),
            (["t": .tuple([1, 2])], "eyJ0Ijp7IiB0IjpbMSwyXX19.ZVPxAA.rDr-UjBorrfBQqf0Gqvw9Mf8JZE"),
        ] as [(SessionObject, String)])
    func documented(session: SessionObject, cookie: String) throws {
        #expect(try sessions.dumps(session) == cookie)
        #expect(try sessions.loads(cookie, maxAge: .seconds(60)) == session)
    }

    @Test(
        "what Flask writes in other orders, and compressed, is read",
        arguments: [
            (
                "eyJ1c2VyX2lkIjo0MiwiX2ZyZXNoIjp0cnVlfQ.ZVPxAA.5DCN4QjqbTtxRB1o_y2s0wsqop4",
                ["_fresh": true, "user_id": 42]
            ),
            (
                ".eJyrVopPy0kszkgtVrKKrlZSKAFSSrmpxcWJ6alKOkoZmUqxtTow8dSiovwioGhePlA0thYAUHYTSQ.ZVPxAA."
                    + "Ra05wK2RXyQJXApf3P2Ub85hbhw",
                ["_flashes": [.tuple(["message", "hi"]), .tuple(["error", "no"])]]
            ),
            (
                ".eJyrVkpUslKqoANQqgUAPCcw_A.ZVPxAA.sJzs2MTpFzeCRQV3aTPTfszxxyo",
                ["a": .string(String(repeating: "x", count: 100))]
            ),
        ] as [(String, SessionObject)])
    func read(cookie: String, session: SessionObject) throws {
        #expect(try sessions.loads(cookie) == session)
    }

    @Test(
        "each tag is written as Flask writes it, and read back",
        arguments: [
            (.tuple([]), #"{" t":[]}"#), (.bytes([]), #"{" b":""}"#), (.bytes([0, 0xFF]), #"{" b":"AP8="}"#),
            (.markup("<b>"), #"{" m":"<b>"}"#),
            (
                .uuid(UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0xFF))),
                #"{" u":"0102030405060708090a0b0c0d0e0fff"}"#
            ),
            (.datetime(Date(timeIntervalSince1970: 1_704_164_645)), #"{" d":"Tue, 02 Jan 2024 03:04:05 GMT"}"#),
            ([" t": 1], #"{" di":{" t__":1}}"#), ([" di": [" di": 1]], #"{" di":{" di__":{" di":{" di__":1}}}}"#),
            ([" t": .tuple([[" b": .bytes([1])]])], #"{" di":{" t__":{" t":[{" di":{" b__":{" b":"AQ=="}}}]}}}"#),
            ([" x": 1], #"{" x":1}"#), ([" t__": 1], #"{" t__":1}"#), ([" d\u{301}": 1], #"{" d\u0301":1}"#),
            ([" b": 1, " t": 2], #"{" b":1," t":2}"#),
        ] as [(SessionValue, String)])
    func tags(value: SessionValue, json: String) throws {
        #expect(try sessions.dumps(["k": value]) == cookie(ofJSON: "{\"k\":\(json)}"))
        #expect(try sessions.loads(cookie(ofJSON: "{\"k\":\(json)}")) == ["k": value])
    }

    @Test(
        "under a right signature, a malformed tag is refused",
        arguments: [
            #"{" t":1}"#, #"{" t":{}}"#, #"{" t":null}"#, #"{" b":1}"#, #"{" b":"A"}"#, #"{" b":"AP8"}"#,
            #"{" b":"A-8="}"#,
            #"{" m":1}"#, #"{" m":[]}"#, #"{" u":1}"#, #"{" u":""}"#, #"{" u":"0"}"#,
            #"{" u":"g102030405060708090a0b0c0d0e0fff"}"#, #"{" u":"é102030405060708090a0b0c0d0e0ff"}"#,
            #"{" d":1}"#, #"{" d":[]}"#, #"{" di":1}"#, #"{" di":{}}"#, #"{" di":{"a":1}}"#, #"{" di":{"_":1}}"#,
            #"{" di":{" t__":1,"b__":2}}"#, #"{" di":{" t":[]}}"#, #"{" di":[" t__"]}"#,
        ])
    func malformedTag(json: String) throws {
        #expect(refusal { try sessions.loads(cookie(ofJSON: "{\"k\":\(json)}")) } == .badPayload)
    }

    @Test("a malformed tag is named in the message")
    func malformedTagMessage() {
        let error = #expect(throws: SigningError.self) { try sessions.loads(cookie(ofJSON: #"{"k":{" u":1}}"#)) }
        #expect(error?.message == "The payload has a malformed UUID tag.")
    }

    @Test("a date that cannot be read is null, as Werkzeug makes it None")
    func malformedDate() throws {
        #expect(try sessions.loads(cookie(ofJSON: #"{"k":{" d":"Tue, 31 Feb 2024 03:04:05 GMT"}}"#)) == ["k": nil])
    }

    @Test("a UUID with hyphens is read, as Python reads it")
    func hyphens() throws {
        let uuid = UUID()
        #expect(try sessions.loads(cookie(ofJSON: "{\"k\":{\" u\":\"\(uuid)\"}}")) == ["k": .uuid(uuid)])
    }

    @Test("what is no object is no session", arguments: ["1", "[]", "null", #"{" t":[]}"#, #"{" m":""}"#])
    func noObject(json: String) throws {
        #expect(refusal { try sessions.loads(cookie(ofJSON: json)) } == .badPayload)
    }

    @Test("an old key still opens a session, and the current one closes it")
    func rotation() throws {
        let rotated = SessionCookieSerializer(
            secretKeys: try SecretKeys(current: "new", fallbacks: ["older", "dev"]), now: { 1_700_000_000 })
        #expect(try rotated.loads(sessions.dumps(["a": 1])) == ["a": 1])
        #expect(refusal { try sessions.loads(rotated.dumps(["a": 1])) } == .badSignature)
    }

    @Test("a session is refused after its lifetime, and before its time")
    func lifetime() throws {
        let cookie = try sessions.dumps(["a": 1])
        for (now, isExpired) in [(-1, true), (0, false), (60, false), (61, true)] as [(Int64, Bool)] {
            let later = SessionCookieSerializer(secretKeys: dev, now: { 1_700_000_000 + now })
            #expect(refusal { try later.loads(cookie, maxAge: .seconds(60)) } == (isExpired ? .expired : nil))
        }
    }

    @Test("other salts and schemes are other cookies")
    func options() throws {
        let cookie = try sessions.dumps(["a": 1])
        let salted = SessionCookieSerializer(secretKeys: dev, salt: "admin-session")
        let strong = SessionCookieSerializer(
            secretKeys: dev, scheme: SignatureScheme(keyDerivation: .hmac, digest: .sha512))
        for other in [salted, strong] {
            #expect(refusal { try other.loads(cookie) } == .badSignature)
            #expect(try other.loads(other.dumps(["a": 1])) == ["a": 1])
        }
    }

    @Test("64 KiB of JSON is the most that a session holds, both ways")
    func limit() throws {
        let json = "{\"k\":\"" + String(repeating: "a", count: 65_528) + "\"}"
        #expect(json.utf8.count == 1 << 16)
        let cookie = try cookie(ofJSON: json)
        #expect(try sessions.dumps(sessions.loads(cookie)) == cookie)
        let larger = try self.cookie(ofJSON: " " + json)
        #expect(larger.utf8.count < 500)
        #expect(refusal { try sessions.loads(larger) } == .payloadTooLarge)
        #expect(
            refusal { try sessions.dumps(["k": .string(String(repeating: "a", count: 1 << 16))]) } == .payloadTooLarge)
    }
}
