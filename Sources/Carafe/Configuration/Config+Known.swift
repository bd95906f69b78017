extension Config {
    /// Signs sessions; keep it long, random and out of the source (`SECRET_KEY`).
    public var secretKey: String? {
        get { try? string("SECRET_KEY") }
        set { self["SECRET_KEY"] = newValue.map(JSONValue.string) }
    }

    /// Former secret keys, whose sessions are still read, the oldest first (`SECRET_KEY_FALLBACKS`).
    public var secretKeyFallbacks: [String] {
        get { (try? strings("SECRET_KEY_FALLBACKS")) ?? [] }
        set { self["SECRET_KEY_FALLBACKS"] = .array(newValue.map(JSONValue.string)) }
    }

    /// Whether errors are shown in the browser (`DEBUG`); never in production.
    public var debug: Bool {
        get { (try? bool("DEBUG")) ?? false }
        set { self["DEBUG"] = .bool(newValue) }
    }

    /// How long a permanent session lives, in seconds; 31 days by default (`PERMANENT_SESSION_LIFETIME`).
    public var permanentSessionLifetime: Int {
        get { (try? int("PERMANENT_SESSION_LIFETIME")) ?? 31 * 24 * 3600 }
        set { self["PERMANENT_SESSION_LIFETIME"] = .int(newValue) }
    }

    /// Whether a permanent session's cookie is sent again with every response; true by default
    /// (`SESSION_REFRESH_EACH_REQUEST`).
    public var sessionRefreshEachRequest: Bool {
        get { (try? bool("SESSION_REFRESH_EACH_REQUEST")) ?? true }
        set { self["SESSION_REFRESH_EACH_REQUEST"] = .bool(newValue) }
    }

    /// The session cookie's name; `session` by default (`SESSION_COOKIE_NAME`).
    public var sessionCookieName: String {
        get { (try? string("SESSION_COOKIE_NAME")) ?? "session" }
        set { self["SESSION_COOKIE_NAME"] = .string(newValue) }
    }

    /// The domain that the session cookie is sent to; by default the host alone (`SESSION_COOKIE_DOMAIN`).
    public var sessionCookieDomain: String? {
        get { try? string("SESSION_COOKIE_DOMAIN") }
        set { self["SESSION_COOKIE_DOMAIN"] = newValue.map(JSONValue.string) }
    }

    /// The path that the session cookie is sent to; by default the application root (`SESSION_COOKIE_PATH`).
    public var sessionCookiePath: String? {
        get { try? string("SESSION_COOKIE_PATH") }
        set { self["SESSION_COOKIE_PATH"] = newValue.map(JSONValue.string) }
    }

    /// Whether scripts cannot read the session cookie; true by default (`SESSION_COOKIE_HTTPONLY`).
    public var sessionCookieHTTPOnly: Bool {
        get { (try? bool("SESSION_COOKIE_HTTPONLY")) ?? true }
        set { self["SESSION_COOKIE_HTTPONLY"] = .bool(newValue) }
    }

    /// Whether the session cookie is sent over HTTPS only; as a certificate is configured unless set
    /// (`SESSION_COOKIE_SECURE`).
    public var sessionCookieSecure: Bool {
        get { (try? bool("SESSION_COOKIE_SECURE")) ?? (runCertificate != nil) }
        set { self["SESSION_COOKIE_SECURE"] = .bool(newValue) }
    }

    /// Whether the session cookie is kept apart for each embedding site (`SESSION_COOKIE_PARTITIONED`).
    public var sessionCookiePartitioned: Bool {
        get { (try? bool("SESSION_COOKIE_PARTITIONED")) ?? false }
        set { self["SESSION_COOKIE_PARTITIONED"] = .bool(newValue) }
    }

    /// `Lax`, `Strict` or `None`: with which requests of other sites the session cookie is sent
    /// (`SESSION_COOKIE_SAMESITE`).
    public var sessionCookieSameSite: String? {
        get { try? string("SESSION_COOKIE_SAMESITE") }
        set { self["SESSION_COOKIE_SAMESITE"] = newValue.map(JSONValue.string) }
    }

    /// The most bytes that a request's content may have; 16 MiB by default (`MAX_CONTENT_LENGTH`).
    public var maxContentLength: Int {
        get { (try? int("MAX_CONTENT_LENGTH")) ?? 16 * 1024 * 1024 }
        set { self["MAX_CONTENT_LENGTH"] = .int(newValue) }
    }

    /// The most bytes that a form's fields may have in memory; 500,000 by default (`MAX_FORM_MEMORY_SIZE`).
    public var maxFormMemorySize: Int {
        get { (try? int("MAX_FORM_MEMORY_SIZE")) ?? 500_000 }
        set { self["MAX_FORM_MEMORY_SIZE"] = .int(newValue) }
    }

    /// The most parts that a form may have; 1,000 by default (`MAX_FORM_PARTS`).
    public var maxFormParts: Int {
        get { (try? int("MAX_FORM_PARTS")) ?? 1_000 }
        set { self["MAX_FORM_PARTS"] = .int(newValue) }
    }

    /// The size from which a cookie is too large for browsers, and a warning is logged; 4093 bytes by default, 0 for
    /// never (`MAX_COOKIE_SIZE`).
    public var maxCookieSize: Int {
        get { (try? int("MAX_COOKIE_SIZE")) ?? 4093 }
        set { self["MAX_COOKIE_SIZE"] = .int(newValue) }
    }

    /// How long browsers may keep a file without asking, in seconds; nil makes them ask each time
    /// (`SEND_FILE_MAX_AGE_DEFAULT`).
    public var sendFileMaxAge: Int? {
        get { try? int("SEND_FILE_MAX_AGE_DEFAULT") }
        set { self["SEND_FILE_MAX_AGE_DEFAULT"] = newValue.map(JSONValue.int) }
    }

    /// The host and port by which the app is known, for URLs outside a request and for subdomains (`SERVER_NAME`).
    public var serverName: String? {
        get { try? string("SERVER_NAME") }
        set { self["SERVER_NAME"] = newValue.map(JSONValue.string) }
    }

    /// The file of the certificate that the app is served with, or `adhoc` for a throw-away one; nil for none
    /// (`RUN_CERT`). The app must have TLS: the product `CarafeTLS`.
    public var runCertificate: String? {
        get { try? string("RUN_CERT") }
        set { self["RUN_CERT"] = newValue.map(JSONValue.string) }
    }

    /// The file of the certificate's private key; nil where it is in the certificate's file (`RUN_KEY`).
    public var runKey: String? {
        get { try? string("RUN_KEY") }
        set { self["RUN_KEY"] = newValue.map(JSONValue.string) }
    }

    /// The path that the app is mounted below; `/` by default (`APPLICATION_ROOT`).
    public var applicationRoot: String {
        get { (try? string("APPLICATION_ROOT")) ?? "/" }
        set { self["APPLICATION_ROOT"] = .string(newValue) }
    }

    /// The scheme of URLs built outside a request; `https` where a certificate is configured, else `http`, unless set
    /// (`PREFERRED_URL_SCHEME`).
    public var preferredURLScheme: String {
        get { (try? string("PREFERRED_URL_SCHEME")) ?? (runCertificate == nil ? "http" : "https") }
        set { self["PREFERRED_URL_SCHEME"] = .string(newValue) }
    }

    /// The hosts that requests may be for, `.example.com` with its subdomains; others get 400. Nil allows every host
    /// (`TRUSTED_HOSTS`).
    public var trustedHosts: [String]? {
        get { try? strings("TRUSTED_HOSTS") }
        set { self["TRUSTED_HOSTS"] = newValue.map { .array($0.map(JSONValue.string)) } }
    }

    /// Whether OPTIONS is answered for every route; true by default (`PROVIDE_AUTOMATIC_OPTIONS`).
    public var provideAutomaticOptions: Bool {
        get { (try? bool("PROVIDE_AUTOMATIC_OPTIONS")) ?? true }
        set { self["PROVIDE_AUTOMATIC_OPTIONS"] = .bool(newValue) }
    }

    /// Whether the keys of JSON objects are sorted (`JSON_SORT_KEYS`); off by default, unlike Flask's, because it
    /// costs time.
    public var jsonSortKeys: Bool {
        get { (try? bool("JSON_SORT_KEYS")) ?? false }
        set { self["JSON_SORT_KEYS"] = .bool(newValue) }
    }

    /// The form of the access log, which has one line for each request; nil for none. By default it is `common` in
    /// debug mode and none otherwise (`ACCESS_LOG`: `common`, `combined`, `json`, a pattern of gunicorn's, or `off`).
    public var accessLog: AccessLogFormat? {
        get {
            guard let name = try? string("ACCESS_LOG") else { return debug ? .common : nil }
            return AccessLogFormat(name)
        }
        set { self["ACCESS_LOG"] = .string(newValue?.text ?? "off") }
    }

    /// How everything but the access log is written; `text` by default (`LOG_FORMAT`: `text` or `json`).
    public var logFormat: LogFormat {
        get { (try? string("LOG_FORMAT")).flatMap { LogFormat(rawValue: $0.lowercased()) } ?? .text }
        set { self["LOG_FORMAT"] = .string(newValue.rawValue) }
    }

    /// The port on which health probes are answered alone, at the host of the app; nil for none (`HEALTH_PORT`). See ``Health``.
    public var healthPort: Int? {
        get { (try? int("HEALTH_PORT")).flatMap { 0...65535 ~= $0 ? $0 : nil } }
        set { self["HEALTH_PORT"] = newValue.map(JSONValue.int) }
    }

    /// Whether the log tells, for errors that nobody expected, which of the app's calls led to them (`TRACEBACKS`).
    public var tracebacks: Bool {
        get { (try? bool("TRACEBACKS")) ?? false }
        set { self["TRACEBACKS"] = .bool(newValue) }
    }

    /// Whether a template that has changed counts from the next request; as ``debug`` unless set
    /// (`TEMPLATES_AUTO_RELOAD`).
    public var templatesAutoReload: Bool {
        get { (try? bool("TEMPLATES_AUTO_RELOAD")) ?? debug }
        set { self["TEMPLATES_AUTO_RELOAD"] = .bool(newValue) }
    }

    /// Whether each search for a template is logged (`EXPLAIN_TEMPLATE_LOADING`).
    public var explainTemplateLoading: Bool {
        get { (try? bool("EXPLAIN_TEMPLATE_LOADING")) ?? false }
        set { self["EXPLAIN_TEMPLATE_LOADING"] = .bool(newValue) }
    }
}
