/// Another URL that the client should ask for, by status 308.
public struct Redirect: Sendable {
    private enum Target {
        /// A percent-encoded path below the script root, on a domain (nil: on the request's own). Where `isWebSocket`
        /// is nil the request's scheme stays.
        case path(String, domain: String?, isWebSocket: Bool?)
        /// A URL reference, relative to the script root.
        case reference(String)
    }

    private let target: Target
    private let hostMatching: Bool

    init(path: String, domain: String? = nil, isWebSocket: Bool? = nil, _ options: RouteMap.Options) {
        target = .path(path, domain: domain, isWebSocket: isWebSocket)
        hostMatching = options.hostMatching
    }

    init(reference: String, _ options: RouteMap.Options) {
        target = .reference(reference)
        hostMatching = options.hostMatching
    }

    /// The absolute URL, for the `Location` field.
    ///
    /// - Parameters:
    ///   - binding: Where the application is reached.
    ///   - query: The request's query as it was received, without its question mark. It is kept, except by a rule's
    ///     `redirectTo`, which says where to go by itself.
    public func url(in binding: URLBinding, query: String = "") -> String {
        let ownScheme = binding.scheme.isEmpty ? "http" : binding.scheme
        switch target {
        case .path(let path, let domain, let isWebSocket):
            let host = binding.host(forDomain: domain, hostMatching: hostMatching)
            let scheme = isWebSocket.map { binding.scheme(isWebSocket: $0) } ?? ownScheme
            let url = (scheme.isEmpty ? "//" : scheme + "://") + host + binding.root + path.droppingSlashes()
            return query.isEmpty ? url : url + "?" + query
        case .reference(let reference):
            return resolve(
                reference, scheme: ownScheme, host: binding.host(forDomain: nil, hostMatching: hostMatching),
                directory: binding.root)
        }
    }
}

/// Resolves a URL reference (RFC 3986 §5.2) against the directory of a script.
private func resolve(_ reference: String, scheme: String, host: String, directory: String) -> String {
    let bytes = reference.utf8
    if hasScheme(reference) { return reference }
    if reference.utf8.starts(with: "//".utf8) { return "\(scheme):\(reference)" }
    let end = bytes.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? bytes.endIndex
    let path = String(decoding: bytes[..<end], as: UTF8.self)
    let rest = String(decoding: bytes[end...], as: UTF8.self)
    let whole = path.utf8.first == UInt8(ascii: "/") ? path : directory + path
    return "\(scheme)://\(host)" + removingDotSegments(whole) + rest
}

/// Whether a reference begins with a scheme (RFC 3986 §3.1).
private func hasScheme(_ reference: String) -> Bool {
    guard let first = reference.utf8.first, isWordByte(first), !isDigit(first), first != UInt8(ascii: "_") else {
        return false
    }
    let end = reference.utf8.first { byte in
        let isInScheme = isWordByte(byte) && byte != UInt8(ascii: "_") || "+-.".utf8.contains(byte)
        return !isInScheme
    }
    return end == UInt8(ascii: ":")
}

/// A path that starts with a slash, without its `.` and `..` segments (RFC 3986 §5.2.4).
private func removingDotSegments(_ path: String) -> String {
    var kept: [Substring.UTF8View] = []
    let segments = path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    for (index, segment) in segments.enumerated() {
        let isUp = segment.elementsEqual("..".utf8)
        guard isUp || segment.elementsEqual(".".utf8) else {
            kept.append(segment)
            continue
        }
        if isUp { _ = kept.popLast() }
        if index == segments.count - 1 { kept.append(""[...].utf8) }
    }
    return kept.map { "/" + String(decoding: $0, as: UTF8.self) }.joined()
}

/// Where a rule redirects, with its variables in angle brackets.
struct RedirectTemplate {
    enum Piece {
        case text(String)
        case variable(String)
    }

    private(set) var pieces: [Piece] = []

    init(_ template: String) {
        var rest = template.utf8[...]
        while let opening = rest.firstIndex(of: UInt8(ascii: "<")),
            let closing = rest[opening...].firstIndex(of: UInt8(ascii: ">")), rest.index(after: opening) < closing
        {
            pieces.append(.text(String(decoding: rest[..<opening], as: UTF8.self)))
            pieces.append(.variable(String(decoding: rest[rest.index(after: opening)..<closing], as: UTF8.self)))
            rest = rest[rest.index(after: closing)...]
        }
        pieces.append(.text(String(decoding: rest, as: UTF8.self)))
    }

    /// The redirect for a match; nil where a value cannot be written.
    func redirect(for match: Match, _ options: RouteMap.Options) -> Redirect? {
        var reference = ""
        for piece in pieces {
            switch piece {
            case .text(let text): reference += text
            case .variable(let name):
                guard let value = match[name],
                    let variable = match.rule.variables.first(where: { $0.name == name }),
                    let text = try? variable.conversion.urlText(for: value)
                else { return nil }
                reference += text
            }
        }
        return Redirect(reference: keepingHost(reference), options)
    }

    /// What a client writes into a variable must not make another scheme or host of the template's.
    private func keepingHost(_ reference: String) -> String {
        guard case .text(let start) = pieces.first else { return reference }
        if reference.utf8.starts(with: "//".utf8), !start.utf8.starts(with: "//".utf8) {
            return "/" + reference.droppingSlashes()
        }
        return hasScheme(reference) && !hasScheme(start) ? "./" + reference : reference
    }
}
