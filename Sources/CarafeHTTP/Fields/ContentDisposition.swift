import HTTPTypes

/// How content is to be presented, and its file's name (`Content-Disposition`, RFC 6266), or which part of a form it
/// is (RFC 7578).
///
/// ```swift
/// try ContentDisposition.attachment(filename: "café.txt").description
/// // attachment; filename=cafe.txt; filename*=UTF-8''caf%C3%A9.txt
/// ```
public struct ContentDisposition: Sendable, Hashable {
    /// `attachment`, `inline` or `form-data`, in lower case.
    public let type: String

    /// The parameters, decoded; a `filename*` is found as `filename`.
    public let parameters: FieldParameters

    /// The file's name as the sender gave it. It may be a path or worse: ``secureFilename(_:)`` makes it harmless.
    public var filename: String? { parameters["filename"] }

    /// The name of the form's field.
    public var name: String? { parameters["name"] }

    /// The field's value; nil where there is no type. Malformed parameters fall away.
    public init?(parsing value: String) {
        let (type, parameters) = HeaderValue.parseOptions(value)
        guard FieldSyntax.isToken(type) else { return nil }
        self.type = FieldSyntax.lowercased(type.utf8)
        self.parameters = parameters
    }

    /// Content to be saved, under a name where one is given.
    ///
    /// - Throws: ``InvalidFieldValue`` where the name contains a control character or a line break.
    public static func attachment(filename: String? = nil) throws(InvalidFieldValue) -> ContentDisposition {
        try ContentDisposition("attachment", filename)
    }

    /// Content to be shown; the name is for saving it.
    ///
    /// - Throws: ``InvalidFieldValue`` where the name contains a control character or a line break.
    public static func inline(filename: String? = nil) throws(InvalidFieldValue) -> ContentDisposition {
        try ContentDisposition("inline", filename)
    }

    /// A part of a multipart form.
    ///
    /// - Throws: ``InvalidFieldValue`` where a name contains a control character or a line break.
    public static func formData(name: String, filename: String? = nil) throws(InvalidFieldValue) -> ContentDisposition {
        try ContentDisposition("form-data", filename, name: name)
    }

    private init(_ type: String, _ filename: String?, name: String? = nil) throws(InvalidFieldValue) {
        guard !FieldSyntax.hasControls(name ?? ""), !FieldSyntax.hasControls(filename ?? "") else {
            throw InvalidFieldValue(name: .contentDisposition)
        }
        var parameters = FieldParameters()
        parameters["name"] = name
        parameters["filename"] = filename
        self.type = type
        self.parameters = parameters
    }
}

extension ContentDisposition: CustomStringConvertible {
    /// The field's value. A file name that is not ASCII is written twice: what of it can be ASCII as `filename`, all
    /// of it as `filename*` (RFC 8187), as Werkzeug's `send_file` does. In a form it is written once, as browsers do.
    public var description: String {
        var result = type
        for (name, value) in parameters {
            let isExtended = name == "filename" && type != "form-data" && value.utf8.contains { $0 >= 0x80 }
            result += "; \(name)=" + HeaderValue.quote(isExtended ? ASCIIFolding.fold(value) : value)
            if isExtended {
                result += "; filename*=UTF-8''" + PercentEncoding.encode(value, keeping: .extendedParameter)
            }
        }
        return result
    }
}
