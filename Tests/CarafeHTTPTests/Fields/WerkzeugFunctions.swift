import CarafeHTTP
import HTTPTypes

/// Werkzeug's functions by their names in the vectors, answered by this module in the vectors' form.
enum WerkzeugFunctions {
    /// Stands for Python's None inside a result.
    private static let none = "∅"

    static func answer(_ function: String, _ input: [String]) -> [String]? {
        let first = input.first ?? ""
        return switch function {
        case "parse_cookie": (try? Parameters(cookies: first, limit: 1000)).map(flat)
        case "dump_cookie": dumpCookie(input)
        case "parse_options": options(first)
        case "parse_list": HeaderValue.parseList(first)
        case "parse_dict": dictionary(first)
        case "parse_set": Array(HeaderSet(parsing: first))
        case "quote": [HeaderValue.quote(first)]
        case "mime_items": items(MediaTypeAccept(parsing: first))
        case "mime_best": best(MediaTypeAccept(parsing: first), input)
        case "language_items": items(LanguageAccept(parsing: first))
        case "language_best": [LanguageAccept(parsing: first).bestMatch(Array(input.dropFirst())) ?? none]
        case "charset_items": items(CharsetAccept(parsing: first))
        case "charset_best": best(CharsetAccept(parsing: first), input)
        case "parse_range": range(first, Int(input[1]) ?? 0)
        case "content_range": ContentRange(parsing: first).map { [$0.description] }
        case "parse_date": HTTPDate(parsing: first).map { [String($0.secondsSinceEpoch)] }
        case "http_date": Int(first).map { [HTTPDate(secondsSinceEpoch: $0).description] }
        case "is_resource_modified": modified(input)
        case "parse_etags": etags(first)
        case "authorization": authorization(first)
        case "response_cache_control": responseCacheControl(first)
        case "request_cache_control": requestCacheControl(first)
        case "parse_query": (try? Parameters(urlEncoded: first)).map(flat)
        case "urlencode": [Parameters(pairs(input)).urlEncoded]
        case "iri_to_uri": [IRI.toURI(first)]
        case "uri_to_iri": [IRI.fromURI(first)]
        case "secure_filename": [secureFilename(first)]
        case "safe_join":
            input.count == 2 ? safeJoin(first, input[1]).map { [$0] } : safeJoin(first, input[1], input[2]).map { [$0] }
        default: ["no such function"]
        }
    }

    private static func flat(_ parameters: Parameters) -> [String] {
        parameters.flatMap { [$0.name, $0.value] }
    }

    private static func pairs(_ flat: [String]) -> [(String, String)] {
        stride(from: 0, to: flat.count - 1, by: 2).map { (flat[$0], flat[$0 + 1]) }
    }

    private static func dumpCookie(_ input: [String]) -> [String]? {
        var cookie = SetCookie(input[0], input[1])
        cookie.maxAge = Int(input[2])
        cookie.expires = Int(input[3]).map { HTTPDate(secondsSinceEpoch: $0) }
        cookie.path = input[4] == none ? nil : input[4]
        cookie.domain = input[5].isEmpty ? nil : input[5]
        cookie.isSecure = input[6].utf8.contains(0x73)
        cookie.isHTTPOnly = input[6].utf8.contains(0x68)
        cookie.isPartitioned = input[6].utf8.contains(0x70)
        cookie.sameSite = SetCookie.SameSite.allCases.first { $0.rawValue.lowercased() == input[7].lowercased() }
        return (try? cookie.fieldValue(now: HTTPDate(secondsSinceEpoch: 1_700_000_000))).map { [$0] }
    }

    private static func options(_ header: String) -> [String] {
        let (value, parameters) = HeaderValue.parseOptions(header)
        return [value] + parameters.flatMap { [$0.name, $0.value] }
    }

    /// The last of several values of a key, in the place of the first, as in a Python dictionary.
    private static func dictionary(_ header: String) -> [String] {
        var result: [(key: String, value: String?)] = []
        for item in HeaderValue.parseDictionary(header) {
            if let index = result.firstIndex(where: { $0.key == item.key }) {
                result[index] = item
            } else {
                result.append(item)
            }
        }
        return result.flatMap { [$0.key, $0.value ?? none] }
    }

    private static func items(_ accept: some AcceptHeader) -> [String] {
        accept.items.map { item in
            let thousandths = Int((item.quality * 1000).rounded())
            let digits = String(thousandths % 1000)
            return "\(item.value) \(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
        }
    }

    private static func best(_ accept: some AcceptHeader, _ input: [String]) -> [String] {
        [accept.bestMatch(Array(input.dropFirst())) ?? none]
    }

    private static func range(_ header: String, _ length: Int) -> [String]? {
        guard let ranges = ByteRanges(parsing: header) else { return nil }
        guard ranges.specifiers.count == 1 else { return [ranges.description, "many"] }
        guard case .ranges(let resolved) = ranges.resolved(length: length), let range = resolved.first else {
            return [ranges.description, none]
        }
        return [ranges.description, ContentRange(range, length: length)?.description ?? none]
    }

    private static func modified(_ input: [String]) -> [String] {
        var headers = Headers()
        let names: [HTTPField.Name] = [.ifNoneMatch, .ifModifiedSince, .ifMatch, .ifRange]
        for (name, value) in zip(names, input[2...]) where !value.isEmpty { headers[name] = value }
        if !input[5].isEmpty { headers[.range] = "bytes=0-1" }
        let outcome = Preconditions(headers).evaluate(
            method: .get, etag: EntityTag(parsing: input[0]),
            lastModified: Int(input[1]).map { HTTPDate(secondsSinceEpoch: $0) })
        switch outcome {
        case .notModified, .preconditionFailed: return ["False"]
        case .proceed(let isRangeApplicable): return [input[5].isEmpty || !isRangeApplicable ? "True" : "False"]
        }
    }

    private static func etags(_ header: String) -> [String] {
        let list = EntityTagList(parsing: header)
        return list.matchesAny ? ["*"] : list.tags.map(\.description).sorted()
    }

    private static func authorization(_ header: String) -> [String]? {
        guard let authorization = Authorization(parsing: header) else { return nil }
        switch authorization.credentials {
        case .basic(let username, let password):
            return [authorization.scheme, "password", password, "username", username]
        case .token(let token):
            return [authorization.scheme, token]
        case .parameters(let parameters):
            return [authorization.scheme] + parameters.sorted { $0.name < $1.name }.flatMap { [$0.name, $0.value] }
        }
    }

    private static func responseCacheControl(_ header: String) -> [String] {
        let cc = ResponseCacheControl(parsing: header)
        return [cc.isPublic, cc.isPrivate, cc.noCache, cc.noStore, cc.mustRevalidate, cc.isImmutable].map(python)
            + [cc.maxAge, cc.sharedMaxAge, cc.staleWhileRevalidate].map(python)
    }

    private static func requestCacheControl(_ header: String) -> [String] {
        let cc = RequestCacheControl(parsing: header)
        return [cc.noCache, cc.noStore, cc.onlyIfCached].map(python)
            + [python(cc.maxAge), cc.maxStale == Int.max ? "True" : python(cc.maxStale), python(cc.minFresh)]
    }

    private static func python(_ value: Bool) -> String { value ? "True" : "False" }

    private static func python(_ value: Int?) -> String { value.map { String($0) } ?? "None" }
}
