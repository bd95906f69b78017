public import CarafeHTTP
public import NIOCore
import Synchronization

extension Request {
    /// The most bytes that this request's content may have: the app's configuration says how many, unless the route
    /// (`maxContentLength:`) does; a hook or handler may say otherwise before the content is read.
    public var maxContentLength: Int {
        get {
            guard let context = appContext else { return 16 * 1024 * 1024 }
            return context.state.withLock { $0.maxContentLength } ?? context.plan.maxContentLength
                ?? context.app.maxContentLength
        }
        set {
            appContext?.state.withLock { $0.maxContentLength = newValue }
            body.limit = newValue
        }
    }

    /// All of the content (Flask's `get_data`).
    ///
    /// - Throws: ``ContentTooLarge`` past ``maxContentLength``, ``ContentInterrupted`` where it does not come whole.
    public func data() async throws -> ByteBuffer {
        try await body.collect(upTo: maxContentLength)
    }

    /// All of the content as UTF-8; bytes that are not are replaced.
    ///
    /// - Throws: ``ContentTooLarge``, ``ContentInterrupted``
    public func text() async throws -> String { String(buffer: try await data()) }

    /// The content read as JSON.
    ///
    /// ```swift
    /// let post = try await request.json(as: NewPost.self)
    /// ```
    ///
    /// - Parameter force: whether to read it whatever its `Content-Type`
    /// - Throws: 415 where the content is not JSON by its type, ``JSONDecodingError`` (400) that names the place of a
    ///   mistake.
    public func json<Value: Decodable>(as type: Value.Type = Value.self, force: Bool = false) async throws -> Value {
        try decodeJSON(type, from: try await data(), force: force)
    }

    /// Whether the content is JSON by its type: `application/json` or `application/…+json`.
    public var isJSON: Bool { headers.contentType?.isJSON ?? false }

    func decodeJSON<Value: Decodable>(_ type: Value.Type, from bytes: ByteBuffer, force: Bool = false) throws -> Value {
        if !force { try requireJSON() }
        return try JSONReader().decode(type, from: bytes)
    }

    /// - Throws: 415 where the content is not JSON by its type.
    func requireJSON() throws {
        guard isJSON else {
            throw Abort(
                .unsupportedMediaType,
                "Did not attempt to load JSON data because the request Content-Type was not 'application/json'.")
        }
    }

    /// All of the content, where it has arrived; nil where it has not.
    ///
    /// - Throws: ``ContentTooLarge``
    func arrivedContent() throws(ContentTooLarge) -> ByteBuffer? {
        guard let bytes = body.buffered else { return nil }
        guard bytes.readableBytes <= maxContentLength else { throw ContentTooLarge(limit: maxContentLength) }
        return bytes
    }

    // MARK: - Forms

    /// The content read as a form, urlencoded or multipart; it is read once and kept. Content of another type is an
    /// empty form.
    ///
    /// ```swift
    /// let form = try await request.form()
    /// let title = form.fields["title"] ?? ""
    /// ```
    ///
    /// - Throws: ``FormError``: 400 where it is malformed, 413 past the limits of the configuration.
    public func form() async throws -> FormData {
        if let form = appContext?.state.withLock({ $0.form }) { return form }
        var form = FormData()
        if let parser = try formParser() {
            body.limit = maxContentLength
            if let length = body.contentLength, length > maxContentLength {
                throw ContentTooLarge(limit: maxContentLength)
            }
            if let bytes = try arrivedContent() {
                form = try parser.parse(bytes)
            } else {
                form = try await parser.parse(body)
            }
        }
        appContext?.touch()
        appContext?.state.withLock { [form] in $0.form = form }
        return form
    }

    /// The parts of a multipart form as they arrive, for uploads that are too large to keep.
    ///
    /// - Throws: 415 where the content is no multipart form; while it is read ``FormError``, ``ContentTooLarge`` past
    ///   ``maxContentLength``.
    public func formParts() throws -> FormParts {
        guard let parser = try formParser() else { throw Abort(.unsupportedMediaType) }
        body.limit = maxContentLength
        return try parser.parts(of: body)
    }

    private func formParser() throws -> FormParser? {
        try FormParser(
            contentType: headers[.contentType] ?? "", limits: appContext?.app.formLimits ?? FormLimits())
    }

    /// The form, where it has been read: what handler parameters take it from.
    var loadedForm: FormData? { appContext?.state.withLock { $0.form } }

    /// Reads all of the content that the handler's parameters need.
    func loadBody() async throws {
        if try formParser() != nil {
            _ = try await form()
        } else {
            _ = try await data()
        }
    }

    /// The same without waiting, for content that has arrived.
    ///
    /// - Throws: 415 where there is content of another type, beside what ``form()`` throws.
    func loadBufferedForm() throws -> FormData {
        if let form = loadedForm { return form }
        guard let parser = try formParser() else {
            if head.framing == .none { return FormData() }
            throw Abort(
                .unsupportedMediaType,
                "The request's content is no form: its Content-Type is neither 'multipart/form-data' nor "
                    + "'application/x-www-form-urlencoded'.")
        }
        guard let bytes = try arrivedContent() else { return FormData() }
        let form = try parser.parse(bytes)
        appContext?.touch()
        appContext?.state.withLock { $0.form = form }
        return form
    }
}
