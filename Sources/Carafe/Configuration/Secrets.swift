package import CarafeHTTP

/// Which names belong to values that must not be shown.
package enum Secrets {
    /// What stands in the place of a secret.
    package static let mask = "********"

    /// Whether a configuration key, header or form field of this name holds a secret (Django's list, and
    /// more).
    package static func isSecret(_ name: String) -> Bool {
        let upper = Array(name.utf8).map { $0 &- 0x61 < 26 ? $0 & 0xDF : $0 }
        return words.contains { word in contains(upper, word) }
    }

    /// A value as it may be shown: secret by its name, with the secret members of objects masked, and with the
    /// password of an address (`postgres://ann:********@db/app`).
    package static func masked(_ value: JSONValue, named name: String) -> JSONValue {
        if isSecret(name) { return .string(mask) }
        switch value {
        case .object(let object):
            var shown = JSONObject()
            for (key, value) in object { shown[key] = masked(value, named: key) }
            return .object(shown)
        case .array(let values): return .array(values.map { masked($0, named: name) })
        case .string(let text): return .string(withoutPassword(text))
        default: return value
        }
    }

    /// An address with its password masked; other text stays as it is.
    package static func withoutPassword(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard let scheme = bytes.indices.first(where: { bytes[$0...].starts(with: "://".utf8) }) else { return text }
        let authority = bytes[(scheme + 3)...].prefix { !"/?#".utf8.contains($0) }
        // A password that should have been encoded may have slashes: the last `@` ends it in any case.
        guard
            let at = authority.lastIndex(of: UInt8(ascii: "@"))
                ?? bytes[(scheme + 3)...].lastIndex(of: UInt8(ascii: "@")),
            let colon = bytes[(scheme + 3)..<at].firstIndex(of: UInt8(ascii: ":"))
        else { return text }
        return String(decoding: bytes[...colon] + Array(mask.utf8) + bytes[at...], as: UTF8.self)
    }

    private static let words = [
        "API", "TOKEN", "KEY", "SECRET", "PASS", "SIGNATURE", "COOKIE", "AUTHORIZATION", "DATABASE_URL", "DSN",
        "CREDENTIAL", "JWT", "PWD",
    ].map { Array($0.utf8) }

    private static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        guard text.count >= word.count else { return false }
        return (0...text.count - word.count).contains { start in text[start..<start + word.count].elementsEqual(word) }
    }
}

extension Secrets {
    /// An address without its password, and with the values of its query masked whose names sound secret.
    static func maskedAddress(_ address: String) -> String {
        let address = withoutPassword(address)
        guard let mark = address.utf8.firstIndex(of: UInt8(ascii: "?")) else { return address }
        let query = String(decoding: address.utf8[address.utf8.index(after: mark)...], as: UTF8.self)
        return String(decoding: address.utf8[...mark], as: UTF8.self) + maskedQuery(query)
    }

    /// A query with the values masked whose names sound secret.
    static func maskedQuery(_ query: String) -> String {
        query.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false).map { pair in
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else {
                return String(decoding: pair, as: UTF8.self)
            }
            let name = String(decoding: pair[..<equals], as: UTF8.self)
            return isSecret(PercentEncoding.decode(name)) ? "\(name)=\(mask)" : String(decoding: pair, as: UTF8.self)
        }
        .joined(separator: "&")
    }
}

extension Request {
    /// The path and query as they were sent; values of the query whose names sound secret are masked.
    package var maskedTarget: String {
        let path = head.target.rawPath
        return head.target.rawQuery.map { path + "?" + Secrets.maskedQuery($0) } ?? path
    }
}
