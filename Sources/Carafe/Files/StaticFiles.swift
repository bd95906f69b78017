import CarafeHTTP
import HTTPTypes

/// The static files of an app or blueprint: what `static` serves.
///
/// A file is sent as ``File`` sends it. Besides, where `style.css.br` or `style.css.gz` lies next to `style.css` and
/// is not older, a client that accepts the coding gets that one. And the address that `url(for: "static", …)` makes
/// names the file's content (`/static/style.css?v=…`): under it, the client keeps the file for a year without asking.
final class StaticFiles: Sendable {
    private let folder: Folder
    private let maxAge: Int?
    private let hashes: ContentHashes

    /// - Parameters:
    ///   - folder: the folder's path; it need not exist
    ///   - maxAge: how many seconds clients may keep a file without asking; nil makes them ask each time
    ///   - hashLimit: files of more bytes are not read for their hash
    init(folder: String, maxAge: Int?, hashLimit: Int = ContentHashes.defaultLimit) {
        self.folder = Folder(folder)
        self.maxAge = maxAge
        hashes = ContentHashes(limit: hashLimit)
    }

    /// The answer to a request for a file.
    ///
    /// - Parameter path: the path inside the folder, percent-decoded
    /// - Throws: ``Abort`` with 404 where there is no file that may be sent, with 416 where the range lies outside.
    func response(for request: Request, path: String) throws -> Response {
        guard let file = try folder.open(path) else { throw Abort(.notFound) }
        var representation = File(path).representation(of: file.version, maxAge: maxAge)
        if try isCurrent(request, file) { representation.freshness = .immutable }
        guard representation.contentEncoding == nil, Self.mayBeCompressed(representation.contentType) else {
            return try representation.response(for: request, sending: file)
        }
        let chosen = try compressed(file, path: path, for: request, &representation)
        return try representation.response(for: request, sending: chosen)
    }

    /// Whether there is a file to answer with, for a path inside the folder.
    func contains(_ path: String) -> Bool { folder.path(of: path).flatMap { FileVersion(path: $0) } != nil }

    /// A short hash of a file's content, for addresses that change with it; nil where there is no such file.
    func contentHash(of path: String) -> String? {
        guard let location = folder.path(of: path) else { return nil }
        // A page may name many files: one that has not changed costs a look at it, not an opening.
        if let version = FileVersion(path: location), let hash = hashes.known(version) { return hash }
        guard let file = try? folder.open(path) else { return nil }
        return try? hashes.hash(of: file)
    }

    // MARK: - Compressed siblings

    /// The codings that are looked for, the one that compresses best first, with the ends of the files' names.
    private static let codings = [(name: "br", suffix: ".br"), (name: "gzip", suffix: ".gz")]

    /// The sibling that the client likes best, if it likes it no less than the file as it is; otherwise the file.
    private func compressed(
        _ original: consuming OpenFile, path: String, for request: Request, _ representation: inout FileRepresentation
    ) throws -> OpenFile {
        let version = original.version
        var chosen = original
        var best = 0.0
        for coding in Self.codings where best < 1 {
            guard let sibling = try folder.open(path + coding.suffix), !sibling.version.isOlder(than: version) else {
                continue
            }
            representation.varies = true
            let accepted = request.headers.acceptEncoding
            let quality = accepted.quality(of: coding.name)
            guard quality > best, quality >= accepted.quality(of: "identity") else { continue }
            best = quality
            representation.contentEncoding = coding.name
            representation.etag = EntityTag(sibling.version.tag + "-" + coding.name)
            representation.lastModified = sibling.version.lastModified
            chosen = sibling
        }
        return chosen
    }

    /// The beginnings of types that are compressed by their nature; looking for siblings of those would be in vain.
    private static let compactTypes = [
        "image/avif", "image/gif", "image/heic", "image/heif", "image/jpeg", "image/jxl", "image/png", "image/webp",
        "audio/", "video/", "font/woff", "application/zip", "application/x-7z", "application/vnd.rar",
        "application/zstd", "application/epub", "application/vnd.openxmlformats",
    ]

    private static func mayBeCompressed(_ contentType: String) -> Bool {
        !compactTypes.contains { contentType.utf8.starts(with: $0.utf8) }
    }

    // MARK: - Addresses that change with the content

    /// Whether the address names the content that the file has now.
    private func isCurrent(_ request: Request, _ file: borrowing OpenFile) throws -> Bool {
        guard let query = request.head.target.rawQuery, let hash = (try? Parameters(urlEncoded: query))?["v"] else {
            return false
        }
        return try hash.utf8.elementsEqual(hashes.hash(of: file).utf8)
    }
}
