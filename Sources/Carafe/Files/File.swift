public import CarafeHTTP
import HTTPTypes

/// A file as the answer (Flask's `send_file` and `send_from_directory`). It is sent by the system, without being read
/// into memory.
///
/// ```swift
/// app.get("/report") { File("reports/2024.pdf", asAttachment: true, downloadName: "report.pdf") }
/// app.get("/uploads/<path:name>") { (name: String) in File(name, in: "uploads") }
/// ```
///
/// Without a folder the path is trusted. A path that comes from a client needs a folder (`in:`): the file then lies in
/// it, also after all symbolic links, and names that begin with a dot are not sent. Relative paths and folders count
/// from ``App/root``.
///
/// The response has `Content-Type`, `Content-Disposition`, `Last-Modified`, `ETag` and `Cache-Control`. GET and HEAD
/// requests may be conditional (304, 412); a GET may ask for one range (206, or 416 where it lies outside of the
/// file). Where several ranges are asked for, the whole file is sent, as RFC 9110 §14.2 allows. What does not exist,
/// may not be read or is not a regular file is 404.
public struct File: ResponseConvertible, Sendable {
    /// The file's path; in the folder, where there is one.
    public var path: String
    /// The folder that the file must lie in; without one, the path is trusted.
    public var folder: String?
    /// Whether the client is to save the file rather than show it.
    public var isAttachment: Bool
    /// The name to save it under; by default its own. It also tells the content type.
    public var downloadName: String?
    /// The content type; by default it follows from the name. Text gets `charset=utf-8` unless it names a charset.
    public var contentType: String?
    /// How many seconds the client may keep the file without asking; nil for `SEND_FILE_MAX_AGE_DEFAULT`.
    public var maxAge: Int?
    /// Whether the version is told by a tag, made of the time of the last change and the size.
    public var sendsETag: Bool
    /// Whether the time of the last change is told.
    public var sendsLastModified: Bool
    /// Whether the request's conditions and ranges are heeded.
    public var isConditional: Bool

    /// A file to send.
    public init(
        _ path: String, in folder: String? = nil, asAttachment: Bool = false, downloadName: String? = nil,
        contentType: String? = nil, maxAge: Int? = nil, etag: Bool = true, lastModified: Bool = true,
        conditional: Bool = true
    ) {
        self.path = path
        self.folder = folder
        isAttachment = asAttachment
        self.downloadName = downloadName
        self.contentType = contentType
        self.maxAge = maxAge
        sendsETag = etag
        sendsLastModified = lastModified
        isConditional = conditional
    }

    /// The file, a part of it, or 304.
    ///
    /// - Throws: ``Abort`` with 404 where there is no such file and with 416 where the range lies outside of it.
    public func response(for request: Request) throws -> Response {
        try response(for: request, root: request.appContext?.app.root ?? ".", maxAge: request.config.sendFileMaxAge)
    }

    /// The steps of ``response(for:)``.
    ///
    /// - Parameters:
    ///   - root: the folder that relative paths count from
    ///   - defaultMaxAge: what counts where the file names no ``maxAge``
    func response(for request: Request, root: String, maxAge defaultMaxAge: Int?) throws -> Response {
        guard let file = try open(root: root) else { throw Abort(.notFound) }
        let representation = representation(of: file.version, maxAge: maxAge ?? defaultMaxAge)
        return try representation.response(for: request, sending: file)
    }

    private func open(root: String) throws -> OpenFile? {
        guard let folder else { return try OpenFile(Self.join(root, path)) }
        return try Folder(Self.join(root, folder)).open(path)
    }

    /// What is said of the file in a version of it.
    func representation(of version: FileVersion, maxAge: Int?) -> FileRepresentation {
        let name = downloadName ?? Self.lastPart(path)
        let guess = contentType == nil ? MIMETypes.guess(name) : MIMETypes.Guess()
        return FileRepresentation(
            contentType: contentType.map(MIMETypes.withCharset) ?? guess.type ?? MIMETypes.unknown,
            // A browser would unpack what it is to save.
            contentEncoding: isAttachment ? nil : guess.encoding, disposition: disposition(name),
            freshness: maxAge.map { .seconds($0) } ?? .validated, etag: sendsETag ? EntityTag(version.tag) : nil,
            lastModified: sendsLastModified ? version.lastModified : nil, isConditional: isConditional)
    }

    /// A name with control characters cannot stand in a header field; the client then names the file itself.
    private func disposition(_ name: String) -> ContentDisposition? {
        isAttachment
            ? (try? .attachment(filename: name)) ?? (try? .attachment())
            : try? .inline(filename: name)
    }

    private static func join(_ root: String, _ path: String) -> String {
        path.utf8.first == UInt8(ascii: "/") ? path : root + "/" + path
    }

    private static func lastPart(_ path: String) -> String {
        String(Substring(path.utf8.split(separator: UInt8(ascii: "/")).last ?? path.utf8[...]))
    }
}
