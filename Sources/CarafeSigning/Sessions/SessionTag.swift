import FoundationEssentials

/// The tags with which Flask's `TaggedJSONSerializer` keeps what JSON does not have: an object with one member, whose
/// key is the tag.
enum SessionTag {
    case object, tuple, bytes, markup, uuid, datetime

    /// What stands after the key of an object that would otherwise read as a tag.
    static let escapeSuffix = "__"

    /// The tag, as it stands in JSON.
    var key: String {
        switch self {
        case .object: " di"
        case .tuple: " t"
        case .bytes: " b"
        case .markup: " m"
        case .uuid: " u"
        case .datetime: " d"
        }
    }

    /// What it keeps, for a message.
    var name: String {
        switch self {
        case .object: "object"
        case .tuple: "tuple"
        case .bytes: "bytes"
        case .markup: "markup"
        case .uuid: "UUID"
        case .datetime: "date"
        }
    }

    /// The tag of that key; nil where it is none.
    init?(key: String) {
        var bytes = key.utf8.makeIterator()
        guard bytes.next() == UInt8(ascii: " ") else { return nil }
        switch (bytes.next(), bytes.next(), bytes.next()) {
        case (UInt8(ascii: "d"), UInt8(ascii: "i"), nil): self = .object
        case (UInt8(ascii: "t"), nil, _): self = .tuple
        case (UInt8(ascii: "b"), nil, _): self = .bytes
        case (UInt8(ascii: "m"), nil, _): self = .markup
        case (UInt8(ascii: "u"), nil, _): self = .uuid
        case (UInt8(ascii: "d"), nil, _): self = .datetime
        default: return nil
        }
    }

    /// What an object that was read stands for; its members' values are untagged already.
    static func untagged(_ members: SessionObject) throws(SigningError) -> SessionValue {
        guard members.count == 1, let (key, content) = members.first, let tag = SessionTag(key: key) else {
            return .object(members)
        }
        switch (tag, content) {
        case (.object, .object(let escaped)):
            if let unescaped = unescaped(escaped) { return .object(unescaped) }
        case (.tuple, .array(let items)):
            return .tuple(items)
        case (.bytes, .string(let text)):
            if let bytes = Base64.decodeStandard(Array(text.utf8)[...]) { return .bytes(bytes) }
        case (.markup, .string(let html)):
            return .markup(html)
        case (.uuid, .string(let text)):
            if let uuid = uuid(from: text) { return .uuid(uuid) }
        case (.datetime, .string(let text)):
            // Werkzeug's `parse_date` gives None for what it cannot read.
            return HTTPDateText.date(from: text).map(SessionValue.datetime) ?? .null
        default: break
        }
        throw .badPayload("The payload has a malformed \(tag.name) tag.")
    }

    /// The object that was escaped as the only member of a ` di` tag.
    private static func unescaped(_ escaped: SessionObject) -> SessionObject? {
        guard
            escaped.count == 1, let (key, value) = escaped.first,
            key.utf8.suffix(escapeSuffix.utf8.count).elementsEqual(escapeSuffix.utf8)
        else { return nil }
        let original = String(decoding: key.utf8.dropLast(escapeSuffix.utf8.count), as: UTF8.self)
        return SessionObject([(original, value)])
    }

    /// A UUID as Python's `UUID.hex`: 32 lowercase digits.
    static func text(of uuid: UUID) -> String {
        withUnsafeBytes(of: uuid.uuid) { hexadecimal(Array($0)) }
    }

    /// The UUID of 32 hexadecimal digits, with or without hyphens.
    private static func uuid(from text: String) -> UUID? {
        var digits = text.utf8.filter { $0 != UInt8(ascii: "-") }
        guard digits.count == 32 else { return nil }
        for position in [20, 16, 12, 8] { digits.insert(UInt8(ascii: "-"), at: position) }
        return UUID(uuidString: String(decoding: digits, as: UTF8.self))
    }
}
