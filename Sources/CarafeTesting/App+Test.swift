public import Carafe

/// How a ``TestClient`` reaches the app.
public enum TestTransport: Sendable {
    /// Without a socket: the client hands its requests to the app as the server does.
    case inMemory
    /// Through a server that listens on a free port of 127.0.0.1.
    case server
}

extension App {
    /// Starts the app, gives `body` a client for it, and stops the app.
    ///
    /// ```swift
    /// @Test("the front page greets") func frontPage() async throws {
    ///     try await app.test { client in
    ///         let response = try await client.get("/")
    ///         #expect(response.status == .ok)
    ///         #expect(response.text == "Hello, World!")
    ///     }
    /// }
    /// ```
    ///
    /// Nothing of the app is replaced: routing, hooks, sessions, error handlers and limits are those that a server's
    /// requests meet, and the start-up and shutdown hooks run. The same app may be tested any number of times; what it
    /// keeps in memory stays.
    ///
    /// - Parameters:
    ///   - transport: whether requests go over a socket
    ///   - usesCookies: whether the client keeps the cookies that it is given, as a browser does
    /// - Throws: ``ConfigurationError`` where the app is put together wrongly, and what `body` throws
    @discardableResult
    public func test<Result>(
        _ transport: TestTransport = .inMemory, usesCookies: Bool = true,
        _ body: (TestClient) async throws -> Result
    ) async throws -> Result {
        let responder = try await start()
        let templates = TemplateRecorder()
        let recording = signals.templateRendered.connect { templates.record($0) }
        defer { recording.disconnect() }
        do {
            let result: Result
            switch transport {
            case .inMemory:
                let transport = InMemoryTransport(responder, limits: serverConfiguration.limits)
                result = try await body(
                    TestClient(
                        app: self, transport: transport, templates: templates, usesCookies: usesCookies))
            case .server:
                result = try await SocketTransport.serve(self) { transport in
                    try await body(
                        TestClient(
                            app: self, transport: transport, templates: templates, usesCookies: usesCookies))
                }
            }
            await stop()
            return result
        } catch {
            await stop()
            throw error
        }
    }
}
