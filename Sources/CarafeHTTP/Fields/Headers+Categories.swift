public import HTTPTypes

extension HTTPField.Name {
    /// Whether the field describes the content rather than the message; a 304 leaves these out (Werkzeug's
    /// `is_entity_header`).
    public var isEntityField: Bool { Self.entityFields.contains(canonicalName) }

    /// Whether the field is meant for the next hop alone, and so is never forwarded (RFC 9110 §7.6.1).
    public var isHopByHop: Bool { Self.hopByHopFields.contains(canonicalName) }

    private static let entityFields: Set<String> = [
        "allow", "content-encoding", "content-language", "content-length", "content-location", "content-md5",
        "content-range", "content-type", "expires", "last-modified",
    ]

    private static let hopByHopFields: Set<String> = [
        "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding",
        "upgrade",
    ]
}

extension Headers {
    /// Removes the fields that describe content, as a 304 needs; `Expires` and `Content-Location` stay (Werkzeug's
    /// `remove_entity_headers`).
    public mutating func removeEntityFields() {
        for name in [
            HTTPField.Name.allow, .contentEncoding, .contentLanguage, .contentLength, .contentRange, .contentType,
            .lastModified,
        ] {
            remove(name)
        }
    }
}
