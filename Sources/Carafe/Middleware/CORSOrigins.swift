import CarafeHTTP

/// The origins of a policy, ready to be compared.
struct CORSOrigins: Sendable {
    let takesAll: Bool
    private let takesNone: Bool
    private let exact: [Origin]
    private let patterns: [Wildcard]
    /// The only origin that there is, where there is no more than one.
    let only: String?

    init(_ origins: [String]) {
        takesAll = origins.contains { $0.utf8.elementsEqual("*".utf8) }
        takesNone = origins.contains { $0.utf8.elementsEqual("null".utf8) }
        let patterns = origins.filter { $0.utf8.contains(UInt8(ascii: "*")) }
        exact = origins.filter { !$0.utf8.contains(UInt8(ascii: "*")) }.compactMap { Origin($0) }
        self.patterns = patterns.map { Wildcard(HostNames.lowercased($0)) }
        only = origins.count == 1 && patterns.isEmpty ? origins.first : nil
    }

    /// Whether an origin that a client names is one of them.
    func contains(_ text: String) -> Bool {
        if text.utf8.elementsEqual("null".utf8) { return takesAll || takesNone }
        guard let origin = Origin(text), Authority.isValid(String(decoding: origin.host, as: UTF8.self)) else {
            return false
        }
        if takesAll || exact.contains(origin) { return true }
        let written = String(decoding: origin.scheme + Array("://".utf8) + origin.host, as: UTF8.self)
        return patterns.contains { $0.matches(written) }
    }

    /// Whether a page may have such an origin.
    static func isReadable(_ text: String) -> Bool {
        text.utf8.elementsEqual("*".utf8) || text.utf8.elementsEqual("null".utf8) || Origin(text) != nil
    }

    /// Whether it stands for every host: `*`, `https://*`, `*://*:*`.
    static func takesAll(_ text: String) -> Bool {
        guard let origin = Origin(text) else { return text.utf8.elementsEqual("*".utf8) }
        return origin.host.allSatisfy { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: ":") || 0x30...0x39 ~= $0 }
            && origin.host.contains(UInt8(ascii: "*"))
    }
}
