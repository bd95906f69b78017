public import Carafe
public import NIOCore

/// The content of a request in a test.
public struct TestContent: Sendable {
    /// Where the bytes come from.
    enum Storage: Sendable {
        case none
        case bytes(ByteBuffer)
        case stream(@Sendable (_ write: @Sendable (ByteBuffer) async throws -> Void) async throws -> Void)
    }

    let contentType: String?
    let storage: Storage

    /// No content.
    public static let none = TestContent(contentType: nil, storage: .none)

    /// A form as a browser sends it: `application/x-www-form-urlencoded`.
    public static func form(_ fields: Parameters) -> TestContent {
        TestContent(
            contentType: "application/x-www-form-urlencoded",
            storage: .bytes(ByteBuffer(string: fields.urlEncoded)))
    }

    /// A value as JSON.
    ///
    /// - Throws: what the value's encoding throws
    public static func json(_ value: some Encodable, writer: JSONWriter = JSONWriter()) throws -> TestContent {
        var buffer = ByteBuffer()
        try writer.encode(value, into: &buffer)
        return TestContent(contentType: "application/json", storage: .bytes(buffer))
    }

    /// A form with files: `multipart/form-data`.
    ///
    /// ```swift
    /// try await client.post("/photos", .multipart([
    ///     .field("title", "A duck"), .file("photo", filename: "duck.png", contentType: "image/png", bytes),
    /// ]))
    /// ```
    public static func multipart(_ parts: [TestPart]) -> TestContent {
        let boundary = "carafe-\(UInt64.random(in: .min ... .max))"
        var buffer = ByteBuffer()
        for part in parts { part.write(into: &buffer, boundary: boundary) }
        buffer.writeString("--\(boundary)--\r\n")
        return TestContent(contentType: "multipart/form-data; boundary=\(boundary)", storage: .bytes(buffer))
    }

    /// Text.
    public static func text(_ text: String, contentType: String = "text/plain; charset=utf-8") -> TestContent {
        TestContent(contentType: contentType, storage: .bytes(ByteBuffer(string: text)))
    }

    /// Bytes.
    public static func bytes(
        _ bytes: some Sequence<UInt8>, contentType: String? = "application/octet-stream"
    ) -> TestContent {
        TestContent(contentType: contentType, storage: .bytes(ByteBuffer(bytes: bytes)))
    }

    /// Pieces that are sent as they come, chunked, no faster than the app reads them.
    public static func stream<Pieces: AsyncSequence & Sendable>(
        _ pieces: Pieces, contentType: String? = "application/octet-stream"
    ) -> TestContent where Pieces.Element == ByteBuffer {
        TestContent(
            contentType: contentType,
            storage: .stream { write in for try await piece in pieces { try await write(piece) } })
    }
}

/// A part of a multipart form in a test.
public struct TestPart: Sendable {
    private let disposition: String
    private let contentType: String?
    private let content: ByteBuffer

    /// A field.
    public static func field(_ name: String, _ value: String) -> TestPart {
        TestPart(disposition: "name=\"\(quoted(name))\"", contentType: nil, content: ByteBuffer(string: value))
    }

    /// A file.
    public static func file(
        _ name: String, filename: String, contentType: String = "application/octet-stream",
        _ bytes: some Sequence<UInt8>
    ) -> TestPart {
        TestPart(
            disposition: "name=\"\(quoted(name))\"; filename=\"\(quoted(filename))\"", contentType: contentType,
            content: ByteBuffer(bytes: bytes))
    }

    /// A file of text.
    public static func file(
        _ name: String, filename: String, contentType: String = "text/plain; charset=utf-8", _ text: String
    ) -> TestPart {
        file(name, filename: filename, contentType: contentType, text.utf8)
    }

    func write(into buffer: inout ByteBuffer, boundary: String) {
        buffer.writeString("--\(boundary)\r\nContent-Disposition: form-data; \(disposition)\r\n")
        if let contentType { buffer.writeString("Content-Type: \(contentType)\r\n") }
        buffer.writeString("\r\n")
        buffer.writeImmutableBuffer(content)
        buffer.writeString("\r\n")
    }

    /// As browsers write names (HTML §4.10.21.8).
    private static func quoted(_ name: String) -> String {
        var quoted = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\"": quoted += "%22"
            case "\r": quoted += "%0D"
            case "\n": quoted += "%0A"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted
    }
}
