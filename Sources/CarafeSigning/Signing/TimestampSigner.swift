public import FoundationEssentials

/// Signs a value together with the time, so that it can be refused once it is too old: ItsDangerous'
/// `TimestampSigner`.
///
///     let signer = try TimestampSigner(secretKeys: keys, salt: "password-reset")
///     let token = signer.sign("ada@example.org")
///     let address = try signer.unsign(token, maxAge: .seconds(3600))
public struct TimestampSigner: Sendable {
    let signer: Signer
    private let now: @Sendable () -> Int64

    /// A signer; see ``Signer/init(secretKeys:salt:separator:scheme:fallbackSchemes:)``.
    ///
    /// - Parameter now: the time in whole seconds since 1970, UTC; the system's clock unless a test gives another.
    /// - Throws: ``SigningError`` of kind `badSeparator`.
    public init(
        secretKeys: SecretKeys, salt: String = "itsdangerous.Signer", separator: String = ".",
        scheme: SignatureScheme = .itsDangerous, fallbackSchemes: [SignatureScheme] = [],
        now: @escaping @Sendable () -> Int64 = { systemTime() }
    ) throws(SigningError) {
        signer = try Signer(
            secretKeys: secretKeys, salt: salt, separator: separator, scheme: scheme, fallbackSchemes: fallbackSchemes)
        self.now = now
    }

    init(signer: Signer, now: @escaping @Sendable () -> Int64) {
        self.signer = signer
        self.now = now
    }

    /// The value with the time and the signature of both.
    public func sign(_ value: String) -> String {
        String(decoding: sign(Array(value.utf8)), as: UTF8.self)
    }

    /// The value with the time and the signature of both.
    public func sign(_ value: [UInt8]) -> [UInt8] {
        var stamped = value
        stamped.append(contentsOf: signer.separator)
        Base64.appendURLSafe(Self.timestampBytes(now())[...], to: &stamped)
        return signer.sign(stamped)
    }

    /// The value that was signed.
    ///
    /// - Parameter maxAge: how old the signature may be, to the second; nil for any age. With a limit, a signature from
    ///   the future is refused too.
    /// - Throws: ``SigningError`` of kind `badSignature`, `badTimestamp` or `expired`, the last with its `dateSigned`.
    public func unsign(_ signed: String, maxAge: Duration? = nil) throws(SigningError) -> String {
        String(decoding: try verifiedValue(in: Array(signed.utf8)[...], maxAge: maxAge).value, as: UTF8.self)
    }

    /// The value that was signed; see ``unsign(_:maxAge:)-(String,_)``.
    public func unsign(_ signed: [UInt8], maxAge: Duration? = nil) throws(SigningError) -> [UInt8] {
        Array(try verifiedValue(in: signed[...], maxAge: maxAge).value)
    }

    /// When the value was signed, once the signature is known to be right and young enough.
    ///
    /// - Throws: what ``unsign(_:maxAge:)-(String,_)`` throws.
    public func dateSigned(of signed: String, maxAge: Duration? = nil) throws(SigningError) -> Date {
        try verifiedValue(in: Array(signed.utf8)[...], maxAge: maxAge).dateSigned
    }

    /// The value and its time, both covered by a signature that is right and young enough.
    func verifiedValue(
        in signed: ArraySlice<UInt8>, maxAge: Duration?
    ) throws(SigningError) -> (value: ArraySlice<UInt8>, dateSigned: Date) {
        let stamped = try signer.verifiedValue(in: signed)
        guard
            let (value, timestamp) = signer.splitAtLastSeparator(stamped),
            let bytes = Base64.decodeURLSafe(timestamp), bytes.count <= 8
        else {
            throw SigningError(
                .badTimestamp,
                message: "The signature is right, but the time of signing is missing or malformed.",
                hint: "It was made by a signer without timestamps. Give each kind of signer its own salt."
            )
        }
        let seconds = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let dateSigned = Date(timeIntervalSince1970: Double(seconds))
        if let maxAge {
            try checkAge(of: seconds, signed: dateSigned, against: maxAge)
        }
        return (value, dateSigned)
    }

    private func checkAge(
        of seconds: UInt64, signed dateSigned: Date, against maxAge: Duration
    ) throws(SigningError) {
        let (age, overflow) = now().subtractingReportingOverflow(Int64(clamping: seconds))
        if overflow || age < 0 {
            throw SigningError(
                .expired,
                message: "The signature is from the future.",
                hint: "Set the clocks of the machines that share the secret key.",
                dateSigned: dateSigned)
        }
        if Duration.seconds(age) > maxAge {
            throw SigningError(
                .expired,
                message: "The signature is \(age) seconds old and \(maxAge.components.seconds) are allowed.",
                hint: "Ask for a new one.",
                dateSigned: dateSigned)
        }
    }

    /// Seconds as ItsDangerous' `int_to_bytes` writes them: big-endian, without leading zero bytes.
    private static func timestampBytes(_ seconds: Int64) -> [UInt8] {
        let seconds = UInt64(max(0, seconds))
        let bytes = stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: seconds >> UInt64($0)) }
        return Array(bytes.drop { $0 == 0 })
    }
}

/// The system's clock, in whole seconds since 1970, UTC.
@usableFromInline
func systemTime() -> Int64 {
    Int64(Date().timeIntervalSince1970)
}
