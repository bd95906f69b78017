/// The validator of an `If-Range` field (RFC 9110 §13.1.5): the range is meant only for that version.
public enum IfRange: Sendable, Hashable, CustomStringConvertible {
    /// The version with this tag.
    case tag(EntityTag)
    /// The version that was last modified then.
    case date(HTTPDate)

    /// A tag in quotes or a date; nil for anything else.
    public init?(parsing value: String) {
        if let date = HTTPDate(parsing: value) {
            self = .date(date)
        } else if let tag = EntityTag(parsing: value) {
            self = .tag(tag)
        } else {
            return nil
        }
    }

    /// The validator as the field carries it.
    public var description: String {
        switch self {
        case .tag(let tag): tag.description
        case .date(let date): date.description
        }
    }
}
