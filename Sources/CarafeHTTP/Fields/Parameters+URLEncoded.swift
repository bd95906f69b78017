extension Parameters {
    /// The parameters of a query or of `application/x-www-form-urlencoded` content.
    ///
    /// Only `&` parts them. `+` is a space, blank values are kept, and bytes that are not UTF-8 stay as `%XX`, so
    /// that nothing is lost (as in Werkzeug).
    ///
    /// - Throws: ``TooManyParameters`` where there are more than `limit`.
    public init(urlEncoded text: String, limit: Int = 1000) throws(TooManyParameters) {
        try self.init(urlEncoded: text.utf8, limit: limit)
    }

    /// The same of bytes as they were received.
    package init(urlEncoded bytes: some BidirectionalCollection<UInt8>, limit: Int = 1000) throws(TooManyParameters) {
        self.init()
        // Without a copy where the bytes are in one piece, as they are in a request's head and in most buffers.
        let parsed = bytes.withContiguousStorageIfAvailable { Self.parse(UnsafeRawBufferPointer($0), limit) }
        guard let pairs = parsed ?? Array(bytes).withUnsafeBytes({ Self.parse($0, limit) }) else {
            throw TooManyParameters(limit: limit)
        }
        self.init(pairs)
    }

    /// The parameters as a query or the content of a form.
    public var urlEncoded: String {
        pairs.map { Self.encoded($0.name) + "=" + Self.encoded($0.value) }.joined(separator: "&")
    }

    /// The pairs; nil where there are too many.
    private static func parse(_ bytes: UnsafeRawBufferPointer, _ limit: Int) -> [(String, String)]? {
        var pairs: [(String, String)] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x26) ?? bytes.count
            if end > start {
                guard pairs.count < limit else { return nil }
                let equals = bytes[start..<end].firstIndex(of: 0x3D)
                let value = equals.map { bytes[($0 + 1)..<end] }
                pairs.append((decoded(bytes[start..<(equals ?? end)]), value.map(decoded) ?? ""))
            }
            start = end + 1
        }
        return pairs
    }

    static func decoded(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        PercentEncoding.decodeFormText(UnsafeRawBufferPointer(rebasing: bytes))
    }

    private static func encoded(_ text: String) -> String {
        let allowed = ByteSet.queryComponent
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if byte == 0x20 {
                result.append(0x2B)
            } else if allowed.contains(byte) {
                result.append(byte)
            } else {
                PercentEncoding.append(byte, encodedTo: &result)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
