public import NIOCore

/// Parses `multipart/form-data` (RFC 7578), a piece at a time, without input or output of its own.
///
/// ```swift
/// var parser = try MultipartParser(boundary: "x")
/// parser.append(bytes)
/// while let event = try parser.next() { … }
/// parser.finish()
/// while let event = try parser.next() { … }
/// ```
///
/// However the bytes are cut, the events are the same, but for where the content of a part is cut. The work is linear
/// in the bytes, and at most ``FormLimits/partHeaderBytes`` and one delimiter are held between two pieces.
///
/// It is stricter than Werkzeug, which tolerates most of the following and answers the rest with an empty form: lines
/// end with CRLF alone, as every browser and HTTP client sends them; a line that begins with the delimiter is a
/// delimiter and nothing else (RFC 2046 §5.1.1); a part has one Content-Disposition with one name; the form ends with
/// its closing delimiter. Content-Transfer-Encoding is ignored (RFC 7578 §4.7 deprecates it).
public struct MultipartParser: Sendable {
    /// What the parser finds.
    public enum Event: Sendable {
        /// A part begins.
        case partBegan(MultipartPart)
        /// Bytes of the part's content, never none; the pieces in order are the content.
        case partData(ByteBuffer)
        /// The part is complete.
        case partEnded
        /// The form is complete; no event follows.
        case finished
    }

    private enum State {
        /// Before the first byte: a delimiter needs no CRLF here.
        case start
        case preamble
        /// After a delimiter, which `endsPart` or is the first.
        case delimiterTail(endsPart: Bool)
        case header
        /// At the CRLF of the empty line after the header, which begins a delimiter where the part has no content.
        case emptyLine
        case content
        case epilogue
        case finished
        case failed(FormError)
    }

    /// What one step comes to.
    private enum Step {
        case event(Event)
        case proceed
        case needsBytes
        case end
    }

    /// White space after a delimiter, which gateways may add (RFC 2046 §5.1.1), is accepted to this length.
    private static let maximumPadding = 128

    private let delimiter: MultipartDelimiter
    private let limits: FormLimits
    private var state = State.start
    private var buffer = ByteBuffer()
    private var isComplete = false
    /// How many bytes of the header have been searched for its end.
    private var searched = 0
    private var parts = 0
    private var files = 0
    private var isFile = false
    private var fieldBytes = 0
    private var ignoredBytes = 0

    /// A parser for one form.
    ///
    /// - Parameter boundary: the `boundary` of the request's Content-Type, without quotes
    /// - Throws: ``FormError`` of kind `malformed` where it is not 1 to 70 visible ASCII characters.
    public init(boundary: String, limits: FormLimits = FormLimits()) throws(FormError) {
        self.init(delimiter: try MultipartDelimiter(boundary: Array(boundary.utf8)), limits: limits)
    }

    init(delimiter: MultipartDelimiter, limits: FormLimits) {
        self.delimiter = delimiter
        self.limits = limits
    }

