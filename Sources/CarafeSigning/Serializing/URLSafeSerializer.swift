import FoundationEssentials

/// Signs values as text that may stand in a URL, a cookie or a form: ItsDangerous' `URLSafeSerializer`.
///
///     let serializer = try URLSafeSerializer(secretKeys: keys, salt: "unsubscribe")
///     let token = try serializer.dumps(["id": 5, "name": "its"])
///     let value = try serializer.loads(token)
///     let request = try serializer.loads(token, as: Unsubscribe.self)
///
/// What it signs can be read by anyone; it cannot be changed. Give each purpose its own salt.
public struct URLSafeSerializer: Sendable {
    private let signer: Signer
    private let codec: PayloadCodec

    /// A serializer; see ``Signer/init(secretKeys:salt:separator:scheme:fallbackSchemes:)``.
    ///
    /// - Parameters:
    ///   - format: how the JSON is written; ItsDangerous' own unless told otherwise.
    ///   - maximumPayloadSize: the most bytes of JSON, before compression, that are signed or read; 1 MiB.
    /// - Throws: ``SigningError`` of kind `badSeparator`.
    public init(
        secretKeys: SecretKeys, salt: String = "itsdangerous", separator: String = ".",
        scheme: SignatureScheme = .itsDangerous, fallbackSchemes: [SignatureScheme] = [],
        format: JSONFormat = .itsDangerous, maximumPayloadSize: Int = 1 << 20
    ) throws(SigningError) {
        signer = try Signer(
            secretKeys: secretKeys, salt: salt, separator: separator, scheme: scheme, fallbackSchemes: fallbackSchemes)
        codec = PayloadCodec(format: format, maximumPayloadSize: maximumPayloadSize)
    }

    /// The value, signed.
    ///
    /// - Throws: ``SigningError`` of kind `unserializable` or `payloadTooLarge`.
    public func dumps(_ value: SessionValue) throws(SigningError) -> String {
        try dumps(json: JSONWriter.write(value, codec.format))
    }

    /// An `Encodable` value as JSON with sorted keys, signed.
    ///
    /// - Throws: `EncodingError`, or ``SigningError`` of kind `payloadTooLarge`.
    public func dumps(encoding value: some Encodable) throws -> String {
        try dumps(json: SessionValue.json(encoding: value))
    }

    /// A JSON text as it stands, signed.
    ///
    /// - Throws: ``SigningError`` of kind `payloadTooLarge`.
    public func dumps(json: [UInt8]) throws(SigningError) -> String {
        String(decoding: signer.sign(try codec.payload(ofJSON: json)), as: UTF8.self)
    }

    /// The value that was signed.
    ///
    /// - Throws: ``SigningError`` of kind `badSignature`, `badPayload` or `payloadTooLarge`.
    public func loads(_ token: String) throws(SigningError) -> SessionValue {
        try JSONReader.read(loadsJSON(token), usesTags: codec.format.usesTags)
    }

    /// The value that was signed, decoded.
    ///
    /// - Throws: what ``loads(_:)`` throws; `badPayload` where the value is not of that type.
    public func loads<Value: Decodable>(_ token: String, as type: Value.Type) throws(SigningError) -> Value {
        try SessionValue.decode(type, fromJSON: loadsJSON(token))
    }

    /// The JSON text that was signed.
    ///
    /// - Throws: ``SigningError`` of kind `badSignature`, `badPayload` or `payloadTooLarge`.
    public func loadsJSON(_ token: String) throws(SigningError) -> [UInt8] {
        try codec.json(ofPayload: signer.verifiedValue(in: Array(token.utf8)[...]))
    }
}
