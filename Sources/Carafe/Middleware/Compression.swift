public import CarafeHTTP
import HTTPTypes
import NIOCore

/// Sends text compressed to clients that take it so: as brotli where the system has its library, else as gzip.
///
/// ```swift
/// app.use(Compression())
/// ```
///
/// What is sent piece by piece is compressed piece by piece, server-sent events too. Compressed responses have weak entity tags
/// (`If-None-Match` goes on to match), no length, and no ranges. Left alone are small responses, other types, what is encoded
/// already, parts of files, and what says `Cache-Control: no-transform`: a page that has a secret next to text of the client's
/// choosing should say so, for its length tells of both (BREACH).
public struct Compression: Middleware {
    /// The smallest content that is compressed, in bytes; 500. Content of unknown length always is.
    public var minimumSize = 500

    /// The media types that are compressed; `text/*` stands for all of a kind, `*+json` for all types with that suffix.
    public var types = [
        "text/*", "*+json", "*+xml", "application/json", "application/javascript", "application/xml",
        "application/wasm",
        "application/manifest+json", "image/svg+xml", "image/bmp", "font/ttf", "font/otf",
    ]

    /// How hard gzip tries: 1 to 9; 6.
    public var gzipLevel = 6

    /// How hard brotli tries: 0 to 11; 4. Higher levels are for files that are compressed once.
    public var brotliLevel = 4

    /// Whether brotli is used where its library is there.
    public var usesBrotli = true

    /// Compression with the defaults.
    public init() {}

    /// Compresses the response where it may and the client takes it.
    public func respond(to request: Request, next: any Responder) -> Reply {
        next.respond(to: request).map { self.compressed($0, for: request) }
    }

    private func compressed(_ response: Response, for request: Request) -> Response {
        var response = response
        if response.status == .notModified {
            // It says what the page itself would.
            response.headers.vary.insert("Accept-Encoding")
            return response
        }
        guard isEligible(response, request) else { return response }
        response.headers.vary.insert("Accept-Encoding")
        guard let coding = coding(for: request), let encoder = encoder(for: coding) else { return response }
        guard let body = CompressedBody(response.body, encoder) else { return response }
        response.body = body.body
        response.headers[.contentEncoding] = coding.rawValue
        for name in [HTTPField.Name.contentLength, .acceptRanges] { response.headers.remove(name) }
        if let tag = response.headers.etag, !tag.isWeak { response.headers.etag = EntityTag(tag.value, isWeak: true) }
        return response
    }

    // MARK: - What is compressed

    /// What these say of the content would not be true any more (RFC 9530).
    private static let digests = [BodyDigest.content, BodyDigest.representation].compactMap { $0 }

    private func isEligible(_ response: Response, _ request: Request) -> Bool {
        let (status, headers) = (response.status.code, response.headers)
        guard status >= 200, ![204, 205, 206].contains(status), !headers.contains(.contentEncoding),
            !headers.contains(.contentRange), !Self.digests.contains(where: { headers.contains($0) }),
            let type = headers.contentType, isCompressed(type), !headers.cacheControl.noTransform
        else { return false }
        switch response.body.storage {
        case .webSocket, .tunnel: return false
        // A HEAD may bring nothing but the length that a GET would have.
        case .empty: return request.method == .head && headers.contentLength ?? 0 >= minimumSize
        default: return response.body.length.map { $0 >= minimumSize } ?? true
        }
    }

    private func isCompressed(_ type: MediaType) -> Bool {
        let name = "\(type.type)/\(type.subtype)".utf8
        return types.contains { entry in
            let entry = entry.utf8
            if entry.last == UInt8(ascii: "*") { return name.starts(with: entry.dropLast()) }
            guard entry.first == UInt8(ascii: "*") else { return name.elementsEqual(entry) }
            return name.count > entry.count && name.suffix(entry.count - 1).elementsEqual(entry.dropFirst())
        }
    }

    /// The coding that the client likes best, if it likes it no less than none; of those that it likes alike, the better one.
    private func coding(for request: Request) -> ContentCoding? {
        let accepted = request.headers.acceptEncoding
        guard accepted.isProvided else { return nil }
        var best: (coding: ContentCoding, quality: Double)?
        for coding in [ContentCoding.brotli, .gzip] where coding != .brotli || usesBrotli && coding.isAvailable {
            let quality = accepted.quality(of: coding.rawValue)
            guard quality > best?.quality ?? 0, quality >= accepted.quality(of: "identity") else { continue }
            best = (coding, quality)
        }
        return best?.coding
    }

    private func encoder(for coding: ContentCoding) -> (any ContentEncoder)? {
        coding.encoder(level: coding == .brotli ? brotliLevel : gzipLevel)
    }
}
