/// Comparisons of host names, which ignore case.
package enum HostNames {
    /// The host in lower case, without its port's digits being touched.
    static func lowercased(_ host: String) -> String {
        String(decoding: host.utf8.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// The part of a host before the server's name; nil where the host is another's.
    static func subdomain(of authority: String, below serverName: String) -> String? {
        let host = withoutPort(lowercased(authority))
        let server = withoutPort(lowercased(serverName))
        if host == server { return "" }
        guard endsWith(host, "." + server) else { return nil }
        return String(decoding: host.utf8.dropLast(server.utf8.count + 1), as: UTF8.self)
    }

    static func endsWith(_ text: String, _ end: String) -> Bool {
        text.utf8.count >= end.utf8.count && text.utf8.suffix(end.utf8.count).elementsEqual(end.utf8)
    }

    /// The host alone; that of an IPv6 address keeps its brackets.
    package static func withoutPort(_ authority: String) -> String {
        guard let colon = authority.utf8.lastIndex(of: UInt8(ascii: ":")),
            authority.utf8[authority.utf8.index(after: colon)...].allSatisfy({ $0 &- 0x30 < 10 })
        else { return authority }
        return String(decoding: authority.utf8[..<colon], as: UTF8.self)
    }
}
