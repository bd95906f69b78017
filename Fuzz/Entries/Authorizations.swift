import CarafeHTTP

extension FuzzEntry {
    /// Authorization.
    static let authorization = FuzzEntry(
        text: "authorization",
        seeds: [
            "Basic dXNlcjpwYXNz", "Bearer a.b-c~d+/=", "Digest username=\"a\", realm=\"b\\\"\", nc=1, x", "Basic ====",
            "x",
        ]
    ) { text in
        _ = Authorization(parsing: text)?.description
        return nil
    }

    /// WWW-Authenticate: what is written is read the same.
    static let wwwAuthenticate = FuzzEntry(
        text: "www-authenticate",
        seeds: [
            "Basic realm=\"a\"", "Digest realm=\"a\\\"b\", qop=\"auth,auth-int\", stale=TRUE", "Bearer", "x y",
            "x a=b, , c",
        ]
    ) { text in
        _ = WWWAuthenticate(parsing: text)?.description
        return nil
    }
}
