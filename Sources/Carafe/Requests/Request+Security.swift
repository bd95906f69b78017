public import CarafeHTTP
import CarafeSigning

extension Request {
    /// The same address over TLS; nil where the client has named no host, or asks for none.
    ///
    /// - Parameter port: the port there; nil for the one that the client has named, unless that is the other scheme's own
    package func secureURL(port: Int? = nil) -> String? {
        let authority = head.authority
        guard !authority.utf8.isEmpty, head.target.form == .origin || head.target.form == .absolute else { return nil }
        let bare = HostNames.withoutPort(authority)
        let host =
            switch port {
            case 443?: bare
            case let port?: "\(bare):\(port)"
            case nil: authority.utf8.elementsEqual("\(bare):80".utf8) ? bare : authority
            }
        return "https://\(host)\(head.rawScriptRoot)\(fullPath)"
    }

    /// The nonce by which the page's `Content-Security-Policy` lets its own scripts and styles run, another one for each
    /// request; ``SecurityHeaders`` writes it into the policy. Templates have `csp_nonce()`.
    ///
    /// ```swift
    /// HTML(#"<script nonce="\(request.cspNonce)">start()</script>"#)
    /// ```
    public var cspNonce: String { value(orKeep: CSPNonce()).text }
}

/// A value that nobody can guess, for one response.
struct CSPNonce: Sendable {
    /// 128 bits, as the specification asks for at least.
    let text = generateSecretKey(byteCount: 16)
}
