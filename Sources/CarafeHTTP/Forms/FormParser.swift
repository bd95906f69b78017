public import NIOCore

/// Parses the forms of requests: `multipart/form-data` and `application/x-www-form-urlencoded`.
///
/// ```swift
/// guard let parser = try FormParser(contentType: contentType) else { return FormData() }
/// let form = try await parser.parse(request.body)
/// ```
public struct FormParser: Sendable {
    private enum Encoding: Sendable {
        case urlEncoded
        case multipart(MultipartDelimiter)
    }

    private let encoding: Encoding
    private let limits: FormLimits
    private let spool: UploadSpool

    /// A parser for content of this type; nil where the type is not a form's.
    ///
    /// - Throws: ``FormError`` of kind `malformed` where it is `multipart/form-data` without a usable boundary.
    public init?(
        contentType: String, limits: FormLimits = FormLimits(), spool: UploadSpool = UploadSpool()
    ) throws(FormError) {
        let bytes = Array(contentType.utf8)
        let type = bytes.prefix { $0 != Ascii.semicolon && !Octet.isSpaceOrTab($0) }.map(FieldSyntax.lowercased)
        if type.elementsEqual("application/x-www-form-urlencoded".utf8) {
            encoding = .urlEncoded
        } else if type.elementsEqual("multipart/form-data".utf8) {
            let boundary = HeaderParameters(bytes)?["boundary"] ?? []
            encoding = .multipart(try MultipartDelimiter(boundary: boundary))
        } else {
            return nil
        }
        self.limits = limits
        self.spool = spool
    }

    /// Parses content that has arrived completely, at once: no task, no temporary file. The uploads are slices of
    /// `bytes`, which are in memory as it is, so ``FormLimits/spoolThreshold`` plays no part.
    public func parse(_ bytes: ByteBuffer) throws(FormError) -> FormData {
        switch encoding {
        case .urlEncoded:
            var parser = URLEncodedParser(limits: limits)
            try parser.append(bytes)
            return try FormData(fields: parser.finish())
        case .multipart(let delimiter):
            var parser = MultipartParser(delimiter: delimiter, limits: limits)
            var collector = FormCollector(limits: limits, spool: spool)
            parser.append(bytes)
            parser.finish()
            while let event = try parser.next() { collector.takeSlice(event) }
            return collector.form
        }
    }

    /// Parses content as it arrives; files that are large go to temporary files.
    ///
    /// Content that is there already is parsed without waiting for anything.
    ///
    /// - Throws: ``FormError``, what reading the body throws, or ``UploadError`` where a temporary file cannot be
    ///   written. The temporary files are gone then.
    public func parse(_ body: RequestBody) async throws -> FormData {
        if let bytes = body.buffered { return try parse(bytes) }
        switch encoding {
        case .urlEncoded:
            var parser = URLEncodedParser(limits: limits)
            for try await bytes in body { try parser.append(bytes) }
            return try FormData(fields: parser.finish())
        case .multipart(let delimiter):
            let reader = MultipartReader(body: body, parser: MultipartParser(delimiter: delimiter, limits: limits))
            var collector = FormCollector(limits: limits, spool: spool)
            while let event = try await reader.next(isolation: nil) { try await collector.take(event) }
            return collector.form
        }
    }

    /// The parts of a multipart form as they arrive, without temporary files: the caller decides where the bytes go.
    ///
    /// ```swift
    /// for try await part in try parser.parts(of: request.body) where part.filename != nil {
    ///     for try await chunk in part { try await store.append(chunk) }
    /// }
    /// ```
    ///
    /// - Throws: ``FormError`` of kind `notMultipart` where the form is not `multipart/form-data`.
    public func parts(of body: RequestBody) throws(FormError) -> FormParts {
        guard case .multipart(let delimiter) = encoding else {
            throw FormError(
                kind: .notMultipart, message: "The form is not sent as multipart/form-data.",
                hint: "Write enctype=\"multipart/form-data\" at the HTML form, or use parse(_:).")
        }
        return FormParts(body: body, parser: MultipartParser(delimiter: delimiter, limits: limits))
    }
}

extension FormData {
    fileprivate init(fields: Parameters) {
        self.init()
        self.fields = fields
    }
}
