import CarafeHTTP

extension FuzzEntry {
    /// Accept, Accept-Charset, Accept-Encoding and Accept-Language: qualities are from 0 to 1.
    static let accept = FuzzEntry(
        text: "accept",
        seeds: [
            "text/html;level=1;q=0.5, text/*;q=0.1, */*;q=0", "de-CH, de;q=0.9, *;q=0.1", "gzip;q=1.000, identity;q=0",
            "a/b;c=\"d,;\\\"\";q=nan, ;q=1e9, =,",
        ]
    ) { text in
        let qualities =
            offers.map { MediaTypeAccept(parsing: text).quality(of: $0) }
            + offers.map { CharsetAccept(parsing: text).quality(of: $0) }
            + offers.map { EncodingAccept(parsing: text).quality(of: $0) }
            + offers.map { LanguageAccept(parsing: text).quality(of: $0) }
        _ = MediaTypeAccept(parsing: text).bestMatch(offers)
        _ = LanguageAccept(parsing: text).bestMatch(offers)
        return qualities.allSatisfy { 0...1 ~= $0 } ? nil : "a quality beyond 0 and 1"
    }

    private static let offers = ["text/html", "text/html;level=1", "*/*", "de-CH", "gzip", "utf-8", "", "/", "a/"]
}
