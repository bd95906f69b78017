public import FoundationEssentials

/// Signs values together with the time, as text that may stand in a URL, a cookie or a form: ItsDangerous'
/// `URLSafeTimedSerializer`.
///
///     let serializer = try URLSafeTimedSerializer(secretKeys: keys, salt: "password-reset")
///     let token = try serializer.dumps(["user": 5])
///     let value = try serializer.loads(token, maxAge: .seconds(3600))
public struct URLSafeTimedSerializer: Sendable {
    private let signer: TimestampSigner
    private let codec: PayloadCodec

    /// A serializer; see ``URLSafeSerializer/init(secretKeys:salt:separator:scheme:fallbackSchemes:format:maximumPayloadSize:)``.
    ///
    /// - Parameter now: the time in whole seconds since 1970, UTC; the system's clock unless a test gives another.
    /// - Throws: ``SigningError`` of kind `badSeparator`.
    public init(
        secretKeys: SecretKeys, salt: String = "itsdangerous", separator: String = ".",
        scheme: SignatureScheme = .itsDangerous, fallbackSchemes: [SignatureScheme] = [],
        format: JSONFormat = .itsDangerous, maximumPayloadSize: Int = 1 << 20,
        now: @escaping @Sendable () -> Int64 = { systemTime() }
    ) throws(SigningError) {
        signer = try TimestampSigner(
            secretKeys: secretKeys, salt: salt, separator: separator, scheme: scheme, fallbackSchemes: fallbackSchemes,
            now: now)
        codec = PayloadCodec(format: format, maximumPayloadSize: maximumPayloadSize)
    }

    init(signer: TimestampSigner, codec: PayloadCodec) {
        self.signer = signer
        self.codec = codec
    }

    /// The value with the time, signed.
    ///
    /// - Throws: ``SigningError`` of kind `unserializable` or `payloadTooLarge`.
    public func dumps(_ value: SessionValue) throws(SigningError) -> String {
        try dumps(json: JSONWriter.write(value, codec.format))
    }

    /// An `Encodable` value as JSON with sorted keys, with the time, signed.
    ///
    /// - Throws: `EncodingError`, or ``SigningError`` of kind `payloadTooLarge`.
    public func dumps(encoding value: some Encodable) throws -> String {
        try dumps(json: SessionValue.json(encoding: value))
    }

    /// A JSON text as it stands, with the time, signed.
    ///
    /// - Throws: ``SigningError`` of kind `payloadTooLarge`.
    public func dumps(json: [UInt8]) throws(SigningError) -> String {
        String(decoding: signer.sign(try codec.payload(ofJSON: json)), as: UTF8.self)
    }

    /// The value that was signed.
    ///
    /// - Parameter maxAge: how old the signature may be, to the second; nil for any age. With a limit, a signature from
    ///   the future is refused too.
    /// - Throws: ``SigningError`` of kind `badSignature`, `badTimestamp`, `expired`, `badPayload` or `payloadTooLarge`.
    public func loads(_ token: String, maxAge: Duration? = nil) throws(SigningError) -> SessionValue {
        try JSONReader.read(loadsJSON(token, maxAge: maxAge), usesTags: codec.format.usesTags)
    }

    /// The value that was signed, decoded.
    ///
    /// - Throws: what ``loads(_:maxAge:)`` throws; `badPayload` where the value is not of that type.
    public func loads<Value: Decodable>(
        _ token: String, as type: Value.Type, maxAge: Duration? = nil
    ) throws(SigningError) -> Value {
        try SessionValue.decode(type, fromJSON: loadsJSON(token, maxAge: maxAge))
    }

    /// The JSON text that was signed.
    ///
    /// - Throws: what ``loads(_:maxAge:)`` throws.
    public func loadsJSON(_ token: String, maxAge: Duration? = nil) throws(SigningError) -> [UInt8] {
        try codec.json(ofPayload: signer.verifiedValue(in: Array(token.utf8)[...], maxAge: maxAge).value)
    }

    /// When the value was signed, once the signature is known to be right and young enough.
    ///
    /// - Throws: ``SigningError`` of kind `badSignature`, `badTimestamp` or `expired`.
    public func dateSigned(of token: String, maxAge: Duration? = nil) throws(SigningError) -> Date {
        try signer.dateSigned(of: token, maxAge: maxAge)
    }
}
