import CarafeSigning
import Foundation
import Testing

@Suite("Timestamp signer")
struct TimestampSignerTests {
    private static let time: Int64 = 1_700_000_000
    private let signed = "hello.ZVPxAA.UQx3EIPGLNk6IyY28rz4wwlRRWI"

    private func signer(at now: Int64 = time) throws(SigningError) -> TimestampSigner {
        try TimestampSigner(secretKeys: SecretKeys(current: "secret-key"), now: { now })
    }

    @Test("the time stands between the value and the signature, and is covered by it")
    func documented() throws {
        #expect(try signer().sign("hello") == signed)
        #expect(try signer().dateSigned(of: signed) == Date(timeIntervalSince1970: 1_700_000_000))
        #expect(refusal { try signer().unsign("hello.ZVPxAQ.UQx3EIPGLNk6IyY28rz4wwlRRWI") } == .badSignature)
    }

    @Test(
        "a signature is young enough up to its maximum age, to the second",
        arguments: [
            (0, .seconds(0), true), (1, .seconds(0), false), (10, .seconds(10), true), (11, .seconds(10), false),
            (10, .milliseconds(10_999), true), (11, .milliseconds(10_999), false), (0, .seconds(-1), false),
            (1_000_000_000, nil, true), (0, .seconds(Int64.max), true),
        ] as [(Int64, Duration?, Bool)])
    func age(seconds: Int64, maxAge: Duration?, isAccepted: Bool) {
        let kind = refusal { try signer(at: Self.time + seconds).unsign(signed, maxAge: maxAge) }
        #expect(kind == (isAccepted ? nil : .expired))
    }

    @Test("with a maximum age, a signature from the future is refused")
    func future() throws {
        let early = try signer(at: Self.time - 1)
        #expect(try early.unsign(signed) == "hello")
        #expect(refusal { try early.unsign(signed, maxAge: .seconds(10)) } == .expired)
    }

    @Test("the error of an expired signature tells when it was made and how old it is")
    func expiredMessage() throws {
        let late = try signer(at: Self.time + 5)
        let error = #expect(throws: SigningError.self) { try late.unsign(signed, maxAge: .seconds(3)) }
        #expect(error?.description == "The signature is 5 seconds old and 3 are allowed. Ask for a new one.")
        #expect(error?.dateSigned == Date(timeIntervalSince1970: 1_700_000_000))
    }

    @Test("a wrong signature is told from an expired one, and never tells its time")
    func wrongAndExpired() throws {
        let late = try signer(at: Self.time + 5)
        let error = #expect(throws: SigningError.self) { try late.unsign(signed + "x", maxAge: .seconds(3)) }
        #expect(error?.kind == .badSignature)
        #expect(error?.dateSigned == nil)
    }

    @Test(
        "under a right signature, a time that is missing or malformed is refused",
        arguments: ["hello", "hello.!", "hello.A", "hello.AB", "hello.AA==", "hello.AQAAAAAAAAAA", "hello.Z VPxAA"])
    func badTimestamp(stamped: String) throws {
        let plain = try Signer(secretKeys: SecretKeys(current: "secret-key"))
        #expect(refusal { try signer().unsign(plain.sign(stamped)) } == .badTimestamp)
    }

    @Test(
        "no time traps, of the clock or of the signature",
        arguments: [.min, -1, 0, 1, 255, 256, .max] as [Int64], ["", "AA", "__________8", "f_________8", "gAAAAAAAAAA"])
    func extremeTimes(now: Int64, stamp: String) throws {
        let plain = try Signer(secretKeys: SecretKeys(current: "secret-key"))
        let signer = try signer(at: now)
        _ = refusal { try signer.unsign(plain.sign("v." + stamp), maxAge: .seconds(1)) }
        #expect(try signer.unsign(signer.sign("v")) == "v")
        #expect(try signer.dateSigned(of: signer.sign("v")).timeIntervalSince1970 == Double(max(0, now)))
    }

    @Test("a value without a signature is refused", arguments: ["", ".", "..", "hello", "hello.ZVPxAA"])
    func unsigned(text: String) {
        #expect(refusal { try signer().unsign(text) } == .badSignature)
    }

    @Test("bytes that are no text come back")
    func bytes() throws {
        let value: [UInt8] = [0xFF, 0x2E, 0x00]
        #expect(try signer().unsign(signer().sign(value), maxAge: .zero) == value)
    }

    @Test("the clock is the system's unless a test gives another")
    func systemClock() throws {
        let signer = try TimestampSigner(secretKeys: SecretKeys(current: "k"))
        #expect(abs(try signer.dateSigned(of: signer.sign("v")).timeIntervalSinceNow) < 5)
    }
}
