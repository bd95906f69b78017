public import Carafe
import NIOCore
import Synchronization

/// Sends requests to an app in a test. ``Carafe/App/test(_:usesCookies:_:)`` makes one.
///
/// ```swift
/// let response = try await client.post("/login", .form(["username": "ada", "password": "lovelace"]))
/// #expect(response.status == .seeOther)
/// ```
///
/// A path is sent as it is written, with bytes that no URL may contain percent-encoded. An absolute URL, such as
/// `http://api.example.com/`, sends the request to that host of the same app.
public final class TestClient: Sendable {
    let app: App
    let transport: any Transport
    let templates: TemplateRecorder
    let usesCookies: Bool
    let jar = Mutex(CookieJar())

    init(app: App, transport: any Transport, templates: TemplateRecorder, usesCookies: Bool) {
        self.app = app
        self.transport = transport
        self.templates = templates
        self.usesCookies = usesCookies
    }

    // MARK: - Requests

    /// Sends a GET request.
    ///
    /// - Parameters:
    ///   - path: the path, with or without a query, or an absolute URL
    ///   - query: values that are added to the query
    ///   - headers: header fields
    ///   - authorization: what the `Authorization` field says
    ///   - followRedirects: whether redirects are followed; ``TestResponse/history`` has those that were
    public func get(
        _ path: String, query: Parameters = [:], headers: Headers = [:], authorization: Authorization? = nil,
        followRedirects: Bool = false
    ) async throws -> TestResponse {
        try await request(
            .get, path, query: query, headers: headers, authorization: authorization, followRedirects: followRedirects)
    }

    /// Sends a HEAD request.
    public func head(
        _ path: String, query: Parameters = [:], headers: Headers = [:], authorization: Authorization? = nil,
        followRedirects: Bool = false
    ) async throws -> TestResponse {
        try await request(
            .head, path, query: query, headers: headers, authorization: authorization, followRedirects: followRedirects)
    }

    /// Sends an OPTIONS request.
    public func options(
        _ path: String, query: Parameters = [:], headers: Headers = [:], authorization: Authorization? = nil
    ) async throws -> TestResponse {
        try await request(.options, path, query: query, headers: headers, authorization: authorization)
    }

    /// Sends a POST request.
    ///
    /// - Parameters:
    ///   - path: the path, with or without a query, or an absolute URL
    ///   - content: the content, such as `.form(["a": "1"])` or `.json(post)`
    ///   - query: values that are added to the query
    ///   - headers: header fields
    ///   - authorization: what the `Authorization` field says
    ///   - followRedirects: whether redirects are followed; ``TestResponse/history`` has those that were
    public func post(
        _ path: String, _ content: TestContent = .none, query: Parameters = [:], headers: Headers = [:],
        authorization: Authorization? = nil, followRedirects: Bool = false
    ) async throws -> TestResponse {
        try await request(
            .post, path, content, query: query, headers: headers, authorization: authorization,
            followRedirects: followRedirects)
    }

    /// Sends a PUT request.
    public func put(
        _ path: String, _ content: TestContent = .none, query: Parameters = [:], headers: Headers = [:],
        authorization: Authorization? = nil, followRedirects: Bool = false
    ) async throws -> TestResponse {
        try await request(
            .put, path, content, query: query, headers: headers, authorization: authorization,
            followRedirects: followRedirects)
    }

    /// Sends a PATCH request.
    public func patch(
        _ path: String, _ content: TestContent = .none, query: Parameters = [:], headers: Headers = [:],
        authorization: Authorization? = nil, followRedirects: Bool = false
    ) async throws -> TestResponse {
        try await request(
            .patch, path, content, query: query, headers: headers, authorization: authorization,
            followRedirects: followRedirects)
    }

    /// Sends a DELETE request.
    public func delete(
        _ path: String, _ content: TestContent = .none, query: Parameters = [:], headers: Headers = [:],
        authorization: Authorization? = nil, followRedirects: Bool = false
    ) async throws -> TestResponse {
        try await request(
            .delete, path, content, query: query, headers: headers, authorization: authorization,
            followRedirects: followRedirects)
    }

    /// Sends a request of any method and reads the whole response.
    ///
    /// - Throws: ``RedirectError`` where redirects are followed and cannot be; whatever ends the content of a response
    ///   early
    public func request(
        _ method: HTTPRequest.Method, _ path: String, _ content: TestContent = .none, query: Parameters = [:],
        headers: Headers = [:], authorization: Authorization? = nil, followRedirects: Bool = false
    ) async throws -> TestResponse {
        let message = try message(method, path, content, query, headers, authorization)
        let response = try await exchange(message)
        return followRedirects ? try await follow(response, to: message) : response
    }

    /// Sends a request and gives `body` the response while its content arrives. When `body` returns, the client goes
    /// away, whether or not the content has ended.
    ///
    /// ```swift
    /// try await client.stream(.get, "/events") { response in
    ///     for try await line in response.lines { #expect(line == "data: 1"); break }
    /// }
    /// ```
    public func stream<Result>(
        _ method: HTTPRequest.Method, _ path: String, _ content: TestContent = .none, query: Parameters = [:],
        headers: Headers = [:], authorization: Authorization? = nil,
        _ body: (StreamedResponse) async throws -> Result
    ) async throws -> Result {
        let message = try message(method, path, content, query, headers, authorization)
        let incoming = try await transport.send(message)
        keepCookies(of: incoming.headers, from: message.url)
        do {
            let result = try await body(StreamedResponse(incoming))
            await incoming.end()
            return result
        } catch {
            await incoming.end()
            throw error
        }
    }

    // MARK: - The steps of a request

    private func message(
        _ method: HTTPRequest.Method, _ path: String, _ content: TestContent, _ query: Parameters,
        _ headers: Headers, _ authorization: Authorization?
    ) throws -> TestMessage {
        var headers = headers
        if let authorization { headers[.authorization] = authorization.description }
        if let type = content.contentType, !headers.contains(.contentType) { headers[.contentType] = type }
        return TestMessage(
            method: method, url: TestURL(path, query: query), headers: headers, content: content.storage)
    }

    /// Sends a request and reads its response.
    func exchange(_ message: TestMessage) async throws -> TestResponse {
        let incoming = try await transport.send(withCookies(message))
        keepCookies(of: incoming.headers, from: message.url)
        return try await whole(incoming, to: message)
    }

    /// Reads the rest of a response.
    func whole(_ incoming: IncomingResponse, to message: TestMessage) async throws -> TestResponse {
        do {
            let body = try await incoming.body.collect()
            await incoming.end()
            return TestResponse(
                method: message.method, url: message.url.description, status: incoming.status,
                headers: incoming.headers, body: body, trailers: incoming.body.trailers, request: incoming.request,
                templates: incoming.request.map(templates.take) ?? [])
        } catch {
            await incoming.end()
            throw error
        }
    }
}
