/// The form of the access log's lines.
public enum AccessLogFormat: Sendable, Hashable {
    /// The common log format of Apache's httpd: `host - user [time] "request line" status bytes`.
    case common
    /// The same with the referring page and the client's program, which is what nginx and gunicorn write.
    case combined
    /// One JSON object a line, with the names of the Elastic Common Schema.
    case json
    /// A format of gunicorn's: `%(h)s %(r)s %(s)s %(M)s`, with every name of gunicorn's documentation.
    case pattern(String)

    /// A format as the configuration names it: `common`, `combined`, `json`, or a pattern; nil for anything else.
    public init?(_ text: String) {
        switch text.lowercased() {
        case "common": self = .common
        case "combined": self = .combined
        case "json": self = .json
        default:
            guard text.utf8.contains(UInt8(ascii: "%")) else { return nil }
            self = .pattern(text)
        }
    }

    /// As the configuration names it.
    public var text: String {
        switch self {
        case .common: "common"
        case .combined: "combined"
        case .json: "json"
        case .pattern(let pattern): pattern
        }
    }
}
