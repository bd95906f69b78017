/// A media type, such as `text/html; charset=utf-8` (RFC 9110 §8.3.1).
///
/// ```swift
/// MediaType(parsing: "application/problem+json")?.isJSON   // true
/// MediaType.html.description                               // "text/html; charset=utf-8"
/// ```
public struct MediaType: Sendable, Hashable {
    /// The type before the slash, in lower case.
    public let type: String

    /// The subtype after the slash, in lower case.
    public let subtype: String

    /// The parameters, such as `charset` and `boundary`.
    public var parameters: FieldParameters

    /// A type; nil where one of the two is not a token (RFC 9110 §5.6.2).
    public init?(_ type: String, _ subtype: String, parameters: FieldParameters = [:]) {
        guard FieldSyntax.isToken(type), FieldSyntax.isToken(subtype) else { return nil }
        self.init(checked: type, subtype, parameters)
    }

    private init(checked type: String, _ subtype: String, _ parameters: FieldParameters) {
        self.type = FieldSyntax.lowercased(type.utf8)
        self.subtype = FieldSyntax.lowercased(subtype.utf8)
        self.parameters = parameters
    }

    /// The type that a field such as `Content-Type` holds, or one range of an `Accept`; nil where it has no slash or
    /// is malformed. Malformed parameters fall away.
    public init?(parsing value: String) {
        let (essence, parameters) = HeaderValue.parseOptions(value)
        let bytes = Array(essence.utf8)
        guard let slash = bytes.firstIndex(of: 0x2F) else { return nil }
        self.init(
            FieldSyntax.string(bytes[..<slash]), FieldSyntax.string(bytes[(slash + 1)...]), parameters: parameters)
    }

    /// The type without its parameters (Werkzeug's `mimetype`), such as `text/html`.
    public var essence: String { type + "/" + subtype }

    /// The `charset`, in lower case.
    public var charset: String? { parameters["charset"].map { FieldSyntax.lowercased($0.utf8) } }

    /// The `boundary` of a multipart type.
    public var boundary: String? { parameters["boundary"] }

    /// Whether the content is JSON: `application/json` or `application/…+json`.
    public var isJSON: Bool {
        type == "application" && (subtype == "json" || hasSuffix("+json"))
    }

    /// Whether the content is text, and so has a charset: `text/…`, XML, JavaScript and SQL, as Werkzeug has it.
    public var isText: Bool {
        type == "text" || hasSuffix("+xml")
            || type == "application"
                && [
                    "ecmascript", "javascript", "sql", "xml", "xml-dtd", "xml-external-parsed-entity",
                ].contains(subtype)
    }

    /// The same type with `charset=utf-8` where it is text and names none (Werkzeug's `get_content_type`).
    public var withCharset: MediaType {
        guard isText, parameters["charset"] == nil else { return self }
        var result = self
        result.parameters["charset"] = "utf-8"
        return result
    }

    private func hasSuffix(_ suffix: String) -> Bool {
        subtype.utf8.count >= suffix.utf8.count
            && subtype.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }
}

extension MediaType: CustomStringConvertible {
    /// The type as a field carries it.
    public var description: String { HeaderValue.dumpOptions(essence, parameters) }
}

extension MediaType {
    /// `text/plain; charset=utf-8`
    public static let plainText = MediaType(checked: "text", "plain", ["charset": "utf-8"])
    /// `text/html; charset=utf-8`
    public static let html = MediaType(checked: "text", "html", ["charset": "utf-8"])
    /// `application/json`
    public static let json = MediaType(checked: "application", "json", [:])
    /// `application/problem+json` (RFC 9457)
    public static let problem = MediaType(checked: "application", "problem+json", [:])
    /// `application/x-www-form-urlencoded`
    public static let urlEncodedForm = MediaType(checked: "application", "x-www-form-urlencoded", [:])
    /// `application/octet-stream`
    public static let octetStream = MediaType(checked: "application", "octet-stream", [:])
    /// `text/event-stream`
    public static let eventStream = MediaType(checked: "text", "event-stream", [:])
}
