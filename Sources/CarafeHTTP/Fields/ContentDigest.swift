import Crypto
package import NIOCore

/// The digests of a message's content (RFC 9530): `sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:`.
package struct ContentDigest: Sendable, Hashable {
    /// The algorithms that are safe (RFC 9530 §5); all others are passed over.
    package enum Algorithm: String, Sendable, CaseIterable {
        case sha256 = "sha-256"
        case sha512 = "sha-512"

        /// How many bytes it gives.
        var length: Int { self == .sha256 ? 32 : 64 }

        func hash(_ content: ByteBuffer) -> [UInt8] {
            content.withUnsafeReadableBytes { bytes in
                switch self {
                case .sha256: Array(SHA256.hash(data: bytes))
                case .sha512: Array(SHA512.hash(data: bytes))
                }
            }
        }
    }

    /// What the content must give, by algorithm; empty where only others were named.
    private var digests: [Algorithm: [UInt8]] = [:]

    /// The digest of a content.
    package init(of content: ByteBuffer, _ algorithm: Algorithm) { digests[algorithm] = algorithm.hash(content) }

    /// The value of a `Content-Digest` or `Repr-Digest`; nil where it is malformed.
    package init?(parsing value: String) {
        for item in value.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let item = Self.trimmed(item)
            guard let equals = item.firstIndex(of: UInt8(ascii: "=")), equals > item.startIndex else { return nil }
            let name = String(decoding: item[..<equals], as: UTF8.self)
            guard let algorithm = Algorithm(rawValue: name) else { continue }
            // A parameter may follow (RFC 8941 §3.1.2); it means nothing here.
            let value = item[item.index(after: equals)...].prefix { $0 != UInt8(ascii: ";") }
            guard value.count > 2, value.first == UInt8(ascii: ":"), value.last == UInt8(ascii: ":"),
                let bytes = Base64.decode(value.dropFirst().dropLast()), bytes.count == algorithm.length
            else { return nil }
            digests[algorithm] = bytes
        }
    }

    /// Whether there is a digest to hold a content against.
    package var isKnown: Bool { !digests.isEmpty }

    /// Whether a content gives every digest.
    package func matches(_ content: ByteBuffer) -> Bool { digests.allSatisfy { $0.hash(content) == $1 } }

    /// The field's value.
    package var description: String {
        Algorithm.allCases.compactMap { algorithm in
            digests[algorithm].map { "\(algorithm.rawValue)=:\(Base64.encode($0)):" }
        }
        .joined(separator: ", ")
    }

    private static func trimmed(_ item: Substring.UTF8View) -> Substring.UTF8View {
        var item = item.drop { $0 == 0x20 || $0 == 0x09 }
        while let last = item.last, last == 0x20 || last == 0x09 { item.removeLast() }
        return item
    }
}
