import Carafe

/// A redirect that the client does not follow.
public struct RedirectError: Error, Sendable, CustomStringConvertible {
    /// What happened.
    public let description: String
}

extension TestClient {
    /// How many redirects are followed before it is called a loop.
    private static let redirectLimit = 20

    /// Follows redirects: 307 and 308 with the same method and content, the others with GET (or HEAD).
    func follow(_ response: TestResponse, to message: TestMessage) async throws -> TestResponse {
        var message = message
        var response = response
        var history: [TestResponse] = []
        while let location = response.location, response.isRedirect {
            guard history.count < Self.redirectLimit else {
                throw RedirectError(description: "Loop detected: more than \(Self.redirectLimit) redirects.")
            }
            let url = message.url.resolving(location)
            guard url.host == message.url.host else {
                throw RedirectError(description: "Following external redirects is not supported: \(location)")
            }
            message.url = url
            if response.status.code != 307 && response.status.code != 308 {
                if message.method != .head { message.method = .get }
                message.content = .none
                message.headers[.contentType] = nil
            }
            history.append(response)
            response = try await exchange(message)
        }
        response.history = history
        return response
    }
}
