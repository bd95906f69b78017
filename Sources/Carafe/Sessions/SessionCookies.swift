import CarafeHTTP
import CarafeSigning
import HTTPTypes
import Logging
import Synchronization

/// Reads and writes the session cookie as Flask does, and the id of a stored session.
struct SessionCookies: Sendable {
    let store: (any SessionStore)?
    private let serializer: SessionCookieSerializer?
    private let idSigner: TimestampSigner?
    private let settings: Settings
    private let logger: Logger

    /// What the configuration says of the cookie.
    private struct Settings: Sendable {
        var name: String
        var domain: String?
        var path: String
        var isHTTPOnly: Bool
        var isSecure: Bool
        var isPartitioned: Bool
        var sameSite: SetCookie.SameSite?
        var lifetime: Int
        var refreshes: Bool
        var maxSize: Int
    }

    init(config: Config, store: (any SessionStore)?, logger: Logger) throws(SigningError) {
        self.store = store
        self.logger = logger
        settings = Settings(
            name: config.sessionCookieName, domain: config.sessionCookieDomain,
            path: config.sessionCookiePath ?? config.applicationRoot, isHTTPOnly: config.sessionCookieHTTPOnly,
            isSecure: config.sessionCookieSecure, isPartitioned: config.sessionCookiePartitioned,
            sameSite: config.sessionCookieSameSite.flatMap { name in
                SetCookie.SameSite.allCases.first { $0.rawValue.lowercased() == name.lowercased() }
            },
            lifetime: config.permanentSessionLifetime, refreshes: config.sessionRefreshEachRequest,
            maxSize: config.maxCookieSize)
        guard let secret = config.secretKey, !secret.isEmpty else {
            serializer = nil
            idSigner = nil
            return
        }
        let keys = try SecretKeys(current: secret, fallbacks: config.secretKeyFallbacks)
        serializer = SessionCookieSerializer(secretKeys: keys)
        idSigner = try TimestampSigner(secretKeys: keys, salt: "carafe-session-id")
    }

    /// Whether a session that nobody looked at may be a permanent one, whose cookie is to be renewed.
    func mayRenew(_ request: Request) -> Bool {
        settings.refreshes && serializer != nil && request.headers.contains(.cookie)
    }

    // MARK: - Opening

    /// The session that the request's cookie holds; an empty one where it holds none that can be trusted.
    func openCookieSession(_ request: Request) -> Session {
        guard let serializer else { return Session([:], isNew: true, isAvailable: false) }
        guard let cookie = request.cookies[settings.name],
            let values = try? serializer.loads(cookie, maxAge: .seconds(settings.lifetime))
        else { return Session([:], isNew: true) }
        return Session(values, isNew: false)
    }

    /// The session that the store has for the id in the request's cookie.
    func openStoredSession(_ request: Request, _ store: any SessionStore) async throws -> Session {
        guard let idSigner else { return Session([:], isNew: true, isAvailable: false) }
        guard let cookie = request.cookies[settings.name],
            let id = try? idSigner.unsign(cookie, maxAge: .seconds(settings.lifetime)),
            let values = try await store.load(id: id)
        else { return Session([:], isNew: true) }
        return Session(values, isNew: false, id: id)
    }

    // MARK: - Saving

    func cookieValue(of session: Session) throws -> String {
        guard let serializer else { return "" }
        return try serializer.dumps(session.snapshot)
    }

    func cookieValue(ofID id: String) throws -> String { idSigner?.sign(id) ?? "" }

    /// Writes a session that was changed, or must be kept alive, and returns its id.
    func write(_ session: Session, to store: any SessionStore) async throws -> String {
        if let id = session.formerID { try await store.delete(id: id) }
        let values = session.snapshot
        if values.isEmpty {
            if session.isModified, let id = session.id { try await store.delete(id: id) }
            return ""
        }
        let id = session.id ?? generateSecretKey()
        if session.isModified || isRefreshed(values) {
            try await store.save(id: id, values: values, lifetime: settings.lifetime)
        }
        return id
    }

    /// Sets, renews or deletes the cookie, by Flask's rules: `Vary` where the session was read, deletion where it was
    /// emptied, the cookie where it was changed or is permanent.
    func save(_ session: Session, _ response: inout Response, _ context: Context, _ value: () throws -> String) throws {
        guard session.isAvailable else {
            guard session.isModified else { return }
            // The answer to this very error has no session to save.
            context.state.withLock { $0.session = nil }
            throw SessionUnavailable()
        }
        if session.isAccessed { response.headers.vary.insert("Cookie") }
        let values = session.snapshot
        if values.isEmpty {
            guard session.isModified else { return }
            var ended = cookie("")
            ended.maxAge = 0
            ended.expires = HTTPDate(secondsSinceEpoch: 0)
            try response.headers.setCookie(ended)
            response.headers.vary.insert("Cookie")
            return
        }
        guard session.isModified || isRefreshed(values) else { return }
        let isPermanent = values["_permanent"]?.bool ?? false
        var cookie = try cookie(value())
        if isPermanent { cookie.expires = HTTPDate.now.advanced(by: settings.lifetime) }
        try response.headers.setCookie(cookie)
        response.headers.vary.insert("Cookie")
        let size = try cookie.fieldValue().utf8.count
        if settings.maxSize > 0, size > settings.maxSize {
            logger.warning(
                """
                The session cookie is \(size) bytes large; browsers ignore cookies over \(settings.maxSize). Keep less \
                in the session, or keep it on the server with app.useSessionStore.
                """)
        }
    }

    private func isRefreshed(_ values: SessionObject) -> Bool {
        settings.refreshes && values["_permanent"]?.bool ?? false
    }

    private func cookie(_ value: String) -> SetCookie {
        var cookie = SetCookie(settings.name, value)
        cookie.domain = settings.domain
        cookie.path = settings.path
        cookie.isHTTPOnly = settings.isHTTPOnly
        cookie.isSecure = settings.isSecure
        cookie.isPartitioned = settings.isPartitioned
        cookie.sameSite = settings.sameSite
        return cookie
    }
}
