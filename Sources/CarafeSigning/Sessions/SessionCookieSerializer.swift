/// The value of Flask's session cookie, both ways: a Flask app and this one that share the secret key share sessions.
///
///     let sessions = SessionCookieSerializer(secretKeys: keys)
///     let cookie = try sessions.dumps(["user_id": 42, "_fresh": true])
///     let session = try sessions.loads(cookie, maxAge: .seconds(31 * 24 * 3600))
///
/// Flask's choices: `hmac` derivation and SHA-1 under the salt `cookie-session`, tagged JSON, zlib where it is shorter.
/// One that cannot be read is no reason for an error page: take an empty session, as Flask does.
public struct SessionCookieSerializer: Sendable {
    private let serializer: URLSafeTimedSerializer

    /// The salt of Flask's session cookies.
    public static let defaultSalt = "cookie-session"

    /// A serializer; deriving the keys happens here, once.
    ///
    /// - Parameters:
    ///   - secretKeys: Flask's `SECRET_KEY` and `SECRET_KEY_FALLBACKS`.
    ///   - salt: another salt makes a cookie that Flask's sessions, and theirs, do not read.
    ///   - scheme: how cookies are signed; Flask's unless told otherwise.
    ///   - maximumPayloadSize: the most bytes of JSON in a session, before compression; 64 KiB. A browser keeps no cookie
    ///     over 4 KiB, and zlib could make 4 MiB of one.
    ///   - now: the time in whole seconds since 1970, UTC; the system's clock unless a test gives another.
    public init(
        secretKeys: SecretKeys, salt: String = defaultSalt, scheme: SignatureScheme = .flaskSession,
        maximumPayloadSize: Int = 1 << 16, now: @escaping @Sendable () -> Int64 = { systemTime() }
    ) {
        serializer = URLSafeTimedSerializer(
            signer: TimestampSigner(
                signer: Signer(
                    secretKeys: secretKeys, salt: salt, checkedSeparator: [UInt8(ascii: ".")], schemes: [scheme]),
                now: now),
            codec: PayloadCodec(format: .flaskSession, maximumPayloadSize: maximumPayloadSize))
    }

    /// The cookie's value for a session.
    ///
    /// - Throws: ``SigningError`` of kind `unserializable` or `payloadTooLarge`.
    public func dumps(_ session: SessionObject) throws(SigningError) -> String {
        try serializer.dumps(.object(session))
    }

    /// The session of a cookie's value.
    ///
    /// - Parameter maxAge: how long ago it may have been signed: Flask's `PERMANENT_SESSION_LIFETIME`.
    /// - Throws: ``SigningError`` of kind `badSignature`, `badTimestamp`, `expired`, `badPayload` or `payloadTooLarge`.
    public func loads(_ cookie: String, maxAge: Duration? = nil) throws(SigningError) -> SessionObject {
        guard case .object(let session) = try serializer.loads(cookie, maxAge: maxAge) else {
            throw .badPayload("The session is no object.")
        }
        return session
    }
}
