import HTTPTypes

extension Headers {
    /// The type of the content. Setting one that the field cannot carry removes the field.
    public var contentType: MediaType? {
        get { self[.contentType].flatMap { MediaType(parsing: $0) } }
        set { self[.contentType] = newValue?.description }
    }

    /// The length of the content in bytes; nil where it is absent or not a number.
    public var contentLength: Int? {
        get { self[.contentLength].flatMap { FieldSyntax.decimal($0.utf8) } }
        set { self[.contentLength] = newValue.map { String($0) } }
    }

    /// How the content is to be presented.
    public var contentDisposition: ContentDisposition? {
        get { self[.contentDisposition].flatMap { ContentDisposition(parsing: $0) } }
        set { self[.contentDisposition] = newValue?.description }
    }

    /// Which part of the whole the content is.
    public var contentRange: ContentRange? {
        get { self[.contentRange].flatMap { ContentRange(parsing: $0) } }
        set { self[.contentRange] = newValue?.description }
    }

    /// Where the page may load from.
    public var contentSecurityPolicy: ContentSecurityPolicy? {
        get { self[.contentSecurityPolicy].map { ContentSecurityPolicy(parsing: $0) } }
        set { self[.contentSecurityPolicy] = newValue?.description }
    }

    /// What caches may do with the response.
    public var cacheControl: ResponseCacheControl {
        get { ResponseCacheControl(parsing: combined(.cacheControl) ?? "") }
        set { self[.cacheControl] = newValue.isEmpty ? nil : newValue.description }
    }

    /// What the client asks of caches.
    public var requestCacheControl: RequestCacheControl {
        RequestCacheControl(parsing: combined(.cacheControl) ?? "")
    }

    /// The fields of the request that the response depends on.
    public var vary: HeaderSet {
        get { HeaderSet(parsing: combined(.vary) ?? "") }
        set { self[.vary] = newValue.isEmpty ? nil : newValue.description }
    }

    /// The methods that the resource allows.
    public var allow: HeaderSet {
        get { HeaderSet(parsing: combined(.allow) ?? "") }
        set { self[.allow] = newValue.isEmpty ? nil : newValue.description }
    }
}

// MARK: - What the client accepts

extension Headers {
    /// The media types that the client accepts.
    public var accept: MediaTypeAccept { MediaTypeAccept(parsing: combined(.accept)) }

    /// The languages that the client accepts.
    public var acceptLanguage: LanguageAccept { LanguageAccept(parsing: combined(.acceptLanguage)) }

    /// The content codings that the client accepts.
    public var acceptEncoding: EncodingAccept { EncodingAccept(parsing: combined(.acceptEncoding)) }

    /// The charsets that the client accepts.
    public var acceptCharset: CharsetAccept {
        CharsetAccept(parsing: HTTPField.Name("Accept-Charset").flatMap { combined($0) })
    }
}

// MARK: - Versions

extension Headers {
    /// The tag of this version.
    public var etag: EntityTag? {
        get { self[.eTag].flatMap { EntityTag(parsing: $0) } }
        set { self[.eTag] = newValue?.description }
    }

    /// When this version was made.
    public var lastModified: HTTPDate? {
        get { date(.lastModified) }
        set { self[.lastModified] = newValue?.description }
    }

    /// When the response was made.
    public var date: HTTPDate? {
        get { date(.date) }
        set { self[.date] = newValue?.description }
    }

    /// From when on the response is stale.
    public var expires: HTTPDate? {
        get { date(.expires) }
        set { self[.expires] = newValue?.description }
    }

    /// For how many seconds the response was in caches.
    public var age: Int? {
        get { self[.age].flatMap { FieldSyntax.decimal($0.utf8) } }
        set { self[.age] = newValue.map { String(Swift.max(0, $0)) } }
    }

    /// The versions that the client expects one of.
    public var ifMatch: EntityTagList? { combined(.ifMatch).map { EntityTagList(parsing: $0) } }

    /// The versions that the client has.
    public var ifNoneMatch: EntityTagList? { combined(.ifNoneMatch).map { EntityTagList(parsing: $0) } }

    /// When the version that the client has was made.
    public var ifModifiedSince: HTTPDate? { date(.ifModifiedSince) }

    /// When the version that the client expects was made.
    public var ifUnmodifiedSince: HTTPDate? { date(.ifUnmodifiedSince) }

    /// The version that the range is of.
    public var ifRange: IfRange? { self[.ifRange].flatMap { IfRange(parsing: $0) } }

    /// The ranges that the client asks for; nil where there are none or the field is to be ignored.
    public var range: ByteRanges? { self[.range].flatMap { ByteRanges(parsing: $0) } }

    private func date(_ name: HTTPField.Name) -> HTTPDate? {
        self[name].flatMap { HTTPDate(parsing: $0) }
    }
}

// MARK: - Who the client is

extension Headers {
    /// What the client sends to prove who it is.
    public var authorization: Authorization? { self[.authorization].flatMap { Authorization(parsing: $0) } }

    /// The cookies that the client sends. Lines are joined as HTTP/2 clients part them (RFC 9113 §8.2.3).
    ///
    /// - Throws: ``TooManyParameters`` where there are more than `limit`.
    public func cookies(limit: Int = 100) throws(TooManyParameters) -> Parameters {
        try Parameters(cookies: self[values: .cookie].joined(separator: "; "), limit: limit)
    }
}
