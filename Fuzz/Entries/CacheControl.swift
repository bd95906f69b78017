import CarafeHTTP

extension FuzzEntry {
    /// Cache-Control of requests and responses, and Content-Security-Policy.
    static let cacheControl = FuzzEntry(
        text: "cache-control",
        seeds: ["no-cache, max-age=60", "private=\"a, b\", max-age=99999999999999999999, =, x=\"", "a 'self'; b; ;"]
    ) { text in
        _ = RequestCacheControl(parsing: text).description
        _ = ContentSecurityPolicy(parsing: text).description
        let written = ResponseCacheControl(parsing: text).description
        let again = ResponseCacheControl(parsing: written).description
        return written == again ? nil : "reads its own \(written) as \(again)"
    }
}
