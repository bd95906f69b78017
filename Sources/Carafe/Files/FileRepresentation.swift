import CarafeHTTP
import HTTPTypes

/// What is said of a file when it is sent, and the way from there to a response: conditions first, then ranges
/// (RFC 9110 §13.2.2).
struct FileRepresentation {
    /// How long the client may keep it.
    enum Freshness: Equatable {
        /// It asks each time: `no-cache`.
        case validated
        /// So many seconds; with none of them it asks each time.
        case seconds(Int)
        /// For ever: the address changes with the content.
        case immutable
    }

    var contentType: String
    var contentEncoding: String?
    var disposition: ContentDisposition?
    var freshness: Freshness
    var etag: EntityTag?
    var lastModified: HTTPDate?
    /// Whether another client may get the file in another coding.
    var varies = false
    /// Whether the request's conditions and ranges are heeded.
    var isConditional = true

    /// The response with the file, a part of it, or the news that the client has it already.
    ///
    /// - Throws: ``Abort`` with 416 where the range lies outside of the file, and ``InvalidFieldValue`` where the
    ///   content type cannot be a header field.
    func response(for request: Request, sending file: consuming OpenFile) throws -> Response {
        let whole = 0..<file.version.size
        // Conditions and ranges are for reading. What another method has done is done.
        guard isConditional, request.method == .get || request.method == .head else {
            return Response(headers: try fields(acceptsRanges: false), body: file.body(whole))
        }
        switch Preconditions(request.headers).evaluate(method: request.method, etag: etag, lastModified: lastModified) {
        case .preconditionFailed:
            return Response(status: .preconditionFailed, headers: validators)
        case .notModified:
            return Response(status: .notModified, headers: try notModifiedFields())
        case .proceed(let isRangeApplicable):
            guard isRangeApplicable, let range = try self.range(of: request, length: whole.count) else {
                return Response(headers: try fields(acceptsRanges: true), body: file.body(whole))
            }
            var headers = try fields(acceptsRanges: true)
            headers.contentRange = ContentRange(range, length: whole.count)
            return Response(status: .partialContent, headers: headers, body: file.body(range))
        }
    }

    /// The one range to send; nil where the whole is to be sent: of several ranges none is singled out, a field that
    /// cannot be read is ignored, and an empty file has no parts.
    private func range(of request: Request, length: Int) throws -> Range<Int>? {
        guard length > 0, let ranges = request.headers.range else { return nil }
        switch ranges.resolved(length: length) {
        case .unsatisfiable:
            throw Abort(
                .rangeNotSatisfiable,
                headers: [.contentRange: ContentRange.unsatisfiable(length: length).description])
        case .ranges(let ranges):
            return ranges.count == 1 ? ranges.first : nil
        }
    }

    // MARK: - Header fields

    private func fields(acceptsRanges: Bool) throws(InvalidFieldValue) -> Headers {
        var headers = Headers()
        if let disposition { try headers.append(disposition.description, for: .contentDisposition) }
        try headers.append(contentType, for: .contentType)
        if let contentEncoding { try headers.append(contentEncoding, for: .contentEncoding) }
        if let lastModified { try headers.append(lastModified.description, for: .lastModified) }
        try appendCaching(to: &headers)
        if acceptsRanges { try headers.append("bytes", for: .acceptRanges) }
        return headers
    }

    /// What a cache updates its copy with. `Last-Modified` only stands in for a tag (RFC 9110 §15.4.5).
    private func notModifiedFields() throws(InvalidFieldValue) -> Headers {
        var headers = Headers()
        if let disposition { try headers.append(disposition.description, for: .contentDisposition) }
        if etag == nil, let lastModified { try headers.append(lastModified.description, for: .lastModified) }
        try appendCaching(to: &headers)
        try headers.append("bytes", for: .acceptRanges)
        return headers
    }

    /// What tells the client of the current version why its condition failed.
    private var validators: Headers {
        var headers = Headers()
        headers.etag = etag
        headers.lastModified = lastModified
        return headers
    }

    private func appendCaching(to headers: inout Headers) throws(InvalidFieldValue) {
        switch freshness {
        case .validated:
            try headers.append("no-cache", for: .cacheControl)
        case .immutable:
            try headers.append("public, max-age=31536000, immutable", for: .cacheControl)
        case .seconds(let seconds):
            let seconds = max(0, seconds)
            try headers.append("\(seconds > 0 ? "public" : "no-cache"), max-age=\(seconds)", for: .cacheControl)
            try headers.append(HTTPDate.now.advanced(by: seconds).description, for: .expires)
        }
        if let etag { try headers.append(etag.description, for: .eTag) }
        if varies { try headers.append("Accept-Encoding", for: .vary) }
    }
}
