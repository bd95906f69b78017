/// The secrets that sign and verify: one that signs, and older ones that only verify while they are being retired.
///
/// Never empty, so nothing is ever signed with nothing: an empty key is refused when the value is made.
///
///     let keys = try SecretKeys(current: config.secretKey, fallbacks: config.secretKeyFallbacks)
public struct SecretKeys: Sendable {
    /// Every key in the order in which verification tries them: the current one, then the fallbacks from last to first.
    let newestFirst: [[UInt8]]

    /// Keys from text, of which the UTF-8 bytes count.
    ///
    /// - Parameters:
    ///   - current: the key that signs, Flask's `SECRET_KEY`.
    ///   - fallbacks: keys that still verify, oldest first, Flask's `SECRET_KEY_FALLBACKS`.
    /// - Throws: ``SigningError`` of kind `emptySecretKey`.
    public init(current: String, fallbacks: [String] = []) throws(SigningError) {
        try self.init(current: Array(current.utf8), fallbacks: fallbacks.map { Array($0.utf8) })
    }

    /// Keys from bytes; see ``init(current:fallbacks:)-(String,_)``.
    public init(current: [UInt8], fallbacks: [[UInt8]] = []) throws(SigningError) {
        guard !current.isEmpty, !fallbacks.contains(where: \.isEmpty) else {
            throw SigningError(
                .emptySecretKey,
                message: "A secret key is empty.",
                hint:
                    "Anyone can sign with an empty key. Make one with `generateSecretKey()` and keep it out of the code."
            )
        }
        newestFirst = [current] + fallbacks.reversed()
    }
}

// Keys must not reach a log through `print`, string interpolation or `dump`.
extension SecretKeys: CustomStringConvertible, CustomReflectable {
    /// How many keys there are; never what they are.
    public var description: String { "SecretKeys(count: \(newestFirst.count))" }

    /// A mirror without the keys.
    public var customMirror: Mirror { Mirror(self, children: ["count": newestFirst.count]) }
}
