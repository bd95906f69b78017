internal import HTTPTypes
public import NIOCore

/// What the header of a part of a `multipart/form-data` form says (RFC 7578 §4).
public struct MultipartPart: Sendable {
    /// The name of the form's field.
    public let name: String

    /// The name that the client gives the file; nil for a part that is a field, "" for a file input left empty.
    ///
    /// It is what the client sent, which may be a path or worse: never use it as a path on the server.
    public let filename: String?

    /// The part's Content-Type as sent, nil where there is none.
    public var contentType: String? { headers[.contentType] }

    /// The part's header fields.
    public let headers: Headers

    /// The charset of the part's text.
    let charset: FormCharset

    /// Parses the header fields of one part, each ended by CRLF.
    ///
    /// - Parameter number: the part's place among the parts, from 1, for messages
    init(_ bytes: [UInt8], number: Int, limits: FormLimits) throws(FormError) {
        let lines = try Self.lines(bytes, number: number)
        guard lines.count <= limits.partHeaderFields else {
            throw .tooLarge(
                "Part \(number) of the form has more than \(limits.partHeaderFields) header fields.",
                limit: "partHeaderFields")
        }
        var headers = Headers()
        var dispositions: [[UInt8]] = []
        for line in lines {
            let (name, value) = try Self.field(line, number: number)
            if name.map(FieldSyntax.lowercased).elementsEqual("content-disposition".utf8) { dispositions.append(value) }
            guard let value = String(validating: value, as: UTF8.self) else {
                throw .malformed(
                    "A header field of part \(number) of the form is not UTF-8.",
                    hint: "Serve the page that has the form as UTF-8, or send the file's name as UTF-8.")
            }
            headers.appendUnchecked(String(decoding: name, as: UTF8.self), value)
        }
        self.headers = headers
        (name, filename) = try Self.names(dispositions, number: number)
        let declared = headers[.contentType].flatMap { HeaderParameters(Array($0.utf8))?["charset"] }
        charset = declared.flatMap { FormCharset(name: $0) } ?? .utf8
    }

    /// The text of a part's content, in the charset that its Content-Type names; UTF-8 where that is not one of
    /// UTF-8, ISO-8859-1 and US-ASCII. What cannot be decoded becomes U+FFFD.
    public func text(_ content: ByteBuffer) -> String {
        content.withUnsafeReadableBytes { charset.decode($0) }
    }

    /// The lines without their CRLFs; a line that begins with white space continues the one before it, which RFC 5322
    /// §2.2.3 allows and Werkzeug understands.
    private static func lines(_ bytes: [UInt8], number: Int) throws(FormError) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var line: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == Ascii.cr, index < bytes.count, bytes[index] == Ascii.lf {
                index += 1
                guard let first = line.first, Octet.isSpaceOrTab(first) else {
                    lines.append(line)
                    line = []
                    continue
                }
                guard let last = lines.indices.last else {
                    throw .malformed(
                        "The header of part \(number) of the form begins with white space.", hint: headerHint)
                }
                lines[last].append(Ascii.space)
                lines[last].append(contentsOf: line.drop(while: Octet.isSpaceOrTab))
                line = []
            } else if byte == Ascii.cr || byte == Ascii.lf || byte == 0 {
                throw .malformed(
                    "The header of part \(number) of the form contains a bare CR, a bare LF or a NUL.",
                    hint: headerHint)
            } else {
                line.append(byte)
            }
        }
        return lines
    }

    /// The name and the trimmed value of a header line.
    private static func field(_ line: [UInt8], number: Int) throws(FormError) -> ([UInt8], [UInt8]) {
        guard let colon = line.firstIndex(of: Ascii.colon), colon > 0, line[..<colon].allSatisfy(Octet.isToken) else {
            throw .malformed(
                "A header field of part \(number) of the form has no name, or not one of token characters.",
                hint: headerHint)
        }
        let value = line[(colon + 1)...].drop(while: Octet.isSpaceOrTab)
        let end = value.lastIndex { !Octet.isSpaceOrTab($0) }.map { $0 + 1 } ?? value.startIndex
        return (Array(line[..<colon]), Array(value[..<end]))
    }

    /// The name and the filename that the one Content-Disposition gives.
    private static func names(
        _ dispositions: [[UInt8]], number: Int
    ) throws(FormError) -> (name: String, filename: String?) {
        guard dispositions.count == 1, let field = dispositions.first else {
            throw .malformed(
                "Part \(number) of the form has \(dispositions.isEmpty ? "no" : "more than one") Content-Disposition.",
                hint: dispositionHint)
        }
        guard let disposition = HeaderParameters(field), disposition.value.elementsEqual("form-data".utf8),
            let name = disposition.text(of: "name"), let filename = disposition.text(of: "filename")
        else {
            throw .malformed(
                "The Content-Disposition of part \(number) of the form cannot be read.", hint: dispositionHint)
        }
        guard let name else {
            throw .malformed("Part \(number) of the form has no name.", hint: dispositionHint)
        }
        return (name, filename)
    }

    private static let headerHint = "Each line of a part's header is 'Name: value', ended by CRLF (RFC 7578 §4.8)."
    private static let dispositionHint =
        "Each part has one 'Content-Disposition: form-data; name=\"…\"' (RFC 7578 §4.2)."
}
