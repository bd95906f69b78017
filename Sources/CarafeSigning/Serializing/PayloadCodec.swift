/// A URL-safe serializer's payload: JSON in base64, compressed by zlib where that makes it shorter.
struct PayloadCodec: Sendable {
    /// How JSON is written.
    let format: JSONFormat
    /// The most bytes of JSON that are written or read, counted uncompressed.
    let maximumPayloadSize: Int

    /// The shortest JSON that zlib, whose own marks take 8 bytes, could ever shorten by ItsDangerous' rule.
    private static let shortestCompressible = 11

    /// The payload of a JSON text; a leading `.` marks a compressed one.
    func payload(ofJSON json: [UInt8]) throws(SigningError) -> [UInt8] {
        guard json.count <= maximumPayloadSize else { throw tooLarge }
        var payload: [UInt8] = []
        if json.count >= Self.shortestCompressible, let compressed = Zlib.deflate(json),
            compressed.count < json.count - 1
        {
            payload.append(UInt8(ascii: "."))
            Base64.appendURLSafe(compressed[...], to: &payload)
        } else {
            Base64.appendURLSafe(json[...], to: &payload)
        }
        return payload
    }

    /// The JSON text of a payload. Call it only for a payload whose signature is right.
    func json(ofPayload payload: ArraySlice<UInt8>) throws(SigningError) -> [UInt8] {
        let isCompressed = payload.first == UInt8(ascii: ".")
        guard let decoded = Base64.decodeURLSafe(isCompressed ? payload.dropFirst() : payload) else {
            throw .badPayload("The payload is not base64.")
        }
        guard isCompressed else {
            guard decoded.count <= maximumPayloadSize else { throw tooLarge }
            return decoded
        }
        do {
            return try Zlib.inflate(decoded, limit: maximumPayloadSize)
        } catch {
            switch error {
            case .tooLarge: throw tooLarge
            case .malformed: throw .badPayload("The payload is marked as compressed, but zlib cannot read it.")
            }
        }
    }

    private var tooLarge: SigningError {
        SigningError(
            .payloadTooLarge,
            message: "The content is larger than \(maximumPayloadSize) bytes.",
            hint: "Keep large values in a database and sign their id, or raise `maximumPayloadSize`."
        )
    }
}
