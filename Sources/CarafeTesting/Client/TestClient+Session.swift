public import Carafe
import NIOCore
import Synchronization

extension TestClient {
    /// Opens the client's session, lets `body` read and change it, and keeps what was changed for the next request
    /// (Flask's `session_transaction`).
    ///
    /// ```swift
    /// try await client.session { $0["user_id"] = 1 }
    /// let page = try await client.get("/account")
    /// let id: Int? = try await client.session { $0["user_id"] }
    /// ```
    @discardableResult
    public func session<Result>(_ body: (Session) async throws -> Result) async throws -> Result {
        let message = withCookies(
            TestMessage(method: .get, url: TestURL("/", query: [:]), headers: [:], content: .none))
        let request = try message.request(body: RequestBody())
        let (result, response) = try await app.withSession(of: request, body)
        keepCookies(of: response.headers, from: message.url)
        return result
    }

    /// The messages that were flashed and wait for a page that shows them; they stay.
    public func flashes() async throws -> [FlashedMessage] {
        try await session { $0.flashes }
    }
}
