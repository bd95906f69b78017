/// What a client asks of the caches on its way (`Cache-Control` of a request, RFC 9111 §5.2.1).
public struct RequestCacheControl: Sendable, CustomStringConvertible {
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

    /// `no-cache`: a stored response only after it was validated.
    public var noCache: Bool {
        get { directives.contains("no-cache") }
        set { directives.set("no-cache", newValue) }
    }

    /// `no-store`: nothing of this exchange may be stored.
    public var noStore: Bool {
        get { directives.contains("no-store") }
        set { directives.set("no-store", newValue) }
    }

    /// `max-age`: no response older than so many seconds.
    public var maxAge: Int? {
        get { directives.seconds("max-age") }
        set { directives.set("max-age", seconds: newValue) }
    }

    /// `max-stale`: a response that has been stale for so many seconds will do; `Int.max` where there is no limit.
    public var maxStale: Int? {
        get {
            guard let value = directives.value("max-stale") else { return nil }
            return value == nil ? Int.max : directives.seconds("max-stale")
        }
        set {
            if newValue == Int.max {
                directives.set("max-stale", true)
            } else {
                directives.set("max-stale", seconds: newValue)
            }
        }
    }

    /// `min-fresh`: a response that stays fresh for so many seconds.
    public var minFresh: Int? {
        get { directives.seconds("min-fresh") }
        set { directives.set("min-fresh", seconds: newValue) }
    }

    /// `no-transform`: the content is not to be changed on its way.
    public var noTransform: Bool {
        get { directives.contains("no-transform") }
        set { directives.set("no-transform", newValue) }
    }

    /// `only-if-cached`: a stored response or none.
    public var onlyIfCached: Bool {
        get { directives.contains("only-if-cached") }
        set { directives.set("only-if-cached", newValue) }
    }

    /// `stale-if-error`: a response stale for so many seconds in place of an error (RFC 5861).
    public var staleIfError: Int? {
        get { directives.seconds("stale-if-error") }
        set { directives.set("stale-if-error", seconds: newValue) }
    }
}
