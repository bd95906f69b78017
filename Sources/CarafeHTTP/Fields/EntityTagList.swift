/// The tags of an `If-Match` or `If-None-Match` field (RFC 9110 §13.1.1), or `*`.
public struct EntityTagList: Sendable, Hashable {
    /// Whether the field is `*`: it matches whatever exists.
    public let matchesAny: Bool

    /// The tags in order; empty with `*`.
    public let tags: [EntityTag]

    /// A list of these tags.
    public init(_ tags: [EntityTag]) {
        self.init(matchesAny: false, tags: tags)
    }

    private init(matchesAny: Bool, tags: [EntityTag]) {
        self.matchesAny = matchesAny
        self.tags = tags
    }

    /// The tags of a field. Tags without quotes are taken, and what cannot be a tag is passed over, as Werkzeug
    /// does; a `*` anywhere stands for all.
    public init(parsing value: String) {
        let bytes = Array(value.utf8)
        var tags: [EntityTag] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x2C || FieldSyntax.isWhitespace(byte) {
                index += 1
                continue
            }
            let isWeak =
                FieldSyntax.lowercased(byte) == 0x77 && index + 1 < bytes.count && bytes[index + 1] == 0x2F
            if isWeak { index += 2 }
            let isQuoted = index < bytes.count && bytes[index] == 0x22
            let closing = isQuoted ? bytes[(index + 1)...].firstIndex(of: 0x22) : nil
            // Without its closing quote there is no further quote either: the rest is read once more and ends there.
            let end = closing.map { $0 + 1 } ?? bytes[index...].firstIndex(of: 0x2C) ?? bytes.count
            let tag = closing.map { index + 1..<$0 } ?? FieldSyntax.trimmed(bytes, index..<end)
            if !isQuoted, bytes[tag].elementsEqual([0x2A]) {
                self.init(matchesAny: true, tags: [])
                return
            }
            if (isQuoted && closing != nil) || !tag.isEmpty, EntityTag.isValid(bytes[tag]) {
                tags.append(EntityTag(checked: bytes[tag], isWeak: isWeak))
            }
            index = end
        }
        self.init(tags)
    }

    /// Whether a tag of the list matches strongly, as `If-Match` asks; `*` always does.
    public func containsStrongly(_ tag: EntityTag) -> Bool {
        matchesAny || tags.contains { $0.matchesStrongly(tag) }
    }

    /// Whether a tag of the list matches weakly, as `If-None-Match` asks; `*` always does.
    public func containsWeakly(_ tag: EntityTag) -> Bool {
        matchesAny || tags.contains { $0.matchesWeakly(tag) }
    }
}

extension EntityTagList: CustomStringConvertible {
    /// The list as a field carries it.
    public var description: String {
        matchesAny ? "*" : tags.map(\.description).joined(separator: ", ")
    }
}
