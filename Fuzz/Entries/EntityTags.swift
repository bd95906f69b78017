import CarafeHTTP

extension FuzzEntry {
    /// ETag, If-Match and If-None-Match: what is written is read the same.
    static let entityTags = FuzzEntry(
        text: "entity-tags", seeds: ["\"a\"", "W/\"a\", \"b\" ,c", "*", "W/\"", "\"a\\\"b\""]
    ) { text in
        _ = EntityTagList(parsing: text).description
        guard let tag = EntityTag(parsing: text) else { return nil }
        return EntityTag(parsing: tag.description) == tag ? nil : "does not read its own \(tag)"
    }
}