    /// Takes the next bytes of the body. Ask for all of the events before the next piece is appended.
    public mutating func append(_ bytes: ByteBuffer) {
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            // What was read before is given back, so the buffer grows no larger than what is left and one piece.
            buffer.discardReadBytes()
            buffer.writeImmutableBuffer(bytes)
        }
    }

    /// Tells the parser that the body has ended.
    public mutating func finish() {
        isComplete = true
    }

    /// The next event; nil where more bytes are needed, or nothing follows.
    ///
    /// - Throws: ``FormError`` of kind `malformed` or `tooLarge`; every later call throws the same.
    public mutating func next() throws(FormError) -> Event? {
        do throws(FormError) {
            while true {
                switch try step() {
                case .event(let event): return event
                case .proceed: continue
                case .needsBytes:
                    guard isComplete else { return nil }
                    throw truncated
                case .end: return nil
                }
            }
        } catch {
            state = .failed(error)
            buffer = ByteBuffer()
            throw error
        }
    }

    // MARK: - The steps, in the order in which they happen

    private mutating func step() throws(FormError) -> Step {
        switch state {
        case .start: start()
        case .preamble: try preamble()
        case .delimiterTail(let endsPart): try delimiterTail(endsPart: endsPart)
        case .header: try header()
        case .emptyLine: emptyLine()
        case .content: try content()
        case .epilogue: try epilogue()
        case .finished: .end
        case .failed(let error): throw error
        }
    }

    /// The form may begin with a delimiter whose CRLF is the one that ended the request's header.
    private mutating func start() -> Step {
        let expected = delimiter.count - 2
        guard buffer.withUnsafeReadableBytes({ delimiter.agrees($0, skipping: 2) }) else {
            state = .preamble
            return .proceed
        }
        guard buffer.readableBytes >= expected else { return .needsBytes }
        buffer.moveReaderIndex(forwardBy: expected)
        state = .delimiterTail(endsPart: false)
        return .proceed
    }

    private mutating func preamble() throws(FormError) -> Step {
        let match = buffer.withUnsafeReadableBytes(delimiter.search)
        guard case .found(let offset) = match else {
            guard case .partial(let offset) = match else { return .needsBytes }
            try ignore(offset, upTo: limits.preambleBytes, limit: "preambleBytes")
            return .needsBytes
        }
        try ignore(offset, upTo: limits.preambleBytes, limit: "preambleBytes")
        buffer.moveReaderIndex(forwardBy: delimiter.count)
        state = .delimiterTail(endsPart: false)
        return .proceed
    }

    /// After the delimiter stand two hyphens (then it is the last) or white space and CRLF.
    private mutating func delimiterTail(endsPart: Bool) throws(FormError) -> Step {
        let window = buffer.readableBytesView.prefix(Self.maximumPadding + 2)
        guard let first = window.first else { return .needsBytes }
        if first == Ascii.hyphen {
            guard let second = window.dropFirst().first else { return .needsBytes }
            guard second == Ascii.hyphen else { throw badDelimiter }
            buffer.moveReaderIndex(forwardBy: 2)
            ignoredBytes = 0
            state = .epilogue
        } else {
            let rest = window.drop(while: Octet.isSpaceOrTab)
            let padding = window.count - rest.count
            guard padding <= Self.maximumPadding else { throw badDelimiter }
            guard let cr = rest.first else { return .needsBytes }
            guard cr == Ascii.cr else { throw badDelimiter }
            guard let lf = rest.dropFirst().first else { return .needsBytes }
            guard lf == Ascii.lf else { throw badDelimiter }
            buffer.moveReaderIndex(forwardBy: padding + 2)
            searched = 0
            state = .header
        }
        return endsPart ? .event(.partEnded) : .proceed
    }

    private mutating func header() throws(FormError) -> Step {
        guard parts < limits.parts else {
            throw .tooLarge("The form has more than \(limits.parts) parts.", limit: "parts")
        }
        let start = searched
        let length = buffer.withUnsafeReadableBytes { Self.headerLength($0, from: start) }
        // The empty line is not counted, so its two bytes may pass the limit.
        guard (length ?? buffer.readableBytes - 2) <= limits.partHeaderBytes else {
            throw .tooLarge(
                "The header of part \(parts + 1) of the form is longer than \(limits.partHeaderBytes) bytes.",
                limit: "partHeaderBytes")
        }
        guard let length else {
            searched = max(0, buffer.readableBytes - 3)
            return .needsBytes
        }
        let bytes = Array(buffer.readableBytesView.prefix(length))
        buffer.moveReaderIndex(forwardBy: length)
        parts += 1
        let part = try MultipartPart(bytes, number: parts, limits: limits)
        isFile = part.filename != nil
        if isFile {
            guard files < limits.files else {
                throw .tooLarge("The form has more than \(limits.files) files.", limit: "files")
            }
            files += 1
        } else {
            try count(fieldBytes: part.name.utf8.count)
        }
        state = .emptyLine
        return .event(.partBegan(part))
    }

    private mutating func emptyLine() -> Step {
        guard buffer.withUnsafeReadableBytes({ delimiter.agrees($0, skipping: 0) }) else {
            buffer.moveReaderIndex(forwardBy: 2)
            state = .content
            return .proceed
        }
        guard buffer.readableBytes >= delimiter.count else { return .needsBytes }
        buffer.moveReaderIndex(forwardBy: delimiter.count)
        state = .delimiterTail(endsPart: true)
        return .proceed
    }

    private mutating func content() throws(FormError) -> Step {
        let length: Int
        switch buffer.withUnsafeReadableBytes(delimiter.search) {
        case .found(at: 0):
            buffer.moveReaderIndex(forwardBy: delimiter.count)
            state = .delimiterTail(endsPart: true)
            return .proceed
        case .found(let offset), .partial(let offset): length = offset
        }
        guard length > 0, let data = buffer.readSlice(length: length) else { return .needsBytes }
        if !isFile { try count(fieldBytes: length) }
        return .event(.partData(data))
    }

    private mutating func epilogue() throws(FormError) -> Step {
        try ignore(buffer.readableBytes, upTo: limits.epilogueBytes, limit: "epilogueBytes")
        guard isComplete else { return .needsBytes }
        state = .finished
        return .event(.finished)
    }

    // MARK: - Details

    /// The length of the header fields with their line ends, where the empty line after them is there; `start` bytes
    /// are known not to begin it.
    private static func headerLength(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        if bytes.prefix(2).elementsEqual([Ascii.cr, Ascii.lf]) { return 0 }
        let end = [Ascii.cr, Ascii.lf, Ascii.cr, Ascii.lf]
        var index = start
        while bytes.count - index >= end.count {
            if bytes[index] == Ascii.cr, bytes[index..<index + end.count].elementsEqual(end) { return index + 2 }
            index += 1
        }
        return nil
    }

    private mutating func ignore(_ count: Int, upTo maximum: Int, limit: String) throws(FormError) {
        ignoredBytes += count
        buffer.moveReaderIndex(forwardBy: count)
        guard ignoredBytes <= maximum else {
            throw .tooLarge(
                "The form has more than \(maximum) bytes outside its parts; its boundary may not be the one that "
                    + "its Content-Type names.",
                limit: limit)
        }
    }

    private mutating func count(fieldBytes count: Int) throws(FormError) {
        fieldBytes += count
        guard fieldBytes <= limits.fieldBytes else {
            throw .tooLarge("The form's fields are larger than \(limits.fieldBytes) bytes.", limit: "fieldBytes")
        }
    }

    private var badDelimiter: FormError {
        .malformed(
            "A delimiter of the form is followed by something else than CRLF or '--'.",
            hint: "Choose a boundary that occurs in no part, and end lines with CRLF (RFC 2046 §5.1.1).")
    }

    private var truncated: FormError {
        .malformed(
            "The form ends before its closing delimiter.",
            hint: "End the form with '--', the boundary that its Content-Type names and '--' (RFC 2046 §5.1.1).")
    }
}
