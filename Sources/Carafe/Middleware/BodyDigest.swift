public import CarafeHTTP
import HTTPTypes
import NIOCore

/// Holds the content of requests against the digests that come with it (RFC 9530), so that what was damaged or changed on its way
/// never reaches the app; and adds such digests to responses by choice.
///
/// ```swift
/// app.use(BodyDigest())
/// ```
///
/// SHA-256 and SHA-512 count, in `Content-Digest` and in `Repr-Digest`; other algorithms are passed over. A content that does not
/// match, or a field that cannot be read, is a 400. To digest what ``Compression`` has made, use this one first.
public struct BodyDigest: Middleware {
    /// Whether a content without a digest is a 400; false.
    public var isRequired = false

    /// The most bytes that are read for a digest before the app sees the request; 16 MiB. More is a 413.
    public var limit = 16 * 1024 * 1024

    /// Whether responses whose content is at hand get a `Content-Digest`; false.
    public var addsToResponses = false

    /// Digests that are verified where they come.
    public init() {}

    /// Verifies the request's content, and has `next` answer.
    public func respond(to request: Request, next: any Responder) -> Reply {
        let expected: [ContentDigest]
        do throws(Refusal) {
            expected = try digests(of: request)
        } catch {
            return .now(error.response)
        }
        guard !expected.isEmpty else { return finished(next.respond(to: request), request) }
        if let content = request.body.buffered {
            guard content.readableBytes <= limit else { return .now(Refusal.tooLarge.response) }
            guard expected.allSatisfy({ $0.matches(content) }) else { return .now(Refusal.mismatch.response) }
            return finished(next.respond(to: request), request)
        }
        return finished(.later { await answer(request, expected, next) }, request)
    }

    private nonisolated(nonsending) func answer(
        _ request: Request, _ expected: [ContentDigest], _ next: any Responder
    ) async -> Response {
        do {
            // What is collected is kept for the app.
            let content = try await request.body.collect(upTo: limit)
            guard expected.allSatisfy({ $0.matches(content) }) else { return Refusal.mismatch.response }
            return await next.respond(to: request).response
        } catch is ContentTooLarge {
            return Refusal.tooLarge.response
        } catch {
            let isSlow = (error as? ContentInterrupted)?.reason == .tooSlow
            return Refusal(status: isSlow ? .requestTimeout : .badRequest, text: "The content is incomplete.").response
        }
    }

    // MARK: - What is expected

    private struct Refusal: Error {
        var status: HTTPResponse.Status = .badRequest
        let text: String

        static let mismatch = Refusal(text: "The content does not match its digest.")

        static let tooLarge = Refusal(status: .contentTooLarge, text: "The content is too large to be verified.")

        var response: Response { Response("\(status.code) \(status.reasonPhrase)\n\(text)\n", status: status) }
    }

    private func digests(of request: Request) throws(Refusal) -> [ContentDigest] {
        let headers = request.headers
        // Of a part, the digest of the whole says nothing.
        let names = headers.contains(.contentRange) ? [Self.content] : [Self.content, Self.representation]
        var digests: [ContentDigest] = []
        for name in names.compactMap({ $0 }) {
            guard let value = headers.combined(name) else { continue }
            guard let digest = ContentDigest(parsing: value) else {
                throw Refusal(text: "\(name.rawName) is malformed.")
            }
            if digest.isKnown { digests.append(digest) }
        }
        if digests.isEmpty, isRequired, request.head.framing != .none {
            throw Refusal(text: "The content has no Content-Digest with sha-256 or sha-512.")
        }
        return digests
    }

    static let content = HTTPField.Name("Content-Digest")
    static let representation = HTTPField.Name("Repr-Digest")

    // MARK: - Responses

    private func finished(_ reply: Reply, _ request: Request) -> Reply {
        guard addsToResponses, request.method != .head, let name = Self.content else { return reply }
        return reply.map { response in
            guard !response.headers.contains(name), ![204, 205, 304].contains(response.status.code) else {
                return response
            }
            let content: ByteBuffer
            switch response.body.storage {
            case .string(let text): content = ByteBuffer(string: text)
            case .bytes(let bytes): content = bytes
            default: return response
            }
            var response = response
            response.headers[name] = ContentDigest(of: content, .sha256).description
            return response
        }
    }
}
