/// What caches may do with a response (`Cache-Control` of a response, RFC 9111 §5.2.2).
///
/// ```swift
/// var cacheControl = ResponseCacheControl()
/// cacheControl.isPublic = true
/// cacheControl.maxAge = 3600
/// response.headers.cacheControl = cacheControl   // Cache-Control: public, max-age=3600
/// ```
public struct ResponseCacheControl: Sendable, CustomStringConvertible {
    private var directives: CacheDirectives

    /// No directive.
    public init() {
        directives = CacheDirectives()
    }

    /// The directives of a field; unknown ones are kept, malformed ones are as good as absent.
    public init(parsing value: String) {
        directives = CacheDirectives(parsing: value)
    }

    /// The field's value.
    public var description: String { directives.description }

    /// Whether there is no directive, and so no field to be sent.
    public var isEmpty: Bool { directives.items.isEmpty }

    /// `public`: every cache may store it.
    public var isPublic: Bool {
        get { directives.contains("public") }
        set { directives.set("public", newValue) }
    }

    /// `private`: only the client's own cache may store it.
    public var isPrivate: Bool {
        get { directives.contains("private") }
        set { directives.set("private", newValue) }
    }

    /// The fields that `private` is limited to; setting some sets the directive too.
    public var privateFields: [String] {
        get { directives.fields("private") }
        set { directives.set("private", fields: newValue) }
    }

    /// `no-cache`: it may be stored, but is validated before each use.
    public var noCache: Bool {
        get { directives.contains("no-cache") }
        set { directives.set("no-cache", newValue) }
    }

    /// The fields that `no-cache` is limited to; setting some sets the directive too.
    public var noCacheFields: [String] {
        get { directives.fields("no-cache") }
        set { directives.set("no-cache", fields: newValue) }
    }

    /// `no-store`: it may not be stored at all.
    public var noStore: Bool {
        get { directives.contains("no-store") }
        set { directives.set("no-store", newValue) }
    }

    /// `max-age`: it is fresh for so many seconds.
    public var maxAge: Int? {
        get { directives.seconds("max-age") }
        set { directives.set("max-age", seconds: newValue) }
    }

    /// `s-maxage`: the same for shared caches.
    public var sharedMaxAge: Int? {
        get { directives.seconds("s-maxage") }
        set { directives.set("s-maxage", seconds: newValue) }
    }

    /// `must-revalidate`: once stale, it is not used without validation.
    public var mustRevalidate: Bool {
        get { directives.contains("must-revalidate") }
        set { directives.set("must-revalidate", newValue) }
    }

    /// `proxy-revalidate`: the same for shared caches.
    public var proxyRevalidate: Bool {
        get { directives.contains("proxy-revalidate") }
        set { directives.set("proxy-revalidate", newValue) }
    }

    /// `must-understand`: only caches that know the status may store it.
    public var mustUnderstand: Bool {
        get { directives.contains("must-understand") }
        set { directives.set("must-understand", newValue) }
    }

    /// `no-transform`: the content is not to be changed on its way.
    public var noTransform: Bool {
        get { directives.contains("no-transform") }
        set { directives.set("no-transform", newValue) }
    }

    /// `immutable`: while fresh it never changes (RFC 8246).
    public var isImmutable: Bool {
        get { directives.contains("immutable") }
        set { directives.set("immutable", newValue) }
    }

    /// `stale-while-revalidate`: for so many seconds it may be used while it is validated (RFC 5861).
    public var staleWhileRevalidate: Int? {
        get { directives.seconds("stale-while-revalidate") }
        set { directives.set("stale-while-revalidate", seconds: newValue) }
    }

    /// `stale-if-error`: for so many seconds it may be used in place of an error (RFC 5861).
    public var staleIfError: Int? {
        get { directives.seconds("stale-if-error") }
        set { directives.set("stale-if-error", seconds: newValue) }
    }
}
