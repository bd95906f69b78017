import CarafeHTTP
import HTTPTypes

/// The fields of a server's response as the client gets them.
struct ReturnedHead {
    private(set) var headers: Headers

    private let prefix: String
    private let upstream: Upstream
    private let request: RequestHead
    private let addsPrefix: Bool

    init(_ head: ResponseHead, to request: RequestHead, _ proxy: Proxy, _ upstream: Upstream) {
        self.request = request
        self.upstream = upstream
        addsPrefix = proxy.prefix == .added
        prefix = addsPrefix ? request.rawScriptRoot : ""
        headers = head.headers
        let dropped = headers.namesOfConnection
        // Without content, its length is still told: to HEAD, and with 304.
        let keepsLength = head.content == .none
        headers.removeAll { name, _ in
            let name = FieldName(name)
            if name.text == "content-length" { return !keepsLength }
            return name.isOfOneHop || dropped.contains(name.text)
        }
        for name in [HTTPField.Name.location, .contentLocation] {
            if let old = headers[name], let new = relocated(old) { headers[name] = new }
        }
        if addsPrefix, !prefix.isEmpty { moveCookies() }
    }

    // MARK: - Addresses

    /// An address of the server's own as the client reaches it; nil where it stays.
    private func relocated(_ location: String) -> String? {
        let bytes = location.utf8
        if bytes.first == UInt8(ascii: "/") {
            // `//host` is another host's.
            guard addsPrefix, bytes.dropFirst().first != UInt8(ascii: "/") else { return nil }
            return prefix + withoutBase(location)
        }
        for scheme in ["http://", "https://"] where bytes.starts(with: scheme.utf8) {
            let rest = bytes.dropFirst(scheme.utf8.count)
            let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
            let authority = String(decoding: rest[..<end], as: UTF8.self)
            let path = String(decoding: rest[end...], as: UTF8.self)
            let rooted = path.utf8.first == UInt8(ascii: "/") ? path : "/" + path
            if authority == request.authority, addsPrefix { return scheme + authority + prefix + withoutBase(rooted) }
            // The client does not know the server by its own name.
            if authority == upstream.authority, authority != request.authority { return prefix + withoutBase(rooted) }
        }
        return nil
    }

    private func withoutBase(_ path: String) -> String {
        let base = upstream.basePath.utf8
        guard !base.isEmpty, path.utf8.starts(with: base) else { return path }
        let rest = path.utf8.dropFirst(base.count)
        if rest.isEmpty { return "/" }
        return rest.first == UInt8(ascii: "/") ? String(decoding: rest, as: UTF8.self) : path
    }

    // MARK: - Cookies

    /// Puts the prefix in front of each cookie's path.
    private mutating func moveCookies() {
        let cookies = headers[values: .setCookie]
        guard cookies.contains(where: { Self.path(in: $0) != nil }) else { return }
        headers.remove(.setCookie)
        for cookie in cookies {
            guard let place = Self.path(in: cookie) else {
                try? headers.append(cookie, for: .setCookie)
                continue
            }
            let path = withoutBase(String(cookie[place]))
            let moved = prefix + (path == "/" ? "" : path)
            try? headers.append(cookie.replacingCharacters(at: place, with: moved), for: .setCookie)
        }
    }

    /// The place of the value of a cookie's last `Path`, where that begins with a slash (RFC 6265 §5.2.4).
    private static func path(in cookie: String) -> Range<String.Index>? {
        let bytes = cookie.utf8
        var start = bytes.firstIndex(of: UInt8(ascii: ";"))
        var found: Range<String.Index>?
        while let semicolon = start {
            let attribute = bytes[bytes.index(after: semicolon)...].prefix { $0 != UInt8(ascii: ";") }
            start = attribute.endIndex < bytes.endIndex ? attribute.endIndex : nil
            let trimmed = attribute.drop { $0 == 0x20 || $0 == 0x09 }
            guard let equals = trimmed.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = trimmed[..<equals].filter { $0 != 0x20 && $0 != 0x09 }.map { $0 | 0x20 }
            guard name.elementsEqual("path".utf8) else { continue }
            var value = trimmed[trimmed.index(after: equals)...].drop { $0 == 0x20 || $0 == 0x09 }
            while let last = value.last, last == 0x20 || last == 0x09 { value.removeLast() }
            found = value.first == UInt8(ascii: "/") ? value.startIndex..<value.endIndex : nil
        }
        return found
    }
}

extension String {
    /// The text with another in the place of a part.
    fileprivate func replacingCharacters(at place: Range<Index>, with text: String) -> String {
        self[..<place.lowerBound] + text + self[place.upperBound...]
    }
}
