public import CarafeHTTP
public import HTTPTypes

/// Content that is sent while it is made.
///
/// ```swift
/// app.get("/large.csv") { Stream(contentType: "text/csv; charset=utf-8") { writer in
///     for try await row in rows { try await writer.write(row.csv) }
/// } }
/// ```
///
/// Each write waits until the client has taken what went before, so a stream of any length needs little memory. The
/// request's context (session, `g`) stays readable until the stream ends; changes to the session are too late.
public struct Stream: ResponseConvertible {
    private let status: HTTPResponse.Status
    private let contentType: String
    private let length: Int?
    private let write: @Sendable (ResponseWriter) async throws -> Void

    /// A stream.
    ///
    /// - Parameters:
    ///   - contentType: the media type
    ///   - length: the number of bytes, where it is known
    ///   - write: writes the content; an error that it throws breaks the connection off, so that the client sees
    ///     that the content is incomplete
    public init(
        contentType: String = "text/plain; charset=utf-8", status: HTTPResponse.Status = .ok, length: Int? = nil,
        _ write: @escaping @Sendable (ResponseWriter) async throws -> Void
    ) {
        self.contentType = contentType
        self.status = status
        self.length = length
        self.write = write
    }

    /// A stream of the pieces of a sequence, each sent as it comes.
    public init<Pieces: AsyncSequence & Sendable>(
        contentType: String = "text/plain; charset=utf-8", status: HTTPResponse.Status = .ok, _ pieces: Pieces
    ) where Pieces.Element == String {
        self.init(contentType: contentType, status: status) { writer in
            for try await piece in pieces { try await writer.write(piece) }
        }
    }

    /// The response; its content runs in the request's context.
    public func response(for request: Request) throws -> Response {
        var headers = Headers()
        try headers.set(contentType, for: .contentType)
        return Response(
            status: status, headers: headers,
            body: .stream(length: length) { [write] writer in
                try await CurrentRequest.$request.withValue(request) { try await write(writer) }
            })
    }
}
