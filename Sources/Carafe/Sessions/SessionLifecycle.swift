import CarafeHTTP
import CarafeSigning
import HTTPTypes
import Logging
import Synchronization

extension Request {
    /// The client's session. It is opened when it is first asked for; a cookie that was tampered with, has expired or
    /// cannot be read is an empty session.
    public var session: Session {
        guard let context = appContext else { return Session([:], isNew: true, isAvailable: false) }
        if let session = context.state.withLock({ $0.session }) { return session }
        let opened = context.app.sessions.openCookieSession(self)
        context.touch()
        return context.state.withLock { state in
            if let session = state.session { return session }
            state.session = opened
            return opened
        }
    }
}

extension CompiledApp {
    /// Opens the session where it is kept in a store, which takes waiting. One in a cookie opens by itself.
    nonisolated(nonsending) func openSession(
        in store: any SessionStore, _ request: Request, _ context: Context
    ) async throws {
        let session = try await sessions.openStoredSession(request, store)
        context.touch()
        context.state.withLock { $0.session = session }
    }

    /// Saves the session into its cookie, where it was changed or is permanent.
    func saveCookieSession(_ response: inout Response, _ request: Request, _ context: Context) throws {
        guard let session = context.state.withLock({ $0.session }) ?? untouchedSession(request) else { return }
        try sessions.save(session, &response, context) { try sessions.cookieValue(of: session) }
    }

    /// The session that no code looked at, where its cookie may have to be renewed.
    private func untouchedSession(_ request: Request) -> Session? {
        sessions.mayRenew(request) ? sessions.openCookieSession(request) : nil
    }

    /// Saves the session into the store that keeps it.
    nonisolated(nonsending) func saveSession(
        in store: any SessionStore, _ response: inout Response, _ request: Request, _ context: Context
    ) async throws {
        guard let session = context.state.withLock({ $0.session }) else { return }
        let id = try await sessions.write(session, to: store)
        try sessions.save(session, &response, context) { try sessions.cookieValue(ofID: id) }
    }
}
