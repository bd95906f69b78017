/// Signs text or bytes so that any change to them is found: ItsDangerous' `Signer`.
///
/// The value stays readable; it is signed, not encrypted.
///
///     let signer = try Signer(secretKeys: keys)
///     signer.sign("hello")                       // "hello.GIG_I5genEs4rf1bcDRWLO8Yso4"
///     try signer.unsign("hello.GIG_I5genEs4rf1bcDRWLO8Yso4")
///
/// Signing keys are derived when the signer is made, so keep it and share it. Verification is stricter than the
/// original's in one point: a signature must be spelled exactly as it was made, where Python's base64 reader skips
/// foreign characters and ignores the spare bits of the last one.
public struct Signer: Sendable {
    let separator: [UInt8]
    /// The newest key under the first scheme, which signs.
    private let signing: MessageAuthenticator
    /// Every key under every scheme, in the order in which they are tried.
    private let verifying: [MessageAuthenticator]

    /// A signer.
    ///
    /// - Parameters:
    ///   - secretKeys: the newest signs; all verify, newest first.
    ///   - salt: what the signatures are for; a value signed under one salt is refused under another.
    ///   - separator: what stands between value and signature; it must not be made of letters, digits, `-`, `_`, `=`.
    ///   - scheme: how signatures are made.
    ///   - fallbackSchemes: schemes whose signatures are still accepted: ItsDangerous' `fallback_signers`.
    /// - Throws: ``SigningError`` of kind `badSeparator`.
    public init(
        secretKeys: SecretKeys, salt: String = "itsdangerous.Signer", separator: String = ".",
        scheme: SignatureScheme = .itsDangerous, fallbackSchemes: [SignatureScheme] = []
    ) throws(SigningError) {
        let separator = Array(separator.utf8)
        guard separator.contains(where: { !Base64.isAlphabetOrPadding($0) }) else {
            throw SigningError(
                .badSeparator,
                message: "The separator could be part of a signature.",
                hint: "Use one with a character other than ASCII letters, digits, '-', '_' and '=', such as '.' or ':'."
            )
        }
        self.init(
            secretKeys: secretKeys, salt: salt, checkedSeparator: separator, schemes: [scheme] + fallbackSchemes)
    }

    /// A signer with a separator that is known to be none of a signature's characters, and at least one scheme.
    init(secretKeys: SecretKeys, salt: String, checkedSeparator: [UInt8], schemes: [SignatureScheme]) {
        separator = checkedSeparator
        let salt = Array(salt.utf8)
        // Never empty, since neither list is.
        verifying = schemes.flatMap { scheme in
            secretKeys.newestFirst.map { MessageAuthenticator(secretKey: $0, salt: salt, scheme: scheme) }
        }
        signing = verifying[0]
    }

    /// The value with its signature.
    public func sign(_ value: String) -> String {
        String(decoding: sign(Array(value.utf8)), as: UTF8.self)
    }

    /// The value with its signature.
    public func sign(_ value: [UInt8]) -> [UInt8] {
        var signed = value
        let code = signing.code(for: value[...])
        signed.reserveCapacity(value.count + separator.count + Base64.encodedCount(code.count))
        signed.append(contentsOf: separator)
        Base64.appendURLSafe(code[...], to: &signed)
        return signed
    }

    /// The value that was signed.
    ///
    /// - Throws: ``SigningError`` of kind `badSignature`.
    public func unsign(_ signed: String) throws(SigningError) -> String {
        String(decoding: try verifiedValue(in: Array(signed.utf8)[...]), as: UTF8.self)
    }

    /// The value that was signed.
    ///
    /// - Throws: ``SigningError`` of kind `badSignature`.
    public func unsign(_ signed: [UInt8]) throws(SigningError) -> [UInt8] {
        Array(try verifiedValue(in: signed[...]))
    }

    /// The part before the last separator, once the part after it is known to be its signature.
    func verifiedValue(in signed: ArraySlice<UInt8>) throws(SigningError) -> ArraySlice<UInt8> {
        guard let (value, signature) = splitAtLastSeparator(signed) else {
            throw .badSignature("The value has no signature.")
        }
        for authenticator in verifying {
            var expected: [UInt8] = []
            Base64.appendURLSafe(authenticator.code(for: value)[...], to: &expected)
            if constantTimeEquals(expected, signature) { return value }
        }
        throw .badSignature("The signature does not match.")
    }

    /// What stands before and after the last separator; nil where there is none.
    func splitAtLastSeparator(_ bytes: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, ArraySlice<UInt8>)? {
        guard let last = separator.last else { return nil }
        var end = bytes.endIndex
        while let found = bytes[..<end].lastIndex(of: last) {
            let head = bytes[...found]
            if head.count >= separator.count, head.suffix(separator.count).elementsEqual(separator) {
                return (head.dropLast(separator.count), bytes[(found + 1)...])
            }
            end = found
        }
        return nil
    }
}
