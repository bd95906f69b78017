public import NIOCore

/// The parts of a multipart form, in order, as they arrive.
///
/// They can be gone through once: they are read from the request's body.
public struct FormParts: AsyncSequence, Sendable {
    /// A part whose content is still arriving.
    public typealias Element = FormPart

    let body: RequestBody
    let parser: MultipartParser

    /// Begins to read the form.
    public func makeAsyncIterator() -> Iterator {
        Iterator(reader: MultipartReader(body: body, parser: parser))
    }

    /// Gives one part after the other.
    public struct Iterator: AsyncIteratorProtocol {
        let reader: MultipartReader

        /// The next part, nil at the form's end. What is left of the part before is skipped.
        ///
        /// - Throws: ``FormError``, or what reading the body throws.
        public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async throws -> FormPart? {
            while let event = try await reader.next(isolation: actor) {
                if case .partBegan(let part) = event {
                    return FormPart(header: part, reader: reader, number: reader.part)
                }
            }
            return nil
        }

        /// The next part, nil at the form's end. What is left of the part before is skipped.
        ///
        /// - Throws: ``FormError``, or what reading the body throws.
        public mutating func next() async throws -> FormPart? { try await next(isolation: nil) }
    }
}

/// One part of a multipart form whose content is still arriving: a sequence of its bytes.
///
/// It has to be read before the next part is asked for, and once.
public struct FormPart: AsyncSequence {
    /// Bytes of the content, never none.
    public typealias Element = ByteBuffer

    /// What the part's header says: its name, its filename and its Content-Type.
    public let header: MultipartPart
    private let reader: MultipartReader
    private let number: Int

    init(header: MultipartPart, reader: MultipartReader, number: Int) {
        self.header = header
        self.reader = reader
        self.number = number
    }

    /// The name of the form's field.
    public var name: String { header.name }

    /// The name that the client gives the file; nil for a field. Never use it as a path on the server.
    public var filename: String? { header.filename }

    /// The part's content in pieces.
    public func makeAsyncIterator() -> Iterator { Iterator(reader: reader, number: number) }

    /// Reads one piece after the other.
    public struct Iterator: AsyncIteratorProtocol {
        let reader: MultipartReader
        let number: Int

        /// The next piece, nil at the part's end.
        ///
        /// - Throws: ``FormError``, of kind `partPassed` where the next part has been asked for already; or what
        ///   reading the body throws.
        public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async throws -> ByteBuffer? {
            guard reader.part == number else {
                throw FormError(
                    kind: .partPassed,
                    message: "The content of a part was read after the next part had been asked for.",
                    hint: "Read each part inside the loop over the parts.")
            }
            guard reader.isInPart, case .partData(let bytes) = try await reader.next(isolation: actor) else {
                return nil
            }
            return bytes
        }

        /// The next piece, nil at the part's end.
        ///
        /// - Throws: ``FormError``, of kind `partPassed` where the next part has been asked for already; or what
        ///   reading the body throws.
        public mutating func next() async throws -> ByteBuffer? { try await next(isolation: nil) }
    }

    /// All of the part's content.
    ///
    /// - Throws: ``FormError`` of kind `tooLarge` where there are more than `limit` bytes, and what reading throws.
    public func collect(
        upTo limit: Int, isolation actor: isolated (any Actor)? = #isolation
    ) async throws -> ByteBuffer {
        var content = ByteBuffer()
        var iterator = makeAsyncIterator()
        while let piece = try await iterator.next(isolation: actor) {
            guard piece.readableBytes <= limit - content.readableBytes else {
                throw FormError(
                    kind: .tooLarge, message: "A part of the form is larger than \(limit) bytes.",
                    hint: "The argument of collect(upTo:) sets the limit.")
            }
            content.writeImmutableBuffer(piece)
        }
        return content
    }
}

/// Reads a request's body and parses it, an event at a time.
final class MultipartReader {
    private var iterator: RequestBody.Iterator
    private var parser: MultipartParser
    /// The number of parts that have begun.
    private(set) var part = 0
    /// Whether the content of that part is not at its end.
    private(set) var isInPart = false
    private var isFinished = false

    init(body: RequestBody, parser: MultipartParser) {
        iterator = body.makeAsyncIterator()
        self.parser = parser
    }

    /// The next event, nil after the last.
    func next(isolation actor: isolated (any Actor)?) async throws -> MultipartParser.Event? {
        while true {
            if let event = try parser.next() {
                note(event)
                return event
            }
            if isFinished { return nil }
            if let bytes = try await iterator.next(isolation: actor) {
                parser.append(bytes)
            } else {
                parser.finish()
            }
        }
    }

    private func note(_ event: MultipartParser.Event) {
        switch event {
        case .partBegan:
            part += 1
            isInPart = true
        case .partData: break
        case .partEnded: isInPart = false
        case .finished: isFinished = true
        }
    }
}
