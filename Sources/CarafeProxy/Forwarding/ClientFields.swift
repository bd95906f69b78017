import CarafeHTTP
import HTTPTypes

/// The fields that tell the server of the client.
struct ClientFields {
    /// Their names and values, in order.
    private(set) var all: [(name: String, value: String)] = []

    private let headers: Headers
    private let isTrusted: Bool

    init(_ request: Request, _ proxy: Proxy) {
        headers = request.headers
        isTrusted = proxy.trustsClient
        let client = request.connection.remoteHost
        let host = request.head.authority
        let prefix = proxy.prefix == .told ? request.head.rawScriptRoot : ""
        if proxy.forwarding.contains(.xForwarded) {
            add("X-Forwarded-For", client.isEmpty ? "unknown" : client, joinedBy: ", ")
            keepOrAdd("X-Forwarded-Proto", request.connection.scheme)
            if !host.isEmpty { keepOrAdd("X-Forwarded-Host", host) }
            add("X-Forwarded-Prefix", prefix, joinedBy: "")
        }
        if proxy.forwarding.contains(.forwarded) {
            // A host has neither quotation mark nor backslash.
            var element = "for=\(Self.node(client));proto=\(request.connection.scheme)"
            if !host.isEmpty { element += ";host=\"\(host)\"" }
            add("Forwarded", element, joinedBy: ", ")
        }
    }

    /// Adds a value behind that of a client who is believed.
    private mutating func add(_ name: String, _ value: String, joinedBy separator: String) {
        let values = [received(name), value].compactMap { $0 }.filter { !$0.isEmpty }
        if !values.isEmpty { all.append((name, values.joined(separator: separator))) }
    }

    /// Passes on what a client says who is believed.
    private mutating func keepOrAdd(_ name: String, _ value: String) { all.append((name, received(name) ?? value)) }

    private func received(_ name: String) -> String? {
        isTrusted ? HTTPField.Name(name).flatMap { headers.combined($0) } : nil
    }

    /// `node` of RFC 7239 §6; an IPv6 address stands in brackets and quotation marks.
    private static func node(_ address: String) -> String {
        if address.isEmpty { return "unknown" }
        return address.utf8.contains(UInt8(ascii: ":")) ? "\"[\(address)]\"" : address
    }
}
