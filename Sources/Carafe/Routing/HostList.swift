import CarafeHTTP

/// Hosts by whose names an app may be asked (Werkzeug's `host_is_trusted`).
package struct HostList: Sendable {
    private struct Entry: Sendable {
        var name: String
        /// What the names of subdomains end with; nil where they are not meant.
        var ending: String?
        var namesPort: Bool
    }

    private let entries: [Entry]

    /// - Parameter hosts: names such as `example.com`; `.example.com` stands for the domain and its subdomains. Ports do not
    ///   count unless the list names one. A name that is not ASCII stands for what clients send (IDNA).
    package init(_ hosts: [String]) {
        entries = hosts.map { host in
            let takesSubdomains = host.utf8.first == UInt8(ascii: ".")
            let name = takesSubdomains ? String(decoding: host.utf8.dropFirst(), as: UTF8.self) : host
            let ascii = HostNames.lowercased(Punycode.host(name))
            return Entry(
                name: ascii, ending: takesSubdomains ? "." + ascii : nil,
                namesPort: HostNames.withoutPort(ascii).utf8.count < ascii.utf8.count)
        }
    }

    /// Whether a host, which may have a port, is one of them. Nobody who names no host is.
    package func contains(_ authority: String) -> Bool {
        let authority = HostNames.lowercased(authority)
        let host = HostNames.withoutPort(authority)
        return entries.contains { entry in
            let candidate = entry.namesPort ? authority : host
            return candidate.utf8.elementsEqual(entry.name.utf8)
                || entry.ending.map { HostNames.endsWith(candidate, $0) } ?? false
        }
    }

    /// The error that a request gets whose host is none of them; nil where it is.
    func refusal(of request: Request) -> Abort? {
        let authority = request.head.authority
        return contains(authority) ? nil : Abort(.badRequest, "Host '\(authority)' is not trusted.")
    }
}
