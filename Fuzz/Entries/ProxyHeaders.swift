import CarafeHTTP

extension FuzzEntry {
    /// The PROXY protocol: no more bytes are taken than there are, and a header is the same however much follows it.
    static let proxyHeaders = FuzzEntry(
        "proxy-headers",
        seeds: [
            "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\nGET", "PROXY TCP6 2001:db8::1 ::1 1 2\r\n",
            "PROXY UNKNOWN x\r\n",
            "\r\n\r\n\0\r\nQUIT\n\u{21}\u{11}\0\u{0C}\u{7F}\0\0\u{1}\u{7F}\0\0\u{1}\u{1}\u{2}\u{3}\u{4}GET",
            "\r\n\r\n\0\r\nQUIT\n\u{20}\0\0\0",
            "\r\n\r\n\0\r\nQUIT\n\u{21}\u{21}\0\u{24}" + String(repeating: "\u{1}", count: 36),
        ]
    ) { bytes in
        guard case .header(let header) = ProxyHeader.read(bytes) else { return nil }
        guard header.length <= bytes.count else { return "takes \(header.length) of \(bytes.count) bytes" }
        let same = ProxyHeader.read(bytes.prefix(header.length)) == .header(header)
        return same ? nil : "reads its own \(header.length) bytes differently"
    }
}
