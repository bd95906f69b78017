import CarafeHTTP

extension FuzzEntry {
    /// Values with parameters: Content-Disposition, Content-Type, lists and dictionaries.
    static let options = FuzzEntry(
        text: "options",
        seeds: [
            "attachment; filename=\"a\\\"b.txt\"; filename*=UTF-8''%e2%82%ac", "text/html; charset=\"utf-8\"",
            "form-data; name=a; name*0=b; name*1*=%41; x*=y", "a=1, b=\"2,3\", c*=UTF-8'en'%41, d", "a;;b=;=c;\"",
        ]
    ) { text in
        _ = HeaderValue.parseOptions(text)
        _ = HeaderValue.dumpList(HeaderValue.parseList(text))
        _ = HeaderValue.dumpDictionary(HeaderValue.parseDictionary(text))
        _ = HeaderSet(parsing: text).description
        _ = ContentDisposition(parsing: text)?.description
        _ = MediaType(parsing: text)?.description
        let unquoted = HeaderValue.unquote(HeaderValue.quote(text))
        return unquoted == text ? nil : "unquotes its own \(HeaderValue.quote(text)) as \(unquoted)"
    }
}
